import { Polling } from './polling.js';
import { Shared } from './shared.js';
import { Stream } from './stream.js';
import { asked } from './asks.js';
import { clockOf } from './ways.js';

const HOST_ENVIRONMENT = {
  Channel: globalThis.BroadcastChannel,
  Stream: globalThis.EventSource && Stream,
  Polling,
  fetch: (...all) => globalThis.fetch(...all),
  now: () => Date.now(),
  later: (task, millis) => setTimeout(task, millis),
  cancel: handle => clearTimeout(handle),
  random: Math.random,
  leaving: task => addEventListener('pagehide', task, { once: true }),
};

/**
 * What a WebSocket is to a Link, for networks that break them: the same messages out of one event stream of this
 * browser, or else out of history that is asked now and then. Requests are kept here and stand in the stream's address.
 */
export class EventSocket {
  /** Requests of this page: {key, ask, requestId, subscription, answered}. */
  #requests = [];
  #subscriptions = 0;
  #shared;
  #instance = '';
  /** Ids that this page has been told of. */
  #ids = new Set();

  constructor(_url, _protocol, environment = HOST_ENVIRONMENT) {
    this.env = environment;
    this.readyState = 0;
    this.#shared = new Shared({ heard: message => this.#hear(message), lost: code => this.#end(code), waiting: () => this.#requests.some(request => !request.answered) }, environment);
    environment.leaving?.(() => this.#end(1001));
  }

  /** 'stream' or 'poll', and whether another page of this browser holds it. */
  get way() {
    return { name: this.#shared.way, shared: !this.#shared.leads };
  }

  send(text) {
    const message = JSON.parse(text);
    SENT[message.type]?.call(this, message);
  }

  close() {
    this.readyState = 3;
    this.#shared.close();
  }

  subscribe({ requestId, ...ask }) {
    this.#requests.push({ ...asked(ask), requestId, subscription: ++this.#subscriptions, answered: false });
    this.#want();
  }

  unsubscribe({ subscription }) {
    this.#requests = this.#requests.filter(request => request.subscription !== subscription);
    this.#want();
  }

  async ping({ clientTime }) {
    const serverTime = await clockOf(this.env.fetch);
    if (serverTime) this.#tell({ type: 'pong', clientTime, serverTime });
  }

  #want() {
    this.#shared.want(Object.fromEntries(this.#requests.map(({ key, ask }) => [key, ask])));
  }

  #hear(message) {
    if (message.type === 'welcome') this.#welcome(message);
    else if (message.type === 'subscribed') this.#answered(message);
    else if (message.type === 'error' && message.requestId) this.#refused(message);
    else {
      if (message.type === 'series.removed') for (const id of message.ids) this.#ids.delete(id);
      if (message.type === 'series.added') for (const { id } of message.series) this.#ids.add(id);
      this.#tell(message);
    }
  }

  /** A stream that is opened anew says it again; another run of the server is another conversation. */
  #welcome(message) {
    if (this.#instance === message.instance) return;
    if (this.#instance) return void this.#end(1012);
    this.#instance = message.instance;
    this.readyState = 1;
    this.#tell(message);
  }

  /** Who has been answered before is told only what is new. */
  #answered(message) {
    const mine = this.#requests.filter(({ key }) => key === message.requestId);
    const fresh = (message.series ?? []).filter(({ id }) => !this.#ids.has(id));
    if (mine.length) for (const { id } of fresh) this.#ids.add(id);
    if (fresh.length && mine.some(request => request.answered)) this.#tell({ type: 'series.added', series: fresh });
    for (const request of mine.filter(one => !one.answered)) {
      request.answered = !message.more;
      this.#tell({ ...message, requestId: request.requestId, subscription: request.subscription });
    }
  }

  #refused(message) {
    const mine = this.#requests.filter(({ key, answered }) => key === message.requestId && !answered);
    this.#requests = this.#requests.filter(request => !mine.includes(request));
    for (const { requestId } of mine) this.#tell({ ...message, requestId });
    if (mine.length) this.#want();
  }

  #tell(message) {
    if (this.readyState === 1) this.onmessage?.({ data: JSON.stringify(message) });
  }

  #end(code = 1006) {
    if (this.readyState === 3) return;
    this.close();
    this.onclose?.({ code });
  }
}

const SENT = {
  subscribe(m) { this.subscribe(m); },
  unsubscribe(m) { this.unsubscribe(m); },
  ping(m) { this.ping(m); },
};
