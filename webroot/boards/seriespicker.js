import { ask } from './api.js';
import { h, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { seriesKey } from '../model/key.js';
import { words } from './words.js';

const w = words.picker;
const ASK_AFTER_MILLIS = 150;
const MOST = 300;

/** Finds series by words in their names and labels. Yields a selector: of one series, or of a metric as a whole; null if it was left. */
export function pickSeries(begun = '') {
  return new Promise(done => new Picker(done).open(/^\w*$/.test(begun) ? begun : ''));
}

class Picker {
  #timer = 0;
  #turn = 0;
  #chosen = null;
  #list = h('ul.found');
  #count = h('span.qq.num', { role: 'status' });

  constructor(done) {
    this.done = done;
    this.search = h('input.field', { type: 'search', placeholder: w.search, 'aria-label': w.search, autocomplete: 'off', oninput: () => this.#soon() });
    this.node = h('dialog.dialog.spicker', { 'aria-label': w.title, onclose: () => this.#closed() },
      h('div.head', {}, h('h2', {}, w.title), this.#count, h('span.grow'), h('button.btn', { type: 'button', 'aria-label': w.cancel, title: w.cancel, onclick: () => this.node.close() }, icon('close'))),
      h('div.spsearch', {}, this.search), h('div.scroll', { tabindex: '-1' }, this.#list));
  }

  open(text) {
    document.body.append(this.node);
    this.node.showModal();
    this.search.value = text;
    this.search.focus();
    this.#ask();
  }

  #closed() {
    clearTimeout(this.#timer);
    this.node.remove();
    this.done(this.#chosen);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), ASK_AFTER_MILLIS);
  }

  async #ask() {
    const turn = ++this.#turn;
    const query = new URLSearchParams({ limit: MOST });
    if (this.search.value.trim()) query.set('search', this.search.value.trim());
    const { series } = await ask(`/api/v1/series?${query}`).catch(() => ({ series: [] }));
    if (turn !== this.#turn || !this.node.isConnected) return;
    setText(this.#count, series.length ? w.count(series.length) : w.none);
    this.#list.replaceChildren(...this.#groups(series));
  }

  /** Series by their metric: all of it, or one. */
  #groups(series) {
    const metrics = Map.groupBy ? Map.groupBy(series, one => one.metric) : grouped(series);
    return [...metrics].map(([metric, members]) => h('li', {},
      this.#choice(metric, h('b', {}, metric), h('span.qq', {}, members.length > 1 ? `${w.all}, ${w.count(members.length)}` : members[0].unit ?? '')),
      members.length > 1 || Object.keys(members[0].labels ?? {}).length ? h('ul', {}, members.map(one => h('li', {}, this.#choice(seriesKey(one.metric, one.labels), h('span.q', {}, labelsOf(one)))))) : null));
  }

  #choice(selector, ...content) {
    return h('button', { type: 'button', onclick: () => {
      this.#chosen = selector;
      this.node.close();
    } }, content);
  }
}

const labelsOf = ({ labels = {} }) => Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(', ') || w.one;

function grouped(series) {
  const groups = new Map();
  for (const one of series) groups.set(one.metric, [...groups.get(one.metric) ?? [], one]);
  return groups;
}
