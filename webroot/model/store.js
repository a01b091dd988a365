/** Width of a slot. The page keeps the past at one value a second, whatever the rhythm. */
export const STEP = 1000;

/** 15 minutes and a margin, as a power of two. */
export const CAPACITY = 1024;

/**
 * One series in a ring of slots. A slot belongs to the window that ends at a whole second, so the
 * live stream and the history write to the same place: what comes twice is there once.
 */
class Series {
  constructor(key, meta) {
    this.key = key;
    this.meta = meta;
    this.values = new Float64Array(CAPACITY).fill(NaN);
    this.low = null;
    this.high = null;
    this.newest = NaN;
    this.newestTime = 0;
  }

  /** Minimum and maximum are rare: a screen that was reduced has them. */
  range(slot, min, max) {
    if (!this.low) {
      this.low = new Float64Array(CAPACITY).fill(NaN);
      this.high = new Float64Array(CAPACITY).fill(NaN);
    }
    this.low[slot] = min;
    this.high[slot] = max;
  }

  clear(slot) {
    this.values[slot] = NaN;
    if (this.low) this.low[slot] = this.high[slot] = NaN;
  }
}

/** All series that the charts draw, on one axis of slots. Memory is fixed once a series exists. */
export class Store {
  constructor() {
    this.series = new Map();
    /** Seconds that the tick in a slot stands for; 0 where there was none. */
    this.spans = new Uint8Array(CAPACITY);
    /** The newest window's end, in slots. */
    this.head = 0;
    /** Changes with every write, so that drawing can be skipped. */
    this.version = 0;
    /** Changes when the past was filled in: a picture that stands still is drawn anew only then. */
    this.fills = 0;
  }

  get headTime() {
    return this.head * STEP;
  }

  open(key, meta = {}) {
    let series = this.series.get(key);
    if (!series) this.series.set(key, series = new Series(key, meta));
    return series;
  }

  /** A series that is gone takes its memory with it. */
  close(key) {
    this.series.delete(key);
  }

  get(key) {
    return this.series.get(key);
  }

  /** Where the window that ends at `t` lives, or -1 if it has left the ring. */
  slot(t) {
    const n = Math.round(t / STEP);
    return n > this.head - CAPACITY && n <= this.head ? n % CAPACITY : -1;
  }

  /** Notes that there was a tick at `t` that stands for `seconds`. */
  mark(t, seconds = 1) {
    this.#advance(Math.round(t / STEP));
    const slot = this.slot(t);
    if (slot < 0) return;
    const before = this.spans[slot];
    this.spans[slot] = before ? Math.min(before, seconds) : Math.min(255, seconds);
    this.version++;
  }

  write(series, t, value, min, max) {
    this.#advance(Math.round(t / STEP));
    const slot = this.slot(t);
    if (slot < 0 || !Number.isFinite(value)) return;
    series.values[slot] = value;
    if (min !== undefined) series.range(slot, min, max);
    else if (series.low) series.low[slot] = series.high[slot] = NaN;
    if (t >= series.newestTime) this.#renew(series, t, value);
    this.version++;
  }

  /** The value at `t`, or the one before it that still stands for it; NaN in a gap. */
  at(series, t) {
    if (!series) return NaN;
    const n = Math.floor(t / STEP);
    for (let back = 0; back < 256; back++) {
      const slot = this.slot((n - back) * STEP);
      if (slot < 0) continue;
      if (!Number.isNaN(series.values[slot])) return back <= reach(this.spans[slot]) ? series.values[slot] : NaN;
    }
    return NaN;
  }

  /** Stretches of (from, until] without a tick: [{from, until}], at most the newest 16. */
  holes(from, until) {
    const first = Math.max(Math.ceil(from / STEP), this.head - CAPACITY + 1);
    const last = Math.floor(until / STEP);
    const found = [];
    let seen = -1;
    for (let n = first; n <= last; n++) {
      const span = n <= this.head ? this.spans[n % CAPACITY] : 0;
      if (!span) continue;
      if (seen >= 0 && n - seen > reach(Math.max(span, this.spans[seen % CAPACITY]))) {
        found.push({ from: seen * STEP, until: (n - span) * STEP });
      }
      seen = n;
    }
    return found.slice(-16);
  }

  /** The first window's end that is held at all, 0 for none. */
  earliest() {
    for (let n = this.head - CAPACITY + 1; n <= this.head; n++) {
      if (n > 0 && this.spans[n % CAPACITY]) return n * STEP;
    }
    return 0;
  }

  #renew(series, t, value) {
    series.newest = value;
    series.newestTime = t;
  }

  #advance(n) {
    if (n <= this.head) return;
    const first = Math.max(this.head + 1, n - CAPACITY + 1);
    for (let k = first; k <= n; k++) this.#empty(k % CAPACITY);
    this.head = n;
  }

  #empty(slot) {
    this.spans[slot] = 0;
    for (const series of this.series.values()) series.clear(slot);
  }
}

/** Slots over which a value may be carried: 2.5 times the rhythm, at least two; beyond is a gap. */
export function reach(span) {
  return Math.max(2, Math.floor(2.5 * span));
}
