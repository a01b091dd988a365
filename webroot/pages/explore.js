import { DASH, NB, measure } from '../view/format.js';
import { INTERVALS, KINDS, STATS, figuresOf, labelsIn, readView, writeView } from '../model/exploring.js';
import { Probe } from '../net/probe.js';
import { SeriesBrowser } from '../view/seriesbrowser.js';
import { age } from '../view/format.js';
import { chartOf } from '../view/tidechart.js';
import { h, setAttribute, setClass, setHidden, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { pathOf } from '../model/routes.js';
import { words } from '../words.js';

/** Typing is not asking for each letter of it. */
const TYPED_MILLIS = 500;
const TABLE_EVERY_MILLIS = 1000;
const w = words.explore;

/** Any series, laid over each other; what is shown stands in the address. */
export function mount(element, visit) {
  const explorer = new Explorer(element, visit);
  visit.title(words.nav.explore);
  visit.draw(explorer);
  return { changed: route => explorer.take(readView(route.query)) };
}

class Explorer {
  #rows = [];
  #chart = null;
  #chartKey = '';
  #tabledAt = 0;

  constructor(element, visit) {
    this.visit = visit;
    this.page = visit.page;
    this.#build(element);
    this.take(readView(visit.route.query));
    visit.keys({ '/': () => this.browser.focus() });
    visit.atEnd(() => this.#rows.forEach(row => row.close()));
  }

  /** Shows what an address says. */
  take(view) {
    this.view = view;
    for (const row of this.#rows) row.close();
    this.#rows = view.select.map(selector => this.#row(selector));
    if (!this.#rows.length) this.#rows = [this.#row('')];
    this.stat.value = view.stat;
    this.interval.value = view.interval;
    this.kind.value = view.kind;
    this.by.value = view.by?.join(', ') ?? '';
    this.#lay();
    this.page.invalidate();
  }

  draw(moment) {
    const good = this.#rows.filter(row => row.good).map(row => row.selector);
    const waiting = this.#rows.some(row => row.asking);
    const { stat, interval, by, kind } = this.view;
    const key = JSON.stringify([good, stat, interval, by, kind]);
    if (key !== this.#chartKey && !waiting) this.#show(key, good);
    setHidden(this.hint, this.#rows.some(row => row.selector));
    setHidden(this.stage, good.length === 0);
    setHidden(this.sheet, good.length === 0);
    this.browser.draw(this.#rows.map(row => row.selector));
    if (this.#chart && Math.abs(moment.now - this.#tabledAt) >= TABLE_EVERY_MILLIS) this.#drawTable(moment);
  }

  #build(element) {
    this.list = h('div.queries');
    this.stat = this.#choice(w.stat, STATS, stat => w.stats[stat], value => this.#choose({ stat: value }));
    this.interval = this.#choice(w.interval, INTERVALS, every => `${w.every} ${every < 1000 ? `${every}${NB}ms` : age(every)}`, value => this.#choose({ interval: Number(value) }));
    this.kind = this.#choice(w.kind, KINDS, kind => w.kinds[kind], value => this.#choose({ kind: value }));
    this.by = h('input.field', { type: 'text', 'aria-label': w.by, placeholder: w.byHint, autocomplete: 'off', spellcheck: 'false', onchange: () => this.#choose({ by: labelsIn(this.by.value) }) });
    this.stage = h('div.stage', { hidden: true });
    this.body = h('tbody');
    const head = [w.series, w.newest, w.low, w.mean, w.high].map((text, i) => h(i ? 'th.r' : 'th', { scope: 'col' }, text));
    this.sheet = h('section.sheet.values', { 'aria-label': w.values, hidden: true }, h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': w.values }, h('table.tb', {}, h('thead', {}, h('tr', {}, head)), this.body)));
    this.hint = h('div.hint', {}, h('h2', {}, w.begin), h('p', {}, w.beginSay), h('div.examples', {}, this.#examples()));
    this.browser = new SeriesBrowser(this.visit, { add: selector => this.#toggle(selector) });
    element.append(
      h('div.tool', {}, h('h1', { tabindex: '-1' }, words.nav.explore), h('span.grow'), this.#wrapped(this.stat), this.#wrapped(this.interval), this.#wrapped(this.kind), this.by),
      this.list, this.browser.node, h('div.result', {}, this.hint, this.stage, this.sheet));
  }

  #examples() {
    return ['cpu_usage', 'memory_usage', 'network_received', '{device=~".+"}'].map(selector => h('button.btn.out.mono', { type: 'button', onclick: () => this.#toggle(selector) }, selector));
  }

  #choice(label, values, name, chosen) {
    return h('select.btn.out', { 'aria-label': label, onchange: event => chosen(event.target.value) }, values.map(value => h('option', { value }, name(value))));
  }

  #wrapped(select) {
    return h('span.orderby', {}, select, icon('down'));
  }

  #row(selector) {
    return new QueryRow(this, selector);
  }

  #lay() {
    const add = h('button.btn', { type: 'button', onclick: () => this.add('') }, icon('add'), w.add);
    this.list.replaceChildren(...this.#rows.map(row => row.node), add);
    setHidden(this.list.lastChild, !this.#rows.some(row => row.selector));
  }

  /** Another row; an empty one is taken first. */
  add(selector) {
    const free = this.#rows.find(row => !row.selector);
    if (free && selector) free.write(selector);
    else if (!free) this.#rows.push(this.#row(selector));
    this.#lay();
    if (!selector) (free ?? this.#rows.at(-1)).input.focus();
    this.changed();
  }

  remove(row) {
    row.close();
    this.#rows = this.#rows.filter(other => other !== row);
    if (!this.#rows.length) this.#rows = [this.#row('')];
    this.#lay();
    this.changed();
  }

  #toggle(selector) {
    const row = this.#rows.find(one => one.selector === selector);
    if (row) this.remove(row);
    else this.add(selector);
  }

  #choose(part) {
    Object.assign(this.view, part);
    this.changed();
  }

  /** What is shown now, into the address. */
  changed() {
    this.view.select = this.#rows.map(row => row.selector).filter(Boolean);
    const query = writeView(this.view);
    this.visit.write(pathOf('explore') + (query ? `?${query}` : ''));
    setHidden(this.list.lastChild, this.view.select.length === 0);
    this.page.invalidate();
  }

  /** Only what the server can read is drawn. */
  #show(key, select) {
    this.#chartKey = key;
    const { stat, interval, by, kind } = this.view;
    const options = { id: 'explore', name: '', kind, select, stat, interval, by: by ?? undefined };
    if (!select.length) this.#chart?.remove();
    else if (this.#chart?.isConnected) this.#chart.configure(options);
    else this.stage.append((this.#chart = chartOf(this.page, options)));
    this.#tabledAt = 0;
  }

  #drawTable(moment) {
    const { drawn } = this.#chart;
    if (!drawn) return;
    this.#tabledAt = drawn.rows.length ? moment.now : 0;
    const rows = drawn.rows.map(row => {
      const figures = figuresOf(drawn.store, drawn.store.get(row.id), drawn.moment);
      return [row, ['newest', 'low', 'mean', 'high'].map(name => valueText(figures[name], row.meta?.unit))];
    });
    while (this.body.children.length < rows.length) this.body.append(h('tr', {}, h('th', { scope: 'row' }, h('span.key'), h('span')), ...Array.from({ length: 4 }, () => h('td.r.num'))));
    while (this.body.children.length > rows.length) this.body.lastChild.remove();
    rows.forEach(([row, texts], i) => {
      const [name, ...cells] = this.body.children[i].children;
      name.firstChild.className = `key ${row.color ?? 'none'}`;
      setText(name.lastChild, row.title ?? row.name);
      setAttribute(name, 'title', row.title ?? row.name);
      cells.forEach((cell, k) => setText(cell, texts[k]));
    });
  }
}

function valueText(value, unit) {
  if (!Number.isFinite(value)) return DASH;
  const [number, name] = measure(value, unit);
  return name ? number + NB + name : number;
}

/** One selector: what was typed, how many series it means, or what is wrong with it. */
class QueryRow {
  #timer = 0;
  #probe = null;

  constructor(explorer, selector) {
    this.explorer = explorer;
    this.selector = selector;
    this.input = h('input.mono', { type: 'text', 'aria-label': w.selector, placeholder: w.selectorHint, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', oninput: () => this.#typed(), onkeydown: event => this.#key(event), onchange: () => this.#take() });
    this.input.value = selector;
    this.say = h('span.qq.num', { role: 'status' });
    this.node = h('div.find.query', {}, icon('curve'), this.input, this.say, h('button.btn.tiny', { type: 'button', 'aria-label': w.remove, title: w.remove, onclick: () => explorer.remove(this) }, icon('close')));
    this.#ask();
  }

  /** Whether the server has said what it means. */
  get good() {
    return Boolean(this.#probe?.answered) && !this.#probe.refusal;
  }

  get asking() {
    return Boolean(this.#probe) && !this.#probe.answered && !this.#probe.refusal;
  }

  write(selector) {
    this.input.value = selector;
    this.#take();
  }

  close() {
    clearTimeout(this.#timer);
    this.#probe?.close();
    this.#probe = null;
  }

  #key(event) {
    if (event.key === 'Enter') this.#take();
    else if (event.key === 'Escape') this.input.blur();
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#take(), TYPED_MILLIS);
  }

  #take() {
    clearTimeout(this.#timer);
    const selector = this.input.value.trim();
    if (selector === this.selector) return;
    this.selector = selector;
    this.#ask();
    this.explorer.changed();
  }

  #ask() {
    this.close();
    setText(this.say, '');
    setClass(this.node, 'wrong', false);
    if (this.selector) this.#probe = new Probe(this.explorer.visit, this.selector, () => this.#answered());
  }

  #answered() {
    const { refusal, series } = this.#probe;
    setClass(this.node, 'wrong', Boolean(refusal));
    setClass(this.node, 'none', !refusal && series.size === 0);
    setText(this.say, refusal ? refusalWords(refusal) : w.count(series.size));
    setAttribute(this.input, 'aria-invalid', refusal ? 'true' : null);
    this.explorer.page.invalidate();
  }
}

/** The reason in the reader's words, and where: the server names the column. */
function refusalWords({ code, message }) {
  const column = /column (\d+)/.exec(message ?? '')?.[1];
  const reason = words.errors[code] ?? message ?? code;
  return column ? w.atColumn(reason, column) : reason;
}
