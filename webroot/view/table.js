import { DASH, clock } from './format.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { words } from '../words.js';

const MOST_ROWS = 60;

/** The data behind a chart, as rows of text: made when asked for, and as of that moment. */
export class TableDialog {
  #title = h('h2');
  #body = h('div.scroll', { tabindex: '0' });

  constructor(page) {
    this.page = page;
    const close = h('button.btn', { type: 'button', 'aria-label': words.charts.close, onclick: () => this.node.close() }, icon('close'));
    this.node = h('dialog.dialog', { onclick: event => event.target === this.node && this.node.close() },
      h('div.head', {}, this.#title, h('span.grow'), close), this.#body);
  }

  open(spec, moment) {
    this.#title.textContent = `${spec.name}, ${clock(moment.from)}–${clock(moment.until)}`;
    this.node.setAttribute('aria-label', this.#title.textContent);
    this.#body.replaceChildren(this.#table(spec, moment));
    this.node.showModal();
  }

  #table(spec, { from, until }) {
    const step = Math.max(1, Math.ceil((until - from) / 1000 / MOST_ROWS)) * 1000;
    const head = [words.charts.time, words.charts.total, ...spec.rows.map(row => row.name)];
    const rows = [];
    for (let t = until; t > from; t -= step) rows.push(this.#row(spec, t));
    return h('table.tb', {},
      h('thead', {}, h('tr', {}, head.map((name, i) => h(i ? 'th.r' : 'th', { scope: 'col' }, name)))),
      h('tbody', {}, rows));
  }

  #row(spec, t) {
    const values = spec.rows.map(row => this.#cell(row.pair?.() ?? [row.key()], row.format, t));
    const total = this.#cell(spec.total.keys(), (...all) => spec.total.format(spec.total.of(all)), t);
    return h('tr', {}, h('th', { scope: 'row' }, clock(t)), [total, ...values].map(text => h('td.r.num', {}, text)));
  }

  #cell(keys, format, t) {
    const values = keys.map(key => this.page.store.at(this.page.store.get(key), t));
    return values.every(Number.isFinite) ? format(...values) : DASH;
  }
}
