import { count } from './format.js';
import { h, setAttribute, setHidden, setText } from './dom.js';
import { icon } from './icons.js';
import { seriesKey } from '../model/key.js';
import { words } from '../words.js';

const TYPED_MILLIS = 150;
const SHOWN = 200;
const w = words.explore;

/** Series to pick from: those whose name or labels have the words. A press adds one, another takes it out. */
export class SeriesBrowser {
  #timer = 0;
  #asked = null;
  #chosen = '';

  constructor(visit, { add }) {
    this.visit = visit;
    this.add = add;
    this.input = h('input', { type: 'search', 'aria-label': w.search, placeholder: w.searchHint, autocomplete: 'off', spellcheck: 'false', oninput: () => this.#typed(), onkeydown: event => event.key === 'Escape' && this.#escape() });
    this.list = h('ul');
    this.note = h('span.qq.num');
    this.node = h('section.sheet.browser', { 'aria-label': w.browser },
      h('label.find', {}, icon('search'), this.input, h('kbd', { 'aria-hidden': 'true' }, '/')), h('div.scroll', { tabindex: '-1' }, this.list), h('div.foot', {}, this.note));
    visit.atEnd(() => clearTimeout(this.#timer));
    this.#ask();
  }

  focus() {
    this.input.focus();
  }

  /** `chosen` selectors are shown as picked. */
  draw(chosen) {
    const key = chosen.join('\n');
    if (key === this.#chosen) return;
    this.#chosen = key;
    for (const item of this.list.children) setAttribute(item.firstChild, 'aria-pressed', chosen.includes(item.firstChild.dataset.key));
  }

  #escape() {
    if (!this.input.value) return this.input.blur();
    this.input.value = '';
    this.#typed();
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), TYPED_MILLIS);
  }

  async #ask() {
    const search = this.input.value.trim();
    this.#asked = search;
    try {
      const answer = await fetch(`/api/v1/series?${new URLSearchParams({ search, limit: SHOWN })}`, { signal: this.visit.signal });
      if (!answer.ok || this.#asked !== search) return;
      this.#show(await answer.json());
    } catch {
      if (!this.visit.signal.aborted) setText(this.note, w.noAnswer);
    }
  }

  #show({ series, total }) {
    const chosen = this.#chosen.split('\n');
    const byMetric = new Map();
    for (const meta of series) byMetric.set(meta.metric, [...(byMetric.get(meta.metric) ?? []), meta]);
    this.list.replaceChildren(...[...byMetric].flatMap(([metric, found]) => [
      item('metric', metric, metric, found.length > 1 ? count(found.length) : '', chosen, this.add),
      ...found.filter(meta => Object.keys(meta.labels).length).map(meta => item('one', seriesKey(meta.metric, meta.labels), Object.values(meta.labels).join(', '), '', chosen, this.add))]));
    setText(this.note, total > series.length ? w.some(count(series.length), count(total)) : w.count(total ?? series.length));
    setHidden(this.list, series.length === 0);
  }
}

/** A metric with all its series, or one of them: `key` is the selector that a press adds. */
function item(kind, key, text, note, chosen, add) {
  return h(`li.${kind}`, {}, h('button', { type: 'button', 'data-key': key, title: key, 'aria-pressed': String(chosen.includes(key)), onclick: () => add(key) }, h('span', {}, text), h('span.qq.num', {}, note)));
}
