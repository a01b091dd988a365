import { Backoff } from './backoff.js';
import { ping, read } from './frames.js';

const HANDSHAKE_MILLIS = 10_000;
const PING_EVERY_MILLIS = 10_000;
const PROBE_MILLIS = 3_000;
/** A connection that held this long was a good one; the next try starts from one second again. */
const GOOD_AFTER_MILLIS = 5_000;

const HOST_ENVIRONMENT = {
  WebSocket: globalThis.WebSocket,
  now: () => Date.now(),
  later: (task, millis) => setTimeout(task, millis),
  cancel: handle => clearTimeout(handle),
  random: Math.random,
  login: () => logIn(location),
};

/** The close code of a server that does not know, or no longer knows, who is there. */
const NOT_AUTHENTICATED = 4001;

/** To the login page and back; what is framed in another page stays as it is. */
function logIn(location) {
  if (window.top === window) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/**
 * The page's one socket. It is either trying, open or waiting for the next try, and never gives up.
 * What it says goes to `listener`: opened(), message(message), closed(), changed().
 */
export class Link {
  #socket = null;
  #backoff;
  #retry = null;
  #guard = null;
  #pingSentAt = 0;
  #openedAt = 0;
  #drainMillis = 0;

  constructor(url, protocol, listener, environment = HOST_ENVIRONMENT) {
    this.url = url;
    this.protocol = protocol;
    this.listener = listener;
    this.env = environment;
    this.#backoff = new Backoff(environment.random);
    this.phase = 'idle';
    this.everOpen = false;
    this.lostAt = 0;
    this.nextTryAt = 0;
    this.heardAt = 0;
    this.reconnects = 0;
    this.characters = 0;
    this.draining = false;
  }

  open() {
    this.env.cancel(this.#retry);
    if (this.#socket) return;
    this.#become('trying');
    const socket = new this.env.WebSocket(this.url, this.protocol);
    this.#socket = socket;
    socket.onmessage = event => this.#hear(socket, event.data);
    socket.onclose = event => this.#lose(socket, event?.code);
    this.#arm(HANDSHAKE_MILLIS, () => this.#lose(socket));
  }

  /** Someone asked: do not wait for the next try. */
  retryNow() {
    if (this.phase === 'waiting') this.open();
  }

  /** The machine woke or the network came back: is the other end still there? */
  probe() {
    if (this.phase === 'waiting') this.open();
    else if (this.phase === 'open') this.#ping(PROBE_MILLIS);
  }

  send(message) {
    if (this.phase === 'open' && this.#socket.readyState === 1) this.#socket.send(message);
  }

  /** Lets go of a connection as if the network had. */
  cut() {
    this.#lose(this.#socket);
  }

  close() {
    const socket = this.#socket;
    this.#socket = null;
    this.env.cancel(this.#retry);
    this.env.cancel(this.#guard);
    this.phase = 'idle';
    socket?.close(1000);
  }

  #hear(socket, data) {
    if (socket !== this.#socket) return;
    this.heardAt = this.env.now();
    this.characters += data.length;
    const message = read(data);
    if (!message) return;
    if (message.code === 'not_authenticated') this.env.login?.();
    if (message.type === 'server.draining') this.#drain(message.reconnectAfterMillis);
    this.listener.message(message);
    if (message.type === 'welcome') this.#opened();
  }

  #opened() {
    if (this.everOpen) this.reconnects++;
    this.everOpen = true;
    this.draining = false;
    this.#openedAt = this.env.now();
    this.#become('open');
    this.#ping(PING_EVERY_MILLIS);
    this.listener.opened();
  }

  #drain(millis) {
    this.draining = true;
    this.#drainMillis = Math.max(1, millis);
  }

  #ping(patience) {
    this.#pingSentAt = this.env.now();
    this.send(ping(this.#pingSentAt));
    this.#arm(patience, () => this.#judge());
  }

  /** Anything heard since the ping is as good as its answer. */
  #judge() {
    if (this.heardAt < this.#pingSentAt) this.#lose(this.#socket);
    else this.#ping(PING_EVERY_MILLIS);
  }

  #lose(socket, code) {
    if (socket !== this.#socket || !socket) return;
    if (code === NOT_AUTHENTICATED) this.env.login?.();
    this.#socket = null;
    this.env.cancel(this.#guard);
    socket.onclose = socket.onmessage = null;
    socket.close();
    this.#note();
    this.#wait();
    this.listener.closed();
  }

  #note() {
    const now = this.env.now();
    if (this.phase === 'open') {
      this.lostAt = now;
      if (now - this.#openedAt >= GOOD_AFTER_MILLIS) this.#backoff.reset();
    } else if (!this.lostAt) this.lostAt = now;
  }

  #wait() {
    const millis = this.#drainMillis ? this.#backoff.jittered(this.#drainMillis) : this.#backoff.next();
    this.#drainMillis = 0;
    this.nextTryAt = this.env.now() + millis;
    this.#retry = this.env.later(() => this.open(), millis);
    this.#become('waiting');
  }

  #arm(millis, task) {
    this.env.cancel(this.#guard);
    this.#guard = this.env.later(task, millis);
  }

  #become(phase) {
    this.phase = phase;
    this.listener.changed?.();
  }
}
