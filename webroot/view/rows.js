import { drawnRows, scrollFor, seenRows } from '../model/rows.js';
import { h, setAttribute } from './dom.js';

/**
 * A long list of which only the rows in sight exist. Nodes are made once and moved; `make()` gives
 * {node, show(row, moment)}. The list is one stop for the keyboard, arrow keys walk its rows.
 */
export class Rows {
  #pool = new Map();
  #free = [];
  #height = 0;
  #rowHeight = 30;
  #serial = 0;
  #space = h('div.space', { role: 'rowgroup' });

  constructor({ label, head, make, open, moved, id }) {
    Object.assign(this, { head, make, open, moved, id });
    this.count = 0;
    this.active = -1;
    this.top = 0;
    this.body = h('div.rows', { role: 'grid', tabindex: '0', 'aria-label': label, onkeydown: event => this.#key(event), onclick: event => this.#click(event) }, h('div', { role: 'rowgroup' }, head), this.#space);
    this.body.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.size = new ResizeObserver(() => this.#measure());
    this.size.observe(this.body);
  }

  destroy() {
    this.size.disconnect();
  }

  get seen() {
    return seenRows(this.top, this.#height, this.#rowHeight, this.count);
  }

  get pages() {
    return { top: this.top, height: this.#height, whole: this.count * this.#rowHeight };
  }

  /** Other rows: back to the top, unless it is the same list. */
  setCount(count, keep = true) {
    this.count = count;
    this.#space.style.height = `${count * this.#rowHeight}px`;
    setAttribute(this.body, 'aria-rowcount', count + 1);
    if (!keep) this.scrollTo(0);
    this.active = Math.min(this.active, count - 1);
  }

  scrollTo(top) {
    this.body.scrollTop = top;
    this.top = this.body.scrollTop;
  }

  draw(moment) {
    const [first, end] = drawnRows(this.top, this.#height, this.#rowHeight, this.count);
    if (this.active < first || this.active >= end) setAttribute(this.body, 'aria-activedescendant', null);
    for (const [index, row] of this.#pool) if (index < first || index >= end) this.#release(index, row);
    for (let index = first; index < end; index++) this.#place(index).show(index, moment);
  }

  #place(index) {
    let row = this.#pool.get(index);
    if (!row) {
      row = this.#free.pop() ?? this.#made();
      this.#pool.set(index, row);
      row.node.style.visibility = '';
      row.node.style.transform = `translateY(${index * this.#rowHeight}px)`;
      setAttribute(row.node, 'aria-rowindex', index + 2);
    }
    const active = index === this.active;
    row.node.classList.toggle('sel', active);
    if (active) setAttribute(this.body, 'aria-activedescendant', row.node.id);
    return row;
  }

  #made() {
    const row = this.make();
    row.node.id = `${this.id}-${++this.#serial}`;
    this.#space.append(row.node);
    return row;
  }

  #release(index, row) {
    this.#pool.delete(index);
    row.node.style.visibility = 'hidden';
    this.#free.push(row);
  }

  /** Drawn in the same frame: what the browser has scrolled is never seen empty. */
  #scrolled() {
    this.top = this.body.scrollTop;
    this.moved();
  }

  #measure() {
    this.#height = this.body.clientHeight - this.head.offsetHeight;
    const rowHeight = Math.max(16, Math.round(parseFloat(getComputedStyle(this.#space).lineHeight)) || 30);
    if (rowHeight !== this.#rowHeight) {
      this.#rowHeight = rowHeight;
      for (const [index, row] of this.#pool) this.#release(index, row);
    }
    this.setCount(this.count);
    this.moved();
  }

  #key(event) {
    if (event.target !== this.body) return;
    const page = Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (steps !== undefined) this.walk(steps);
    else if (event.key === 'Enter' && this.active >= 0) this.open(this.active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  walk(steps) {
    if (!this.count) return;
    const start = this.active < 0 ? this.seen[0] - Math.sign(steps) : this.active;
    this.active = Math.min(this.count - 1, Math.max(0, start + steps));
    this.scrollTo(scrollFor(this.active, this.top, this.#height, this.#rowHeight));
    this.moved();
  }

  #click(event) {
    const node = event.target.closest('[role="row"]');
    if (!node || event.target.closest('a, button')) return;
    for (const [index, row] of this.#pool) if (row.node === node) return this.open(index);
  }
}
