import { NB, fixed, size } from './format.js';
import { h, scale, setAttribute, setHidden, setText } from './dom.js';
import { words } from '../words.js';

const MOST = 15;
const PHONE_ROWS = 13;
const w = words.processes;

/** The busiest processes, by CPU or by memory. Rows are made once and written anew. */
export class Processes {
  #note = h('span');
  #rows = Array.from({ length: MOST }, () => new Row());
  #latest = null;
  #fit = MOST;
  #by = 'cpu';

  constructor(page) {
    this.page = page;
    this.heads = { cpu: this.#sorter('cpu', w.cpu), memory: this.#sorter('memory', w.memory) };
    const head = h('tr', {}, h('th', { scope: 'col' }, w.command), h('th.r.hide-s', { scope: 'col' }, w.pid), h('th.hide-s', { scope: 'col' }, w.user),
      h('th', { 'aria-hidden': 'true' }), this.heads.cpu, this.heads.memory);
    this.node = h('section.sheet.processes', { 'aria-labelledby': 'processes-title' },
      h('div.head', {}, h('h2', { id: 'processes-title' }, w.title), this.#note),
      h('table.tb', {}, h('thead', {}, head), h('tbody', {}, this.#rows.map(row => row.node))));
    new ResizeObserver(() => this.#measure()).observe(this.node);
  }

  show(latest) {
    this.#latest = latest;
    this.#write();
  }

  #write() {
    if (!this.#latest) return;
    const list = [...this.#latest.processes].sort((a, b) => b[this.#by] - a[this.#by]);
    const most = Math.max(10, ...list.map(process => process.cpu));
    const heaviest = Math.max(1, ...list.map(process => process.memory));
    const part = process => (this.#by === 'cpu' ? process.cpu / most : process.memory / heaviest);
    setText(this.#note, w.running(this.#latest.count, this.#by === 'cpu' ? w.byCpu : w.byMemory));
    this.#rows.forEach((row, i) => row.show(i < this.#fit ? list[i] : null, part));
    for (const by of ['cpu', 'memory']) setAttribute(this.heads[by], 'aria-sort', by === this.#by ? 'descending' : 'none');
  }

  #sorter(by, name) {
    return h('th.r', { scope: 'col', 'aria-sort': by === 'cpu' ? 'descending' : 'none' }, h('button', { type: 'button', onclick: () => this.#sort(by) }, name));
  }

  #sort(by) {
    this.#by = by;
    this.#write();
  }

  /** A row that would be cut is not shown. Where the page is as long as it likes there is no limit but ours. */
  #measure() {
    const unit = scale();
    const room = this.node.clientHeight - (36 + 24) * unit;
    const free = getComputedStyle(this.node).getPropertyValue('--free').trim() === '1';
    const fit = free ? PHONE_ROWS : Math.max(1, Math.min(MOST, Math.floor(room / (26 * unit))));
    if (fit === this.#fit) return;
    this.#fit = fit;
    this.#write();
  }
}

class Row {
  constructor() {
    this.command = h('td.command');
    this.pid = h('td.r.qq.num.hide-s');
    this.user = h('td.q.hide-s');
    this.bar = h('i');
    this.cpu = h('td.r.num');
    this.memory = h('td.r.num.q');
    this.node = h('tr', { hidden: true }, this.command, this.pid, this.user, h('td', { 'aria-hidden': 'true' }, h('span.mini', {}, this.bar)), this.cpu, this.memory);
  }

  show(process, part) {
    setHidden(this.node, !process);
    if (!process) return;
    setText(this.command, process.command);
    setAttribute(this.command, 'title', process.command);
    setText(this.pid, String(process.pid));
    setText(this.user, process.user);
    setText(this.cpu, `${fixed(process.cpu)}${NB}%`);
    setText(this.memory, size(process.memory));
    const width = `${(100 * part(process)).toFixed(0)}%`;
    if (this.bar.style.width !== width) this.bar.style.width = width;
  }
}
