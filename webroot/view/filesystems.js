import { partOf, percent } from './format.js';
import { h, setAttribute, setHidden, setText } from './dom.js';
import { words } from '../words.js';

const MOST = 5;
const LEVELS = { warn: 80, crit: 92 };

/** Mounted filesystems, the fullest first; the order moves only when the fullness does. */
export class Filesystems {
  #note = h('span');
  #rows = Array.from({ length: MOST }, () => new Row());

  constructor(page) {
    this.page = page;
    this.node = h('section.sheet.filesystems', { 'aria-labelledby': 'filesystems-title' },
      h('div.head', {}, h('h2', { id: 'filesystems-title' }, words.filesystems.title), this.#note), this.#rows.map(row => row.node));
  }

  draw() {
    const all = this.page.filesystems();
    const shown = Math.max(4, Math.min(MOST, all.length));
    setText(this.#note, all.length ? words.filesystems.mounted(all.length, shown) : '');
    this.#rows.forEach((row, i) => row.show(all[i], i >= shown || (all.length > 0 && i >= all.length)));
  }
}

class Row {
  constructor() {
    this.mount = h('span.mount');
    this.bar = h('i');
    this.part = h('span.num');
    this.size = h('span.q.num');
    this.node = h('div.fs', {}, this.mount, h('span.mini', { 'aria-hidden': 'true' }, this.bar), this.part, this.size);
  }

  show(system, hidden) {
    setHidden(this.node, hidden);
    if (!system) return;
    setText(this.mount, system.mount);
    setAttribute(this.mount, 'title', system.mount);
    setText(this.part, percent(system.usage));
    setText(this.size, words.partOf(partOf(system.used, system.size)));
    const width = `${system.usage.toFixed(1)}%`;
    if (this.bar.style.width !== width) this.bar.style.width = width;
    setAttribute(this.bar, 'class', system.usage >= LEVELS.crit ? 'crit' : system.usage >= LEVELS.warn ? 'warn' : '');
  }
}
