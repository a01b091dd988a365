import { DEFAULT_RANGE, LEAST_SPAN, RANGES, panned, readRange, within, writeRange, zoomed } from '../model/range.js';

/** A choice is written into the page's address when it has stood for so long: browsers count such writes. */
const WRITE_AFTER_MILLIS = 300;

/** What this viewer has chosen. Others see nothing of it, unless they are given the page's address. */
export class PageState {
  #writing = 0;

  constructor(changed, address = globalThis.location, remember = () => {}) {
    const { range, fixed, utc } = readRange(address?.search ?? '');
    this.changed = changed;
    this.address = address;
    this.remember = remember;
    this.range = range ?? DEFAULT_RANGE;
    this.paused = null;
    /** A stretch that was zoomed to or chosen; null while live. */
    this.zoom = fixed;
    this.utc = utc;
    /** A cursor that was walked or tapped to: it stays at its time. */
    this.cursor = null;
    /** Tells the time under the pointer: what lies under it moves with the picture. */
    this.pointer = null;
    this.alone = new Map();
    this.version = 0;
  }

  get ranges() {
    return RANGES;
  }

  get frozen() {
    return this.paused !== null || this.zoom !== null;
  }

  /** The last so many seconds, live. */
  setRange(seconds) {
    this.zoom = this.paused = null;
    this.#set('range', seconds);
    this.#write();
  }

  /** `edge` is where the picture stands now. */
  togglePause(edge) {
    if (this.frozen) this.resume();
    else this.#set('paused', edge);
  }

  resume() {
    this.zoom = null;
    this.#set('paused', null);
    this.#write();
  }

  zoomTo(from, until, edge) {
    if (until - from < LEAST_SPAN) return;
    this.#look(within({ from: Math.floor(from / 1000) * 1000, until }, edge), edge);
  }

  /** Moves what is in sight by so many milliseconds. */
  panBy(millis, { from, until, edge }) {
    this.#look(panned({ from, until }, millis, edge), edge);
  }

  /** Shows `factor` times as much, around the moment `at`. */
  zoomBy(factor, at, { from, until, edge }) {
    this.#look(zoomed({ from, until }, at, factor, edge), edge);
  }

  setUtc(utc) {
    this.#set('utc', utc);
    this.#write();
  }

  hold(t) {
    if (t === null && this.cursor === null) return;
    this.pointer = null;
    this.#set('cursor', t);
  }

  /** First the cursor, then the zoom. */
  letGo() {
    if (this.cursor !== null) this.hold(null);
    else if (this.zoom) this.resume();
  }

  /** `timeAt` tells the time under the pointer, null when it has left. */
  follow(timeAt) {
    if (timeAt === null && this.pointer === null) return;
    if (timeAt !== null) this.cursor = null;
    this.#set('pointer', timeAt);
  }

  /** The moment that all charts show, or null. */
  cursorTime() {
    return this.pointer ? this.pointer() : this.cursor;
  }

  /** Shows one row of a chart alone, adds it with `add`; the last one leaves all. */
  solo(chart, row, add) {
    const before = this.alone.get(chart) ?? new Set();
    const only = before.size === 1 && before.has(row);
    const next = add ? new Set(before) : new Set(only ? [] : [row]);
    if (add) next.has(row) ? next.delete(row) : next.add(row);
    if (next.size) this.alone.set(chart, next);
    else this.alone.delete(chart);
    this.#bump();
  }

  shows(chart, row) {
    const alone = this.alone.get(chart);
    return !alone || alone.has(row);
  }

  /** What this choice is in an address. `at` fixes a live one to a moment. */
  search(at = null) {
    const live = at === null ? null : { from: at - this.range * 1000, until: at };
    return writeRange(this.address?.search ?? '', { range: this.range, fixed: this.zoom ?? live, utc: this.utc });
  }

  #look(stretch, edge) {
    this.paused ??= edge;
    this.#set('zoom', stretch);
    this.#write();
  }

  #write() {
    if (!this.address) return;
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => this.remember(this.search()), WRITE_AFTER_MILLIS);
  }

  #set(name, value) {
    this[name] = value;
    this.#bump();
  }

  #bump() {
    this.version++;
    this.changed?.();
  }
}
