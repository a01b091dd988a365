import { DASH } from './format.js';
import { h, setAttribute, setClass, setText } from './dom.js';
import { icon } from './icons.js';
import { words } from '../words.js';

/** The legend is the readout: title and sum, then rows that never move. A click shows one alone. */
export class Readout {
  constructor(spec, page, openTable) {
    this.spec = spec;
    this.page = page;
    this.total = h('span.num', {}, DASH);
    this.rows = spec.rows.map(row => this.#row(row));
    const table = h('button.btn.tiny', { type: 'button', 'aria-label': words.charts.table(spec.name), title: words.charts.table(spec.name), onclick: openTable }, icon('table'));
    this.node = h('div.read', {}, h('div.t', {}, h('h3', {}, spec.name), table, this.total), h('ul', {}, this.rows.map(row => row.item)));
  }

  draw(t, live) {
    setText(this.total, this.spec.total.format(this.spec.total.of(this.spec.total.keys().map(key => this.#value(key, t, live)))));
    for (const row of this.rows) this.#show(row, t, live);
  }

  /** The newest value while all is well, else what stood at `t`. */
  #value(key, t, live) {
    const series = this.page.store.get(key);
    if (!series) return NaN;
    return live ? series.newest : this.page.store.at(series, t);
  }

  #row(spec) {
    const kind = spec.color ? `key.${spec.color}${spec.dashed ? '.dashed' : ''}` : 'key.none';
    const value = h('b.num', {}, DASH);
    const parts = [h(`span.${kind}`), h('span.name', {}, spec.name), value];
    const button = spec.color
      ? h('button', { type: 'button', 'aria-pressed': 'false', onclick: event => this.page.state.solo(this.spec.id, spec.id, event.shiftKey) }, parts)
      : h('span', {}, parts);
    const minor = spec.quiet || spec.dashed || !spec.color;
    return { spec, value, button, item: h(minor ? 'li.x' : 'li', {}, button) };
  }

  #show({ spec, value, button }, t, live) {
    const values = (spec.pair?.() ?? [spec.key()]).map(key => this.#value(key, t, live));
    const known = values.every(Number.isFinite);
    setText(value, known ? spec.format(...values) : DASH);
    if (!spec.color) return;
    const alone = this.page.state.alone.get(this.spec.id);
    setAttribute(button, 'aria-pressed', Boolean(alone?.has(spec.id)));
    setClass(button, 'away', !this.page.state.shows(this.spec.id, spec.id));
  }
}
