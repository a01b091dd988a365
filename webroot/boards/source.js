import { Selection } from '../model/selector.js';
import { Sight } from '../net/sight.js';
import { judged } from './thresholds.js';
import { namesOf, takes } from './legend.js';
import { reach } from '../model/store.js';

/** Rows beyond these are not drawn, and the panel says so. */
export const MOST_ROWS = 100;

/** So many times its usual silence is a gap. */
const RARELY = 2.5;
/** One value alone does not tell when the next is due. */
const UNKNOWN_MILLIS = 90_000;

/** The series of one panel: what each is called, its values in sight, its newest one, and how things are with it. */
export class Source {
  #stamp = '';
  #rows = [];

  constructor(page, panel, interval) {
    this.page = page;
    this.panel = panel;
    this.choices = panel.series.map(choice => ({ ...choice, selection: new Selection([choice.select]) }));
    this.groups = [...new Set(this.choices.map(questionOf))].map(question => this.#group(this.choices.filter(choice => questionOf(choice) === question), interval));
  }

  /** Looks at what is in sight. `pixels` is the room for time. */
  look(moment, pixels) {
    for (const group of this.groups) group.store = group.sight.store(moment, pixels);
    const stamp = this.groups.map(({ store, sight }) => `${[...store?.series.keys() ?? []].join()} ${sight.failure}`).join();
    if (stamp === this.#stamp) return this.#rows;
    this.#stamp = stamp;
    this.#rows = this.#found();
    return this.#rows;
  }

  /** Changes whenever something that is drawn does. */
  stamp(moment) {
    const { palette, state } = this.page;
    const versions = this.groups.map(({ store }) => (moment.frozen ? `f${store?.fills}` : store?.version)).join();
    return `${moment.from} ${moment.until} ${versions} ${palette.version} ${state.version} ${this.#rows.length}`;
  }

  get failure() {
    return this.groups.map(({ sight }) => sight.failure).find(Boolean) ?? '';
  }

  get waiting() {
    return this.groups.some(({ sight, store }) => sight.waiting && !store?.series.size);
  }

  close() {
    for (const { sight } of this.groups) sight.close();
  }

  /** Choices that ask for the same of their series are one question. */
  #group(choices, interval) {
    const select = choices.map(choice => choice.select);
    const { stat = 'last', by } = choices[0];
    return { choices, store: null, sight: new Sight(this.page, { select: () => select, stat, by: by?.length ? by : undefined, finest: interval }) };
  }

  #found() {
    const rows = [];
    for (const group of this.groups) {
      for (const { key, meta } of group.store?.series.values() ?? []) {
        const order = this.choices.findIndex(choice => group.choices.includes(choice) && takes(choice, meta));
        if (order >= 0) rows.push(new Row(this, group, key, meta, order));
      }
    }
    namesOf(rows).forEach((name, i) => (rows[i].name = name));
    rows.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name, undefined, { numeric: true }));
    return rows;
  }
}

const questionOf = ({ stat = 'last', by = [] }) => `${stat} ${by}`;

/** One series of a panel. */
class Row {
  constructor(source, group, key, meta, order) {
    Object.assign(this, { source, group, key, meta, order, name: '' });
    this.choice = source.choices[order];
    this.unit = source.panel.unit || this.choice.unit || meta.unit || '';
  }

  get store() {
    return this.group.store;
  }

  get series() {
    return this.store?.get(this.key);
  }

  /** {value, time, old}: the newest value, or the one at the end of what stands still; `old` is its age if that is not as it should be, or if nothing comes at all. */
  newest(moment) {
    if (moment.frozen) return { value: this.store?.at(this.series, moment.until) ?? NaN, time: moment.until, old: 0 };
    const live = this.group.sight.newest ?? this.store;
    const series = live?.get(this.key);
    if (!series || !Number.isFinite(series.newest)) return { value: NaN, time: 0, old: 0 };
    const silence = moment.now - series.newestTime;
    const allowed = (reach(Math.max(1, series.beat)) + 1) * Math.max(live.step, moment.interval) + 1000;
    return { value: series.newest, time: series.newestTime, old: silence > allowed && (moment.silent || silence > this.#usual(live, series)) ? silence : 0 };
  }

  /** How long it may be silent by what is held of it, in milliseconds; for what comes so rarely that nobody has learnt its rhythm yet. */
  #usual(store, series) {
    if (series.beat) return 0;
    let last = -1;
    for (let n = store.head; n > store.head - store.capacity && n > 0; n--) {
      if (Number.isNaN(series.values[n % store.capacity])) continue;
      if (last >= 0) return RARELY * Math.max(1, last - n) * store.step;
      last = n;
    }
    return UNKNOWN_MILLIS;
  }

  at(t) {
    return this.store?.at(this.series, t) ?? NaN;
  }

  /** Values in sight, one a slot, oldest first; `into` is used again. */
  values({ from, until }, into = []) {
    const { store, series } = this;
    const { first, count } = slots(store, from, until);
    if (into.length !== count) into = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const slot = series ? store.slot(first + i * store.step) : -1;
      into[i] = slot < 0 ? NaN : series.values[slot];
    }
    return into;
  }

  /** Slots over which one of its values may stand. */
  get reach() {
    const { series, store } = this;
    return series && store ? reach(Math.max(series.beat, store.spans[store.head % store.capacity] || 1)) : 2;
  }

  /** {level, since} at the end of what is in sight. */
  judged(moment) {
    const { thresholds } = this.source.panel;
    if (!thresholds || !this.store) return { level: '', since: 0 };
    const { first, count } = slots(this.store, moment.from, moment.until);
    const { series, store } = this;
    const newest = this.newest(moment).value;
    const past = judged(thresholds, count + 1, i => {
      if (i === count) return newest;
      const slot = series ? store.slot(first + i * store.step) : -1;
      return slot < 0 ? NaN : series.values[slot];
    }, i => Math.min(moment.until, first + i * store.step));
    return past;
  }
}

/** The slots of a store in (from, until]. */
export function slots(store, from, until) {
  if (!store) return { first: from, count: 2 };
  const first = Math.ceil((from + 1) / store.step) * store.step;
  return { first, count: Math.max(2, Math.floor((until - first) / store.step) + 1) };
}
