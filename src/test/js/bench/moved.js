import { waitUntil } from '../browser/support.js';

/** Makes a page's clock one that can be moved; before anything of it is loaded. */
export const prepare = page => page.addInitScript(() => {
  const now = Date.now.bind(Date), frame = requestAnimationFrame.bind(globalThis);
  const moved = (globalThis.moved = { now, ahead: 0, on: false, frames: [], sockets: [], heard: new Map(), asked: 0 });
  const ask = fetch.bind(globalThis);
  globalThis.fetch = (...all) => {
    moved.asked++;
    return ask(...all).finally(() => moved.asked--);
  };
  Date.now = () => now() + moved.ahead;
  globalThis.requestAnimationFrame = work => (moved.on ? moved.frames.push(work) : frame(work));
  globalThis.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all);
      moved.sockets.push(this);
      this.addEventListener('message', ({ data }) => {
        const message = moved.on ? {} : JSON.parse(data);
        if (message.type !== 'metric.update') return;
        const before = moved.heard.get(message.ids.join());
        moved.heard.set(message.ids.join(), { message, every: before ? message.t - before.message.t : 1000, again: Boolean(before) });
      });
    }
  };
});

const STRETCH_SECONDS = 10;

/**
 * Moves on by so many seconds: what the server said last of each group of series is said again at its rhythm, with
 * other values, and each tick has its frame; between two stretches what the page asks is answered. From the first call on the page hears no real ticks.
 */
export async function move(page, seconds) {
  if (!(await page.evaluate(() => globalThis.moved.on))) {
    await waitUntil(page, () => [100, 1000].every(millis => [...globalThis.moved.heard.values()].some(({ every, again }) => again && every === millis)));
    await page.evaluate(begin);
  }
  for (let left = seconds; left > 0; left -= STRETCH_SECONDS) {
    await page.evaluate(count => globalThis.moved.by(count), Math.min(left, STRETCH_SECONDS));
    await waitUntil(page, () => globalThis.moved.asked === 0);
  }
}

function begin() {
  const { moved } = globalThis;
  const socket = moved.sockets.find(one => one.readyState === WebSocket.OPEN);
  const hear = socket.onmessage;
  const groups = [...moved.heard.values()];
  let t = Math.ceil(moved.now() / 1000) * 1000;
  socket.onmessage = event => /"type":"(pong|metric\.update)"/.test(event.data) || hear(event);
  moved.on = true;
  moved.by = seconds => {
    for (const end = t + seconds * 1000; t < end;) {
      t += 100;
      moved.ahead = t + 90 - moved.now();
      for (const { message, every } of groups) {
        if (t % every === 0) hear({ data: JSON.stringify({ ...message, t, newest: t - 20, values: message.values.map(value => value * (0.99 + 0.02 * Math.random())) }) });
      }
      for (const work of moved.frames.splice(0)) work(performance.now());
    }
  };
}
