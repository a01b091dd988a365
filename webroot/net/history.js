import { signed } from './poll.js';

const FIRST_RETRY_MILLIS = 1000;
const MOST_RETRY_MILLIS = 15_000;

/** Asks for the past. Columns come back: window ends and one list of values a series. */
export class History {
  constructor(fetch = (...all) => globalThis.fetch(...all)) {
    this.fetch = fetch;
  }

  async ask({ select, from, until, step, stat = 'last', by }, signal) {
    const query = new URLSearchParams();
    for (const selector of select) query.append('select', selector);
    query.append('from', Math.floor(from));
    query.append('until', Math.floor(until));
    query.append('step', step);
    query.append('stat', stat);
    if (by) query.append('by', by.join());
    const answer = await this.fetch(signed(`/api/v1/history?${query}`), { signal });
    if (!answer.ok) throw new HistoryError(answer.status);
    return answer.json();
  }
}

export class HistoryError extends Error {
  constructor(status) {
    super(`history answered ${status}`);
    this.status = status;
    /** What was wrong with the question stays wrong. */
    this.final = status >= 400 && status < 500 && status !== 429;
  }
}

/**
 * Holes in what the page holds, filled one after the other. A hole stays on the list until history has
 * answered for it, so a link that breaks in between loses nothing.
 */
export class Holes {
  #list = [];
  #run = null;

  constructor({ ask, merge, failed = () => {}, later = setTimeout }) {
    Object.assign(this, { ask, merge, failed, later });
  }

  get open() {
    return this.#list;
  }

  add(from, until) {
    if (until <= from) return;
    const near = this.#list.find(hole => from <= hole.until && until >= hole.from && !hole.busy);
    if (near) Object.assign(near, { from: Math.min(from, near.from), until: Math.max(until, near.until) });
    else this.#list.push({ from, until, busy: false });
  }

  /** Works through the list until it is empty or stop() is called. */
  start() {
    if (this.#run) return;
    this.#run = new AbortController();
    this.#work(this.#run.signal, FIRST_RETRY_MILLIS);
  }

  stop() {
    this.#run?.abort();
    this.#run = null;
    for (const hole of this.#list) hole.busy = false;
  }

  async #work(signal, patience) {
    while (!signal.aborted && this.#list.length) {
      const hole = this.#list[0];
      hole.busy = true;
      try {
        const answer = await this.ask(hole, signal);
        if (signal.aborted) return;
        this.#list.shift();
        this.merge(answer, hole);
        patience = FIRST_RETRY_MILLIS;
      } catch (failure) {
        if (signal.aborted) return;
        if (failure.final) {
          this.#list.shift();
          this.failed(failure);
        } else {
          await new Promise(done => this.later(done, patience));
          patience = Math.min(MOST_RETRY_MILLIS, patience * 2);
        }
      }
    }
    if (!signal.aborted) this.#run = null;
  }
}
