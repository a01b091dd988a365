import { TimeGrid } from './grid.js';
import { dayClock } from '../../view/format.js';
import { h, setHidden, setText } from '../../view/dom.js';
import { levelOf } from '../thresholds.js';
import { scaleFor } from './pole.js';
import { slots } from '../source.js';
import { told, toldLimit } from '../told.js';
import { words } from '../words.js';

const SHADES = 24;

/** A row for each series, a cell for each moment: the more, the brighter. Beyond a limit a cell takes the state's colour. */
export class Heatmap extends TimeGrid {
  #low = h('span.num');
  #high = h('span.num');
  #values = [];

  constructor(page, panel) {
    super(page, panel);
    this.ramp = h('p.ramp', { 'aria-hidden': 'true' }, this.#low, h('i'), this.#high);
    this.node.append(this.ramp);
  }

  draw(moment, rows, source) {
    this.ends = this.#ends(moment, rows);
    const unit = rows[0]?.unit ?? '';
    setHidden(this.ramp, Boolean(this.ends.unknown));
    setText(this.#low, this.#end(this.ends.low, unit));
    setText(this.#high, this.#end(this.ends.high, unit));
    return super.draw(moment, rows, source);
  }

  row(context, { row }, top, { x, high, unit, left, right }) {
    const { palette } = this.page;
    const { store, reach } = row;
    this.#values = row.values(this.moment, this.#values);
    const { first } = slots(store, this.moment.from, this.moment.until);
    const gap = high > 6 * unit ? Math.max(1, unit) : 0;
    let last = -1;
    for (let i = 0; i < this.#values.length; i++) {
      const value = this.#values[i];
      if (Number.isNaN(value)) continue;
      const begin = last >= 0 && i - last <= reach ? last + 1 : i;
      last = i;
      const from = Math.max(left, x(first + (begin - 1) * store.step)), until = Math.min(right, x(first + i * store.step));
      context.fillStyle = this.#colour(palette, value);
      context.fillRect(from, top, Math.max(0.5, until - from + 0.4), high - gap);
    }
  }

  readout(row, t) {
    const value = row.at(t);
    return words.panel.at(dayClock(t, this.moment.now), row.name, Number.isFinite(value) ? told(value, row.unit, this.panel.decimals) : words.panel.gap);
  }

  describe(results) {
    return results.slice(0, 12).map(({ row, value }) => words.panel.summary(row.name, told(value, row.unit, this.panel.decimals))).join(', ');
  }

  #end(value, unit) {
    return Number.isInteger(value) ? toldLimit(value, unit) : told(value, unit, this.panel.decimals);
  }

  #colour(palette, value) {
    const level = levelOf(this.panel.thresholds, value);
    const { low, high } = this.ends;
    const part = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
    return palette.alpha(level || 'accent', 0.07 + 0.93 * (Math.round(part * SHADES) / SHADES));
  }

  #ends(moment, rows) {
    const known = scaleFor(this.panel, rows[0]);
    if (known) return known;
    let low = Infinity, high = -Infinity;
    for (const row of rows.slice(0, 100)) {
      for (const value of row.values(moment, this.#values)) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    if (low > high) return { low: 0, high: 1, unknown: true };
    /** Values that lie together far from zero would all have one shade. */
    return { low: this.panel.min ?? (low > high / 2 ? low : Math.min(0, low)), high: this.panel.max ?? high };
  }
}
