import { clock } from '../../view/format.js';
import { h, setAttribute, setClass, setText } from '../../view/dom.js';
import { icon, setIcon } from '../../view/icons.js';
import { limitOf } from '../thresholds.js';
import { limitsIn, scaleFor } from './pole.js';
import { parts, toldLimit } from '../told.js';
import { words } from '../words.js';

const SVG = 'http://www.w3.org/2000/svg';
const RADIUS = 82;
const START = -180, SWEEP = 180;
const NOTCHES = 10;

/** How large a number of so many characters may be, in units of the drawing. */
const SIZES = [46, 46, 46, 46, 44, 38, 32, 27, 24, 21];

/** The staff bent to an arc: ten notches, a level, wedges at the limits, the number in the middle. */
export class Gauge {
  #number = shape('text', { class: 'gnum', x: 100, y: 88, 'text-anchor': 'middle' });
  #unit = shape('text', { class: 'gunit', x: 100, y: 106, 'text-anchor': 'middle' });
  #sign = icon('stale', 'hidden');
  #note = h('span');
  #low = shape('text', { class: 'gend', x: 100 + RADIUS * Math.cos(rad(START)), y: 116, 'text-anchor': 'middle' });
  #high = shape('text', { class: 'gend', x: 100 + RADIUS * Math.cos(rad(START + SWEEP)), y: 116, 'text-anchor': 'middle' });
  #fill = shape('path', { class: 'gfill' });
  #ticks = shape('g', {});
  #ends = null;

  constructor(page, panel) {
    Object.assign(this, { page, panel });
    const svg = shape('svg', { viewBox: '0 0 200 120', role: 'img', 'aria-label': panel.title });
    svg.append(shape('path', { class: 'gtrack', d: arc(0, 1) }), this.#fill, notches(), this.#ticks, this.#low, this.#high, this.#number, this.#unit);
    this.note = h('p.snote', {}, this.#sign, this.#note);
    this.node = h('div.gauge', {}, h('div.dial', {}, svg), this.note);
  }

  draw(moment, rows, source) {
    const row = rows[0];
    const now = row?.newest(moment) ?? { value: NaN, old: 0 };
    const level = now.old || !row ? '' : row.judged(moment).level;
    const ends = scaleFor(this.panel, row) ?? this.#grown(row, moment);
    const [number, unit] = parts(now.value, row?.unit ?? '', this.panel.decimals);
    setText(this.#number, number);
    setAttribute(this.#number, 'font-size', SIZES[Math.min(number.length, SIZES.length - 1)]);
    setText(this.#unit, unit);
    setClass(this.node, 'old', now.old > 0);
    setClass(this.node, 'unknown', !Number.isFinite(now.value));
    this.#scale(ends, row);
    const part = Math.min(1, Math.max(0, (now.value - ends.low) / (ends.high - ends.low)));
    setAttribute(this.#fill, 'd', part > 0.002 ? arc(0, part) : '');
    setAttribute(this.#fill, 'class', `gfill ${level}`.trim());
    this.#say(row, now, level, source);
    return { rows: row ? [{ row, ...now, level }] : [] };
  }

  /** Without a known range the scale is what was seen, rounded up, and only grows. */
  #grown(row, moment) {
    let most = 0;
    for (const value of row?.values(moment) ?? []) if (value > most) most = value;
    const power = 10 ** Math.floor(Math.log10(Math.max(most, 1e-6)));
    const high = [1, 2, 5, 10].find(step => step * power >= most) * power || 1;
    return { low: 0, high: Math.max(high, this.#ends?.high ?? 0) };
  }

  #scale(ends, row) {
    if (this.#ends?.low === ends.low && this.#ends?.high === ends.high) return;
    this.#ends = ends;
    const unit = row?.unit?.startsWith('By') ? row.unit : '';
    setText(this.#low, toldLimit(ends.low, unit));
    setText(this.#high, toldLimit(ends.high, unit));
    const limits = limitsIn(this.panel).map(limit => (limit - ends.low) / (ends.high - ends.low)).filter(part => part > 0 && part < 1);
    this.#ticks.replaceChildren(...limits.map((part, i) => tick(part, i)));
  }

  #calm(row) {
    const [limit] = limitsIn(this.panel);
    return limit === undefined ? '' : words.panel.limit(toldLimit(limit, row.unit));
  }

  #say(row, now, level, source) {
    const sign = now.old ? 'stale' : level;
    setClass(this.#sign, 'hidden', !sign);
    if (sign) setIcon(this.#sign, sign);
    this.note.className = `snote ${now.old ? 'warn' : level}`.trim();
    const { thresholds } = this.panel;
    const beyond = level && toldLimit(limitOf(thresholds, level), row.unit);
    setText(this.#note, !row ? (source.failure ? words.panel.refused(source.failure) : source.waiting ? words.panel.waiting : words.panel.none)
      : now.old ? words.panel.stale(clock(now.time))
        : level ? (thresholds.direction === 'below' ? words.panel.below(beyond) : words.panel.above(beyond)) : this.#calm(row));
  }
}

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function rad(degrees) {
  return (degrees * Math.PI) / 180;
}

function point(part, radius) {
  const angle = rad(START + part * SWEEP);
  return `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 + radius * Math.sin(angle)).toFixed(2)}`;
}

function arc(from, until) {
  return `M${point(from, RADIUS)}A${RADIUS} ${RADIUS} 0 ${(until - from) * SWEEP > 180 ? 1 : 0} 1 ${point(until, RADIUS)}`;
}

function notches() {
  const d = Array.from({ length: NOTCHES - 1 }, (_, i) => `M${point((i + 1) / NOTCHES, RADIUS - 9)}L${point((i + 1) / NOTCHES, RADIUS + 9)}`).join('');
  return shape('path', { class: 'gnotch', d });
}

/** A wedge outside the arc, as at the pole. */
function tick(part) {
  const angle = START + part * SWEEP;
  const at = point(part, RADIUS + 14);
  return shape('path', { class: 'gtick', d: 'M-4 0L5 -4.5V4.5Z', transform: `translate(${at}) rotate(${angle})` });
}
