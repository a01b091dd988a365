const RANGES = [60, 300, 900];
const LEAST_ZOOM_MILLIS = 5000;

/** What this viewer has chosen. Others see nothing of it. */
export class PageState {
  constructor(changed) {
    this.changed = changed;
    this.range = 300;
    this.paused = null;
    this.zoom = null;
    this.cursor = null;
    this.cursorHeld = false;
    this.alone = new Map();
    this.version = 0;
  }

  get ranges() {
    return RANGES;
  }

  get frozen() {
    return this.paused !== null || this.zoom !== null;
  }

  setRange(seconds) {
    this.zoom = null;
    this.#set('range', seconds);
  }

  /** `edge` is where the picture stands now. */
  togglePause(edge) {
    if (this.frozen) this.resume();
    else this.#set('paused', edge);
  }

  resume() {
    this.zoom = null;
    this.#set('paused', null);
  }

  zoomTo(from, until, edge) {
    if (until - from < LEAST_ZOOM_MILLIS) return;
    this.paused ??= edge;
    this.#set('zoom', { from: Math.floor(from / 1000) * 1000, until: Math.ceil(until / 1000) * 1000 });
  }

  /** A cursor that is held stays at its time; one that follows the pointer goes with it. */
  point(t, held = false) {
    this.cursorHeld = held && t !== null;
    this.#set('cursor', t);
  }

  /** Shows one row of a chart alone, adds it with `add`; the last one leaves all. */
  solo(chart, row, add) {
    const before = this.alone.get(chart) ?? new Set();
    const only = before.size === 1 && before.has(row);
    const next = add ? new Set(before) : new Set(only ? [] : [row]);
    if (add) next.has(row) ? next.delete(row) : next.add(row);
    this.alone.set(chart, next);
    this.#bump();
  }

  shows(chart, row) {
    const alone = this.alone.get(chart);
    return !alone || alone.size === 0 || alone.has(row);
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
