import { History } from './history.js';
import { clockOf } from './ways.js';
import { seriesKey } from '../model/key.js';
import { signed } from './poll.js';

const EVERY_MILLIS = 2000;
const TOPICS_EVERY_MILLIS = 30_000;
/** What a series said last is looked for in so many windows; one that is silent for longer is known, without a value. */
const FIRST_WINDOWS = 60;
const MOST_WINDOWS = 300;
/** What stood between may be gone: after this a better way is tried. */
const ENOUGH_MILLIS = 600_000;
const MOST_SERIES = 1000;
const NOT_AUTHENTICATED = 4001;

/** The last resort: history is asked every two seconds for what a stream would have said. Ids are made here. */
export class Polling {
  static way = 'poll';

  /** By key: {ask, step, t, askedAt, answered}. */
  #wants = new Map();
  #ids = new Map();
  #timer = null;
  #closed = false;
  #turning = false;

  constructor({ heard, lost }, env) {
    Object.assign(this, { heard, lost, env });
    this.begunAt = env.now();
    this.history = new History(env.fetch);
    this.#begin();
  }

  want(asks, again) {
    for (const key of this.#wants.keys()) if (!(key in asks)) this.#wants.delete(key);
    for (const [key, ask] of Object.entries(asks)) {
      if (!this.#wants.has(key)) this.#wants.set(key, { ask, step: ask.interval || 1000, t: 0, askedAt: 0, answered: false });
      else if (again) this.#wants.get(key).answered = false;
    }
    if (again) this.#turn();
  }

  close() {
    this.#closed = true;
    this.env.cancel(this.#timer);
  }

  async #begin() {
    const serverTime = await clockOf(this.env.fetch);
    const info = serverTime && (await this.#json('/api/v1/host'));
    if (this.#closed) return;
    if (!info) return this.lost();
    const { started } = await this.history.ask({ select: ['cpu_usage'], from: serverTime - 1000, until: serverTime, step: 1000 }).catch(() => ({ started: 0 }));
    this.heard({ type: 'welcome', instance: `polled-${started}`, host: info.host, server: `Tidepole ${info.version}`, started, serverTime });
    this.#turn();
  }

  async #turn() {
    if (this.#closed || this.#turning) return;
    this.#turning = true;
    this.env.cancel(this.#timer);
    const now = await clockOf(this.env.fetch);
    if (this.#closed) return;
    if (!now || this.env.now() - this.begunAt > ENOUGH_MILLIS) return this.lost();
    for (const [key, want] of [...this.#wants]) if (!this.#closed && this.#wants.has(key)) await this.#ask(key, want, now).catch(failure => this.#failed(key, failure));
    this.#turning = false;
    if (!this.#closed) this.#timer = this.env.later(() => this.#turn(), EVERY_MILLIS);
  }

  async #ask(key, want, now) {
    if (want.ask.topics) return this.#askTopics(key, want, now);
    const { ask, step } = want;
    const until = Math.floor(now / step) * step;
    if (!want.answered) await this.#answer(key, want, until - FIRST_WINDOWS * step);
    if (until <= want.t || now - want.askedAt < EVERY_MILLIS / 2) return;
    want.askedAt = now;
    const from = Math.max(want.t - step, until - MOST_WINDOWS * step);
    const { t, series } = await this.history.ask({ ...ask, from, until, step });
    this.#tell(want, t, series);
    want.t = until;
  }

  /** Which series there are; a group across series shows itself by its values. */
  async #answer(key, want, t) {
    const { ask, step } = want;
    const query = new URLSearchParams({ limit: MOST_SERIES });
    for (const selector of ask.select) query.append('select', selector);
    const found = ask.by ? { series: [] } : await this.#json(`/api/v1/series?${query}`);
    if (!found) throw new TypeError('series did not answer');
    want.answered = true;
    want.t = Math.max(want.t, t);
    this.heard({ type: 'subscribed', requestId: key, subscription: 1, t: want.t, series: found.series.map(one => this.#named(want, step, one).meta) });
  }

  #askTopics(key, want, now) {
    const { topics } = want.ask;
    if (!want.answered) this.heard({ type: 'subscribed', requestId: key, subscription: 1, topics, t: now });
    else if (now - want.askedAt >= TOPICS_EVERY_MILLIS) this.heard({ type: 'topics.missed', topics });
    else return;
    want.answered = true;
    want.askedAt = now;
  }

  #tell(want, t, series) {
    const named = series.map(one => ({ ...one, ...this.#named(want, want.step, one) }));
    const fresh = named.filter(one => one.isNew);
    if (fresh.length) this.heard({ type: 'series.added', series: fresh.map(({ meta }) => meta) });
    t.forEach((end, i) => {
      const there = named.filter(({ values }) => values[i] !== null);
      if (there.length) this.heard({ type: 'metric.update', t: end, newest: end, ids: there.map(({ meta }) => meta.id), values: there.map(({ values }) => values[i]) });
    });
  }

  /** {meta, isNew}: one series of one statistic and interval has one id. */
  #named({ ask: { stat = 'last', by, interval } }, step, { metric, labels, unit }) {
    const name = `${seriesKey(metric, labels)} ${stat} ${interval} ${by}`;
    const isNew = !this.#ids.has(name);
    if (isNew) this.#ids.set(name, this.#ids.size + 1);
    return { isNew, meta: { id: this.#ids.get(name), metric, labels, unit, stat, interval: interval ?? step, by } };
  }

  #failed(key, failure) {
    if (this.#closed) return;
    if (failure.status === 401) return void this.lost(NOT_AUTHENTICATED);
    if (!failure.final) return;
    this.#wants.delete(key);
    this.heard({ type: 'error', code: 'bad_request', message: failure.message, requestId: key, retry: false });
  }

  async #json(path) {
    const answer = await this.env.fetch(signed(path)).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }
}
