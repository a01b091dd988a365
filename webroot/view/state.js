const RANGES = [60, 300, 900];
const LEAST_ZOOM_MILLIS = 5000;

/** What this viewer has chosen. Others see nothing of it. */
export class PageState {
  constructor(changed) {
    this.changed = changed;
    this.range = 300;
    this.paused = null;
    this.zoom = null;
    /** A cursor that was walked or tapped to: it stays at its time. */
    this.cursor = null;
    /** Where the pointer is, in pixels of a chart: what lies under it moves with the picture. */
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

  hold(t) {
    if (t === null && this.cursor === null) return;
    this.pointer = null;
    this.#set('cursor', t);
  }

  follow(x) {
    if (x !== null) this.cursor = null;
    this.#set('pointer', x);
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
