import { DeviceRow } from '../view/devicerow.js';
import { Doors } from '../view/doors.js';
import { Probe } from '../net/probe.js';
import { Roster, SORTS, STATES, isSelector, wordsOf } from '../model/roster.js';
import { RowMap } from '../view/rowmap.js';
import { Rows } from '../view/rows.js';
import { Watch } from '../net/watch.js';
import { count } from '../view/format.js';
import { h, setAttribute, setClass, setHidden, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { pathOf } from '../model/routes.js';
import { rangeWords } from '../view/rangewords.js';
import { words } from '../words.js';

/** States come by events; the list is asked for anew now and then for what has no event, such as refusals. */
const LIST = '/api/v1/devices?form=columns';
const LIST_EVERY_MILLIS = 30_000;
const ASK_SOON_MILLIS = 1000;
/** Typing a selector is not asking for each letter of it. */
const TYPED_MILLIS = 250;
const FILTERS = ['', 'live', 'stale', 'offline', 'refused'];
const ICONS = { live: 'live', stale: 'stale', offline: 'offline', refused: 'warn' };
const MOST_MARKS = 400;
const w = words.devices;

/** Where the list was when it was left, so that the way back leads there. */
const left = { address: '', top: 0, active: -1 };

/** All devices: search, filters by state, order, rows in sight alone. */
export function mount(element, visit) {
  const list = new DeviceList(element, visit);
  visit.title(words.nav.devices);
  visit.draw(list);
  return { changed: () => list.read(), unmount: () => list.destroy() };
}

class DeviceList {
  #counts = new Map();
  #found = h('span.qq.num', { 'aria-live': 'polite' });
  #seen = h('span.qq.num.rowsseen');
  #nothing = h('div.cell.none', { hidden: true });
  #heads = new Map();
  #stamp = '';
  #markStamp = '';
  #asking = 0;
  #typing = 0;

  constructor(element, visit) {
    this.visit = visit;
    this.page = visit.page;
    this.roster = new Roster();
    this.watch = new Watch(visit, (name, t) => this.roster.heard(name, t));
    this.rows = new Uint32Array(0);
    this.words = [];
    this.search = '';
    this.state = '';
    this.sort = 'name';
    this.descending = false;
    /** Names that a selector has found; null while the search is words. */
    this.among = null;
    this.refusal = '';
    this.probe = null;
    this.#build(element);
    this.#take(visit.route.query);
    this.poll = visit.poll(LIST, LIST_EVERY_MILLIS, answer => this.#load(answer));
    visit.follow({ topics: ['device.state'], heard: message => this.#told(message), joined: () => this.poll.soon() });
    visit.keys({ '/': () => this.input.focus(), ArrowDown: () => this.#intoRows(1), ArrowUp: () => this.#intoRows(-1) });
    visit.atEnd(() => [this.#asking, this.#typing].forEach(clearTimeout));
  }

  destroy() {
    Object.assign(left, { address: this.#address(), top: this.view.top, active: this.view.active });
    this.view.destroy();
    this.map.destroy();
  }

  /** The address has changed: back or forward within this page. */
  read() {
    this.#take(new URLSearchParams(location.search));
    this.page.invalidate();
  }

  draw(moment) {
    this.#arrange();
    const empty = this.roster.loaded && this.roster.size === 0;
    this.doors.draw(empty);
    setHidden(this.sheet, empty && !this.doors.node.hidden);
    const [first, end] = this.view.seen;
    setText(this.#seen, this.rows.length ? w.rows(count(first + 1), count(end)) : '');
    this.watch.look(Array.from(this.rows.subarray(first, end), i => this.roster.names[i]), this.page.state.range);
    this.view.draw(moment);
    this.map.draw();
    setText(this.past, rangeWords({ ...moment, zoomed: false }, this.page.state.range, false));
  }

  #build(element) {
    this.input = h('input', { type: 'search', 'aria-label': w.search, placeholder: w.searchHint, autocomplete: 'off', spellcheck: 'false', oninput: () => this.#typed(), onkeydown: event => this.#searchKey(event) });
    this.chips = FILTERS.map(state => this.#chip(state));
    this.order = h('select.btn.out', { 'aria-label': w.orderBy, onchange: () => this.#sorted(this.order.value, false) }, SORTS.map(sort => h('option', { value: sort }, w.sorts[sort])));
    this.past = h('span');
    this.view = new Rows({ id: 'device', label: words.nav.devices, head: this.#head(), make: () => new DeviceRow(this), open: index => this.#open(index), moved: () => this.page.invalidate() });
    this.map = new RowMap(this.view, this.page);
    this.sheet = h('section.sheet.grid', { 'aria-label': words.nav.devices }, h('div.cell', {}, this.view.body, this.#nothing), this.map.node);
    this.doors = new Doors(this.page);
    element.append(
      h('div.tool', {}, h('h1', { tabindex: '-1' }, words.nav.devices), h('label.find', {}, icon('search'), this.input, this.#found, h('kbd', { 'aria-hidden': 'true' }, '/')),
        h('div.chips', { role: 'group', 'aria-label': w.filter }, this.chips), h('span.grow'), this.#seen, h('span.orderby', {}, this.order, icon('down'))),
      this.sheet, this.doors.node);
  }

  #chip(state) {
    const number = h('b.num');
    this.#counts.set(state, number);
    return h('button.chip', { type: 'button', 'data-state': state, onclick: () => this.#filter(state) }, state ? icon(ICONS[state]) : null, h('span', {}, w.filters[state || 'all']), number);
  }

  #head() {
    const plain = (name, text, span) => h(`span.${name}`, { role: 'columnheader', ...(span ? { 'aria-colspan': span } : {}) }, text);
    const filler = () => h('span.m', { 'aria-hidden': 'true' });
    this.pastHead = plain('sp', '');
    this.pastHead.append(this.past ?? (this.past = h('span')));
    return h('div.row.headrow', { role: 'row' }, this.#sorter('st', 'need', w.state), this.#sorter('name', 'name', w.device), plain('place', w.place),
      plain('m', w.measures, 3), filler(), filler(), this.pastHead, plain('r.every', w.every), this.#sorter('r.age', 'age', w.age));
  }

  #sorter(column, sort, text) {
    const head = h(`span.${column}`, { role: 'columnheader' }, h('button', { type: 'button', onclick: () => this.#sorted(sort, this.sort === sort && !this.descending) }, text));
    this.#heads.set(sort, head);
    return head;
  }

  #load(answer) {
    this.roster.load(answer);
  }

  /** A device that is not in the list yet makes the list be asked for, once for many of them. */
  #told(message) {
    if (!this.roster.told(message)) this.#asking ||= setTimeout(() => {
      this.#asking = 0;
      this.poll.soon();
    }, ASK_SOON_MILLIS);
    this.page.invalidate();
  }

  #take(query) {
    this.search = query.get('q') ?? '';
    this.state = FILTERS.includes(query.get('state')) ? query.get('state') : '';
    const sort = query.get('sort') ?? '';
    this.descending = sort.startsWith('-');
    this.sort = SORTS.includes(sort.replace('-', '')) ? sort.replace('-', '') : 'name';
    this.input.value = this.search;
    this.#searched();
    const back = left.address === this.#address();
    this.resume = back ? { ...left } : null;
  }

  #address() {
    const query = new URLSearchParams();
    if (this.search) query.set('q', this.search);
    if (this.state) query.set('state', this.state);
    if (this.sort !== 'name' || this.descending) query.set('sort', (this.descending ? '-' : '') + this.sort);
    const text = query.toString();
    return pathOf('devices') + (text ? `?${text}` : '');
  }

  #changed() {
    this.visit.write(this.#address());
    this.view.active = -1;
    this.view.scrollTo(0);
    this.page.invalidate();
  }

  #typed() {
    this.search = this.input.value;
    this.#searched();
    this.#changed();
  }

  /** Words are looked for here, a selector by the server. */
  #searched() {
    clearTimeout(this.#typing);
    this.probe?.close();
    this.probe = null;
    this.refusal = '';
    const asks = isSelector(this.search);
    this.words = asks ? [] : wordsOf(this.search);
    if (!asks) this.among = null;
    else this.#typing = setTimeout(() => this.#select(this.search), TYPED_MILLIS);
  }

  #select(selector) {
    this.probe = new Probe(this.visit, selector, () => {
      this.refusal = this.probe.refusal ? words.errors[this.probe.refusal.code] ?? this.probe.refusal.message : '';
      this.among = new Set([...this.probe.series.values()].map(meta => meta.labels?.device).filter(Boolean));
      this.page.invalidate();
    });
  }

  #filter(state) {
    this.state = state;
    this.#changed();
  }

  #sorted(sort, descending) {
    Object.assign(this, { sort, descending });
    this.#changed();
  }

  #searchKey(event) {
    if (event.key === 'Escape' && this.search) {
      this.input.value = '';
      this.#typed();
    } else if (event.key === 'Escape') this.input.blur();
    else if (event.key === 'ArrowDown' || event.key === 'Enter') this.#intoRows(1);
    else return;
    event.preventDefault();
  }

  #intoRows(step) {
    this.view.body.focus({ preventScroll: true });
    this.view.walk(step);
  }

  #open(index) {
    this.view.active = index;
    this.visit.go(pathOf('device', { id: this.roster.names[this.rows[index]] }));
  }

  /** The rows that fit, in order; computed anew only when something has changed. */
  #arrange() {
    const { roster, search, state, sort, descending, among } = this;
    const stamp = `${roster.version} ${search} ${state} ${sort} ${descending} ${among?.size ?? '-'} ${this.refusal}`;
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    const { rows, counts } = roster.find({ search, state, sort, descending, among });
    this.rows = rows;
    this.view.setCount(rows.length);
    if (this.resume && roster.loaded) this.#resume();
    this.#say(counts);
    this.#markRows();
  }

  #resume() {
    const { top, active } = this.resume;
    this.resume = null;
    this.view.active = active;
    this.view.scrollTo(top);
  }

  #say(counts) {
    for (const chip of this.chips) {
      const { state } = chip.dataset;
      setText(this.#counts.get(state), this.roster.loaded ? count(counts[state || 'all']) : '');
      setAttribute(chip, 'aria-pressed', state === this.state);
      setHidden(chip, state === 'refused' && !counts.refused && this.state !== 'refused');
    }
    setText(this.#found, this.search && this.roster.loaded ? w.found(count(counts.all), count(this.roster.size)) : '');
    if (this.order.value !== this.sort) this.order.value = this.sort;
    for (const [sort, head] of this.#heads) setAttribute(head, 'aria-sort', sort === this.sort ? (this.descending ? 'descending' : 'ascending') : 'none');
    const none = this.roster.loaded && this.rows.length === 0 && this.roster.size > 0;
    setHidden(this.#nothing, !none);
    setClass(this.#nothing, 'warn', this.refusal !== '');
    if (none) setText(this.#nothing, this.refusal || w.noMatch(this.search || w.filters[this.state]));
  }

  /** Rows that need someone, as marks on the map. Neighbours become one mark. */
  #markRows() {
    const { roster, rows } = this;
    const stamp = this.#stamp;
    if (stamp === this.#markStamp) return;
    this.#markStamp = stamp;
    const marks = new Map();
    for (let k = 0; k < rows.length; k++) {
      const state = roster.state[rows[k]];
      if (STATES[state] === 'live') continue;
      const place = Math.floor((k / rows.length) * MOST_MARKS);
      if (!marks.has(place) || STATES[state] === 'stale') marks.set(place, [(k + 0.5) / rows.length, STATES[state] === 'stale' ? 'warn' : 'ink-3', STATES[state] === 'offline']);
    }
    this.map.show([...marks.values()], stamp);
  }
}
