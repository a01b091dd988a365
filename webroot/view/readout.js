import { DASH, age } from './format.js';
import { h, setAttribute, setClass, setHidden, setText } from './dom.js';
import { icon } from './icons.js';
import { reach } from '../model/store.js';
import { words } from '../words.js';

/** A value is old when it is this much older than its rhythm explains. */
const SLACK_MILLIS = 2000;

/** The legend is the readout: title and sum, then rows that never move. A click shows one alone. */
export class Readout {
  constructor(spec, page, openMenu) {
    this.spec = spec;
    this.page = page;
    this.total = h('span.num', {}, spec.total ? DASH : '');
    this.rows = spec.rows.map(row => this.#row(row));
    const more = words.time.more(spec.name);
    this.menu = h('button.btn.tiny', { type: 'button', 'aria-label': more, title: more, 'aria-haspopup': 'menu', onclick: () => openMenu(this.menu) }, icon('more'));
    this.node = h('div.read', {}, h('div.t', {}, h('h3', {}, spec.name), this.menu, this.total), h('ul', {}, this.rows.map(row => row.item)));
  }

  /**
   * Values of `store` at `t`, or with `live` the newest, with their age when they are older than the others: `now` is when
   * that is judged. With `away` all of them are old, and the head says since when.
   */
  draw(t, store, { live, now, away }) {
    const { total } = this.spec;
    if (total) setText(this.total, total.format(total.of(total.keys().map(key => valueIn(store, key, t, live)))));
    for (const row of this.rows) this.#show(row, t, store, live, now, away);
  }

  #row(spec) {
    const kind = spec.color ? `key.${spec.color}${spec.dashed ? '.dashed' : ''}` : 'key.none';
    const value = h('b.num', {}, DASH);
    const old = h('em.num', { hidden: true });
    const parts = [h(`span.${kind}`), h('span.name', { title: spec.title ?? null }, spec.name, ' ', old), value];
    const button = spec.color && !this.page.unattended
      ? h('button', { type: 'button', 'aria-pressed': 'false', onclick: event => this.page.state.solo(this.spec.id, spec.id, event.shiftKey) }, parts)
      : h('span', {}, parts);
    const minor = spec.quiet || spec.dashed || !spec.color;
    return { spec, value, old, button, item: h(minor ? 'li.x' : 'li', {}, button) };
  }

  #show({ spec, value, old, button }, t, store, live, now, away) {
    const keys = spec.pair?.() ?? [spec.key()];
    const values = keys.map(key => valueIn(store, key, t, live));
    const known = values.every(Number.isFinite);
    setText(value, known ? spec.format(...values) : DASH);
    const late = live && known ? lateness(store, store.get(keys[0]), now) : 0;
    setClass(button, 'old', away || late > 0);
    setHidden(old, !late);
    if (late) setText(old, age(late));
    if (button.localName !== 'button') return;
    const alone = this.page.state.alone.get(this.spec.id);
    setAttribute(button, 'aria-pressed', Boolean(alone?.has(spec.id)));
    setClass(button, 'away', !this.page.state.shows(this.spec.id, spec.id));
  }
}

/** The newest value while all is well, else what stood at `t`. */
function valueIn(store, key, t, live) {
  const series = store.get(key);
  if (!series) return NaN;
  return live ? series.newest : store.at(series, t);
}

/** How old the newest value is, if that is more than its rhythm explains; else 0. */
function lateness(store, series, now) {
  const old = now - series.newestTime;
  return old > reach(series.beat) * store.step + SLACK_MILLIS ? old : 0;
}
