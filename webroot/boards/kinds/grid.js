import { clock, clockMinutes } from '../../view/format.js';
import { h, scale, setAttribute, setText } from '../../view/dom.js';
import { ticksOf } from '../../view/axis.js';
import { MOST_ROWS } from '../source.js';

const LEAST_ROW = 14, MOST_ROW = 64;
const LABEL = 0.32, MOST_LABEL = 180, GAP = 8, AXIS = 20, RIGHT = 4;

/** What heat maps and state strips share: names left, time to the right, one canvas, and a line that reads it out. */
export class TimeGrid {
  #canvas = h('canvas', { 'aria-hidden': 'true' });
  #readout = h('p.gread.num');
  #size = { width: 0, height: 0, unit: 1 };
  #stamp = '';
  #pointer = null;
  rows = [];

  constructor(page, panel, { right = 0 } = {}) {
    Object.assign(this, { page, panel, right });
    this.node = h('div.tgrid', { tabindex: '0', role: 'img', 'aria-label': panel.title }, h('div.tscroll', {}, this.#canvas), this.#readout);
    this.#canvas.addEventListener('pointermove', event => this.#point(event));
    this.#canvas.addEventListener('pointerleave', () => this.#leave());
    this.sizes = new ResizeObserver(() => this.#measure());
    this.sizes.observe(this.node);
  }

  release() {
    this.sizes.disconnect();
    if (this.#pointer) this.page.state.follow(null);
  }

  draw(moment, rows, source) {
    this.rows = rows.slice(0, MOST_ROWS);
    this.moment = moment;
    const cursor = this.page.state.cursorTime();
    const { width, height, unit } = this.#size;
    const stamp = `${source.stamp(moment)} ${width} ${height} ${cursor} ${this.#pointer?.row}`;
    const results = this.rows.map(row => this.result(row, moment));
    if (width && stamp !== this.#stamp) {
      this.#stamp = stamp;
      this.#paint(moment, cursor, unit, results);
      setText(this.#readout, this.#read(cursor));
      setAttribute(this.node, 'aria-label', `${this.panel.title}: ${this.describe(results)}`);
    }
    return { rows: results, cut: rows.length - this.rows.length };
  }

  /** For those who say more than the newest value. */
  result(row, moment) {
    const now = row.newest(moment);
    return { row, ...now, level: now.old ? '' : row.judged(moment).level };
  }

  #paint(moment, cursor, unit, results) {
    const { width, height } = this.#size;
    const ratio = devicePixelRatio || 1;
    const room = height - AXIS * unit;
    const high = Math.max(LEAST_ROW * unit, Math.min(MOST_ROW * unit, room / Math.max(1, this.rows.length)));
    const needed = high * this.rows.length + AXIS * unit;
    this.#resizeCanvas(width, Math.max(needed, 1), ratio);
    const context = this.#canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, needed);
    context.font = `${11 * unit}px ${this.page.palette.sans}`;
    context.textBaseline = 'middle';
    const left = this.#labelWidth(context, unit) + GAP * unit;
    const right = width - RIGHT * unit - this.right * unit;
    const view = { left, right, high, unit, from: moment.from, until: moment.until, x: t => left + ((t - moment.from) / (moment.until - moment.from)) * (right - left) };
    this.view = view;
    results.forEach((result, i) => {
      this.#label(context, result.row.name, i, view);
      this.row(context, result, i * high, view);
    });
    this.#axis(context, this.rows.length * high, view);
    if (cursor !== null && cursor >= moment.from && cursor <= moment.until) this.#cursorAt(context, view.x(cursor), this.rows.length * high, unit);
  }

  #resizeCanvas(width, height, ratio) {
    const [w, t] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== w || this.#canvas.height !== t) Object.assign(this.#canvas, { width: w, height: t });
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
  }

  #labelWidth(context, unit) {
    const widest = this.rows.reduce((most, row) => Math.max(most, context.measureText(row.name).width), 0);
    return Math.min(widest, MOST_LABEL * unit, this.#size.width * LABEL);
  }

  #label(context, name, i, { left, high, unit }) {
    context.fillStyle = this.page.palette['ink-2'];
    context.textAlign = 'left';
    context.fillText(fitted(context, name, left - GAP * unit), 0, i * high + high / 2);
  }

  #axis(context, y, { x, from, until, left, right, unit }) {
    const { palette } = this.page;
    context.fillStyle = palette['ink-3'];
    context.textAlign = 'center';
    const { ticks, step } = ticksOf(from, until, (right - left) / unit);
    for (const tick of ticks) {
      const at = x(tick);
      const text = step < 60_000 ? clock(tick) : clockMinutes(tick);
      const half = context.measureText(text).width / 2;
      if (at - half >= left && at + half <= right + RIGHT * unit) context.fillText(text, at, y + (AXIS * unit) / 2 + unit);
    }
  }

  #cursorAt(context, x, bottom, unit) {
    context.fillStyle = this.page.palette.accent;
    context.fillRect(Math.round(x), 0, Math.max(1, unit), bottom);
  }

  #read(cursor) {
    const at = this.#pointer;
    if (!at || cursor === null) return '';
    const row = this.rows[at.row];
    return row ? this.readout(row, cursor) : '';
  }

  #point(event) {
    const { view } = this;
    if (!view) return;
    const row = Math.floor(event.offsetY / view.high);
    const x = event.offsetX;
    if (x < view.left || x > view.right || row >= this.rows.length) return this.#leave();
    this.#pointer = { row };
    this.page.state.follow(() => {
      const step = this.rows[0]?.store?.step ?? 1000;
      return Math.round((view.from + ((x - view.left) / (view.right - view.left)) * (view.until - view.from)) / step) * step;
    });
  }

  #leave() {
    if (!this.#pointer) return;
    this.#pointer = null;
    this.page.state.follow(null);
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this.node.firstChild;
    this.#size = { width, height, unit: scale() };
    this.#stamp = '';
    this.page.invalidate();
  }
}

/** A text that is no wider than its room. */
export function fitted(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let shorter = text;
  while (shorter.length > 1 && context.measureText(`${shorter}…`).width > room) shorter = shorter.slice(0, -1);
  return `${shorter}…`;
}
