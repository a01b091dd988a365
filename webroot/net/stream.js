import { signed } from './poll.js';

const SETTLED_MILLIS = 50;
const ANSWER_MILLIS = 5000;
/** A stream wants at least one subscription; this one is cheap, and there from the first moment. */
const BASE = { base: { type: 'subscribe', topics: ['dashboard'] } };

/**
 * One event stream for all that is wanted. What it subscribes to stands in its address, so it is opened anew when that
 * changes; the old one goes when the new one has answered, and `rejoined` says from which window on nothing is missing.
 */
export class Stream {
  static way = 'stream';

  /** {source, waits, t}: the one that has answered, and the one that is about to. */
  #open = null;
  #next = null;
  #wants = { ...BASE };
  #settle = null;
  #guard = null;

  constructor({ heard, lost }, env, Source = globalThis.EventSource) {
    Object.assign(this, { heard, lost, env, Source });
    this.#begin();
  }

  /** Requests by key. `again`: somebody has not heard the answers. */
  want(asks, again) {
    const wanted = { ...BASE, ...asks };
    if (!again && String(Object.keys(wanted).sort()) === String(Object.keys(this.#wants).sort())) return;
    this.#wants = wanted;
    this.env.cancel(this.#settle);
    this.#settle = this.env.later(() => this.#begin(), SETTLED_MILLIS);
  }

  close() {
    this.env.cancel(this.#settle);
    this.env.cancel(this.#guard);
    for (const one of [this.#open, this.#next]) one?.source.close();
    this.#open = this.#next = null;
  }

  #begin() {
    this.#next?.source.close();
    const source = new this.Source(addressOf(this.#wants));
    const next = { source, waits: new Set(Object.keys(this.#wants)), t: 0 };
    this.#next = next;
    source.onmessage = event => this.#hear(next, JSON.parse(event.data));
    source.onerror = () => this.#fail(next);
    this.env.cancel(this.#guard);
    this.#guard = this.env.later(() => this.#fail(next), ANSWER_MILLIS);
  }

  #hear(one, message) {
    if (one !== this.#open && one !== this.#next) return;
    if (message.type !== 'resume' && message.requestId !== 'base') this.heard(message);
    if (one === this.#next) this.#answered(one, message);
  }

  #answered(next, { type, requestId, more, t, series }) {
    if (more || !['subscribed', 'error'].includes(type) || !next.waits.delete(requestId)) return;
    if (series) next.t = Math.max(next.t, t);
    if (next.waits.size) return;
    this.env.cancel(this.#guard);
    this.#open?.source.close();
    this.#open = next;
    this.#next = null;
    if (next.t) this.heard({ type: 'rejoined', t: next.t });
  }

  /** A broken stream is not mended here: who comes back asks history for what it missed. */
  #fail(one) {
    if (one !== this.#open && one !== this.#next) return;
    this.close();
    this.lost();
  }
}

export function addressOf(asks) {
  const query = new URLSearchParams({ shape: 'columns' });
  for (const [requestId, ask] of Object.entries(asks)) query.append('subscribe', JSON.stringify({ ...ask, requestId }));
  return signed(`/api/v1/stream?${query}`);
}
