import { signed } from './poll.js';

const PROTOCOL = 'metrics.v1.columns';

/** {url, protocol} of the page's socket. */
export const door = globalThis.location ? { url: signed(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`), protocol: PROTOCOL } : null;

/** The first handshake goes out while most of the page is still on its way; what is heard meanwhile waits. */
let first = door && dial();

function dial() {
  try {
    const socket = new WebSocket(door.url, door.protocol);
    const heard = [];
    socket.onmessage = socket.onclose = event => heard.push(event);
    return { socket, tell: () => heard.forEach(event => socket[`on${event.type}`]?.(event)) };
  } catch {
    return null;
  }
}

/** The socket that was dialled first, once: {socket, tell()}; `tell` says what it has heard. */
export function firstDialled() {
  const taken = first;
  first = null;
  return taken;
}
