import { DECIMAL } from '../locale.js';
import { age, fixed } from './format.js';
import { h, setClass, setText } from './dom.js';
import { icon, setIcon } from './icons.js';
import { lateAfter } from '../model/moment.js';
import { words } from '../words.js';

const SPARK_SECONDS = 60;
const MINUTE = 60_000;
/** The host is measured in mid-window and now and then late. */
const LATE_MILLIS = 2000;
/** A threshold counts when it was passed for this long: one busy second is no reason to act. */
const SUSTAINED_SECONDS = 10;

/** A number with a pale fraction and a paler unit. */
export class BigNumber {
  constructor(arrow = '') {
    this.whole = document.createTextNode('');
    this.part = h('i');
    this.unit = h('u');
    this.node = h('span.big', {}, ...(arrow ? [h('span.arrow', {}, arrow)] : []), this.whole, this.part, this.unit);
  }

  show([number, unit]) {
    const dot = number.indexOf(DECIMAL);
    const whole = dot < 0 ? number : number.slice(0, dot);
    if (this.whole.data !== whole) this.whole.data = whole;
    setText(this.part, dot < 0 ? '' : number.slice(dot));
    setText(this.unit, unit);
  }
}

/**
 * Pole, name, note, number, change and 60 s of past. A measure says what to show:
 * {id, name, marks, arrows, high, carry, change, read}.
 */
export class Tile {
  #spark = document.createElement('tide-spark');
  #pole = document.createElement('tide-pole');
  #past = new Float64Array(SPARK_SECONDS + 1);
  #note = h('span.note');
  #change = h('span');
  #sixty = h('span.qq');
  #sign = icon('stale', 'hidden');

  constructor(measure, page) {
    this.measure = measure;
    this.page = page;
    this.numbers = measure.arrows.map(arrow => new BigNumber(arrow));
    const value = measure.arrows.length > 1
      ? h('div.pair', {}, this.numbers.map(number => number.node))
      : this.numbers[0].node;
    this.delta = h('div.delta', {}, this.#sign, this.#change, ' ', this.#sixty);
    this.node = h(`section.cell.tile.${measure.id}`, { 'aria-label': measure.name },
      this.#pole, h('div.lab', {}, h('h2', {}, measure.name), this.#note), value, this.delta, this.#spark);
    if (measure.marks) this.#pole.marks(measure.marks);
  }

  draw(moment) {
    const reading = this.measure.read(moment);
    const severity = this.#severity(reading, moment);
    setText(this.#note, reading.note);
    setClass(this.node, 'unknown', !Number.isFinite(reading.value));
    this.numbers.forEach((number, i) => number.show(reading.numbers[i]));
    this.#pole.show(reading.level, severity);
    setClass(this.#pole, 'unknown', reading.unbounded === true);
    this.#changeOf(reading, moment, severity);
    this.#drawSpark(reading, moment, severity);
  }

  #severity({ series, level }, moment) {
    if (!this.measure.marks) return '';
    const [warn, crit] = this.measure.marks;
    const lasting = Math.min(level, this.#least(series, moment.until) / 100);
    return lasting >= crit ? 'crit' : lasting >= warn ? 'warn' : '';
  }

  /** The least value of the last seconds; Infinity where none is known, as of what is measured rarely. */
  #least(series, until) {
    let least = Infinity;
    for (let back = 0; back < SUSTAINED_SECONDS; back++) {
      const slot = series ? this.page.store.slot(until - back * 1000) : -1;
      if (slot >= 0 && series.values[slot] < least) least = series.values[slot];
    }
    return least;
  }

  /** Age comes before a threshold, a threshold before the change. */
  #changeOf({ series, value, time }, moment, severity) {
    const old = !moment.frozen && Number.isFinite(value) ? this.#lateness(time, moment) : 0;
    setClass(this.node, 'aged', old > 0);
    setClass(this.#sign, 'hidden', !old && !severity);
    this.delta.className = `delta ${old ? 'warn' : severity}`.trim();
    if (old) return this.#say('stale', words.tile.old(age(old)), '');
    if (severity) return this.#say(severity, words.tile.above(100 * this.measure.marks[severity === 'crit' ? 1 : 0]), '');
    const before = this.#before(series, moment.until - MINUTE);
    const by = value - before;
    if (!Number.isFinite(by)) return this.#say('stale', '', '');
    const text = this.measure.change(Math.abs(by));
    this.#say('stale', text ? (by < 0 ? '−' : '+') + text : words.tile.same, text ? words.tile.inSixty : '');
  }

  /** How old a value is, if nothing comes at all or it missed its own rhythm; else 0. */
  #lateness(time, { now, silent, interval }) {
    const age = now - time;
    return silent || age > lateAfter(interval) + LATE_MILLIS + 1000 * (this.measure.carry ?? 0) ? age : 0;
  }

  /** What is measured every half minute stands until the next time. */
  #before(series, t) {
    const { store } = this.page;
    for (let back = 0; back <= (this.measure.carry ?? 0); back += 2) {
      const value = store.at(series, t - back * 1000);
      if (Number.isFinite(value)) return value;
    }
    return NaN;
  }

  #say(sign, text, rest) {
    setIcon(this.#sign, sign);
    setText(this.#change, text);
    setText(this.#sixty, rest);
  }

  #drawSpark({ series }, moment, severity) {
    const { palette, store } = this.page;
    const stamp = `${moment.until} ${moment.frozen ? `f${store.fills}` : store.version} ${palette.version} ${severity} ${series?.meta.labels?.mount ?? ''}`;
    copyPast(store, series, moment.until, this.#past);
    if (this.measure.carry) carry(this.#past, this.#before(series, moment.until - MINUTE), store.headTime - moment.until);
    this.#spark.show(this.#past, { palette, color: severity || 'accent', low: 0, high: this.measure.high, reach: Math.max(2, 2.5 * moment.interval / 1000), base: true }, stamp);
  }
}

/** The values up to `until`, one a second, oldest first. */
function copyPast(store, series, until, into) {
  const count = into.length;
  for (let i = 0; i < count; i++) {
    const slot = series ? store.slot(until - (count - 1 - i) * 1000) : -1;
    into[i] = slot < 0 ? NaN : series.values[slot];
  }
}

/** Holds each value until the next, from the one before the first; not past the newest tick. */
function carry(past, before, ahead) {
  const last = Math.min(past.length - 1, past.length - 1 + ahead / 1000);
  let held = before;
  for (let i = 0; i <= last; i++) past[i] = held = Number.isNaN(past[i]) ? held : past[i];
}

/** A change in points of a percentage; nothing when it is too small to see. */
export const pointsChange = by => (by < 0.05 ? '' : fixed(by));
