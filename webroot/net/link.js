import { Backoff } from './backoff.js';
import { ping, read } from './frames.js';
import { clockOf } from './ways.js';
import { firstDialled } from './dial.js';

const HANDSHAKE_MILLIS = 10_000;
const PING_EVERY_MILLIS = 10_000;
const PROBE_MILLIS = 3_000;
/** A connection that held this long was a good one; the next try starts from one second again. */
const GOOD_AFTER_MILLIS = 5_000;
/**
 * So many handshakes in a row that come to nothing while the server answers plain HTTP mean that something between is
 * against WebSockets; where one has been open, a server that is busy is likelier.
 */
const DOUBTS = 2;
const DOUBTS_AFTER_OPEN = 6;
const KNOWN_BROKEN = 'tidepole no websocket';

const HOST_ENVIRONMENT = {
  WebSocket: globalThis.WebSocket,
  firstDialled,
  now: () => Date.now(),
  later: (task, millis) => setTimeout(task, millis),
  cancel: handle => clearTimeout(handle),
  random: Math.random,
  login: () => logIn(location),
  reachable: () => clockOf(globalThis.fetch.bind(globalThis), () => logIn(location)),
  fallback: async () => (await import('./eventsocket.js')).EventSocket,
  /** Until the tab is closed. */
  knownBroken: () => attempt(() => sessionStorage.getItem(KNOWN_BROKEN) !== null),
  rememberBroken: broken => attempt(() => (broken ? sessionStorage.setItem(KNOWN_BROKEN, '1') : sessionStorage.removeItem(KNOWN_BROKEN))),
};

/** A browser may forbid the storage. */
function attempt(work) {
  try {
    return work();
  } catch {
    return false;
  }
}

/** The close code of a server that does not know, or no longer knows, who is there. */
const NOT_AUTHENTICATED = 4001;

/** To the login page and back; what is framed in another page stays as it is. */
function logIn(location) {
  if (window.top === window) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/**
 * The page's one socket, or what stands in for it where a network breaks WebSockets (see eventsocket.js). It is either trying, open or waiting for the next try, and never gives up.
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
  /** What stands in for a WebSocket, or null. */
  #Instead = null;
  #doubts = 0;
  #wasOpen = false;

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
    if (environment.knownBroken?.()) this.#doubts = DOUBTS - 1;
  }

  /** {name: 'websocket', 'stream' or 'poll', shared}: how what comes comes. */
  get way() {
    return this.#socket?.way ?? { name: 'websocket', shared: false };
  }

  open() {
    this.env.cancel(this.#retry);
    if (this.#socket) return;
    this.#become('trying');
    const early = this.env.firstDialled?.();
    const socket = early?.socket ?? this.#dial();
    this.#socket = socket;
    socket.onmessage = event => this.#hear(socket, event.data);
    socket.onclose = event => this.#lose(socket, event?.code);
    this.#arm(HANDSHAKE_MILLIS, () => this.#lose(socket));
    early?.tell();
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

  /** A browser without WebSockets, or whose policy forbids them, throws. */
  #dial() {
    try {
      return new (this.#Instead ?? this.env.WebSocket)(this.url, this.protocol);
    } catch {
      const nothing = { close() {} };
      this.env.later(() => this.#lose(nothing), 0);
      return nothing;
    }
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
    if (!this.#Instead) this.#trust();
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
    const failed = this.phase !== 'open';
    this.#note();
    this.#wait();
    this.listener.closed();
    if (this.#Instead) this.#tryAgain();
    else if (failed && this.env.fallback) this.#doubt();
  }

  #trust() {
    if (this.#doubts) this.env.rememberBroken?.(false);
    this.#doubts = 0;
    this.#wasOpen = true;
  }

  /** A WebSocket has its turn whenever a stream was lost. */
  #tryAgain() {
    this.#Instead = null;
    this.#wasOpen = false;
    this.#doubts = DOUBTS - 1;
  }

  async #doubt() {
    if (!(await this.env.reachable()) || this.phase === 'open') return;
    if (++this.#doubts < (this.#wasOpen ? DOUBTS_AFTER_OPEN : DOUBTS)) return;
    const Instead = await this.env.fallback().catch(() => null);
    if (!Instead || this.phase === 'open') return;
    this.#Instead = Instead;
    this.env.rememberBroken?.(true);
    this.retryNow();
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
