import { age } from '../../view/format.js';
import { h, setClass, setText } from '../../view/dom.js';
import { icon, setIcon } from '../../view/icons.js';
import { levelBar, scaleFor } from './pole.js';
import { told } from '../told.js';
import { MOST_ROWS } from '../source.js';
import { words } from '../words.js';

/** A bar for each series, in an order that does not change: names left, values right. */
export class Bar {
  #lines = new Map();
  #most = 0;

  constructor(page, panel) {
    Object.assign(this, { page, panel });
    this.list = h('ul.bars');
    this.node = h('div.fillscroll', { tabindex: '0', role: 'region', 'aria-label': panel.title }, this.list);
  }

  draw(moment, rows) {
    const shown = rows.slice(0, MOST_ROWS);
    const results = shown.map(row => {
      const now = row.newest(moment);
      return { row, ...now, level: now.old ? '' : row.judged(moment).level };
    });
    this.#grow(results);
    const keys = shown.map(row => row.key).join();
    if (keys !== this.keys) this.#arrange(shown, keys);
    for (const result of results) this.#lines.get(result.row.key).show(result);
    return { rows: results, cut: rows.length - shown.length };
  }

  /** Bars without a known end share one, which grows at once and does not shrink while they are looked at. */
  #grow(results) {
    const most = results.reduce((high, { value }) => (value > high ? value : high), this.panel.thresholds?.critical ?? this.panel.thresholds?.warn ?? 0);
    if (most > this.#most) {
      this.#most = most * 1.05;
      for (const line of this.#lines.values()) line.bar.unmark();
    }
  }

  #arrange(rows, keys) {
    this.keys = keys;
    this.#lines = new Map(rows.map(row => [row.key, this.#lines.get(row.key) ?? new Line(this.panel, row, value => this.#part(value, row))]));
    this.list.replaceChildren(...[...this.#lines.values()].map(line => line.node));
  }

  #part(value, row) {
    const { low, high } = scaleFor(this.panel, row) ?? { low: this.panel.min ?? 0, high: this.#most || 1 };
    return (value - low) / (high - low);
  }
}

class Line {
  #name = h('span.name');
  #sign = icon('stale', 'hidden');
  #value = h('b.num');

  constructor(panel, row, partOf) {
    this.panel = panel;
    this.bar = levelBar(panel, partOf);
    this.node = h('li', {}, this.#name, this.bar.node, this.#sign, this.#value);
    this.node.title = row.key;
  }

  show({ row, value, level, old }) {
    setText(this.#name, row.name);
    setText(this.#value, told(value, row.unit, this.panel.decimals));
    this.bar.show(value, old ? 'old' : level);
    const sign = old ? 'stale' : level;
    setClass(this.#sign, 'hidden', !sign);
    if (sign) setIcon(this.#sign, sign);
    this.#sign.setAttribute('class', `i ${old ? 'warn' : level} ${sign ? '' : 'hidden'}`.trim());
    setClass(this.node, 'old', old > 0);
    this.node.title = old ? `${row.key}, ${words.panel.age} ${age(old)}` : row.key;
  }
}
