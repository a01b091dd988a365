/** Width of a slot of the page's own store: it keeps the past at one value a second, whatever the rhythm. */
export const STEP = 1000;

/** 15 minutes and a margin. */
export const CAPACITY = 1024;

/**
 * One series in a ring of slots. A slot belongs to the window that ends at a whole second, so the
 * live stream and the history write to the same place: what comes twice is there once.
 */
class Series {
  constructor(key, meta, capacity) {
    this.key = key;
    this.meta = meta;
    this.values = new Float64Array(capacity).fill(NaN);
    this.low = null;
    this.high = null;
    this.newest = NaN;
    this.newestTime = 0;
    /** Its learnt rhythm in slots; 0 while it is taken to fill every slot. */
    this.beat = 0;
  }

  /** Minimum and maximum are rare: a screen that was reduced has them. */
  range(slot, min, max) {
    this.low ??= new Float64Array(this.values.length).fill(NaN);
    this.high ??= new Float64Array(this.values.length).fill(NaN);
    this.low[slot] = min;
    this.high[slot] = max;
  }

  clear(slot) {
    this.values[slot] = NaN;
    if (this.low) this.low[slot] = this.high[slot] = NaN;
  }
}

/** Series on one axis of slots of `step` milliseconds. Memory is fixed once a series exists. */
export class Store {
  constructor(step = STEP, capacity = CAPACITY) {
    this.step = step;
    this.capacity = capacity;
    this.series = new Map();
    /** Slots that the tick in a slot stands for; 0 where there was none. */
    this.spans = new Uint8Array(capacity);
    /** The newest window's end, in slots. */
    this.head = 0;
    /** Changes with every write, so that drawing can be skipped. */
    this.version = 0;
    /** Changes when the past was filled in: a picture that stands still is drawn anew only then. */
    this.fills = 0;
  }

  get headTime() {
    return this.head * this.step;
  }

  open(key, meta = {}) {
    let series = this.series.get(key);
    if (!series) this.series.set(key, series = new Series(key, meta, this.capacity));
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
    const n = Math.round(t / this.step);
    return n > this.head - this.capacity && n <= this.head ? n % this.capacity : -1;
  }

  /** Notes that there was a tick at `t` that stands for so many slots. */
  mark(t, slots = 1) {
    this.#advance(Math.round(t / this.step));
    const slot = this.slot(t);
    if (slot < 0) return;
    const before = this.spans[slot];
    this.spans[slot] = before ? Math.min(before, slots) : Math.min(255, slots);
    this.version++;
  }

  write(series, t, value, min, max) {
    this.#advance(Math.round(t / this.step));
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
    const n = Math.floor(t / this.step);
    for (let back = 0; back < 256; back++) {
      const slot = this.slot((n - back) * this.step);
      if (slot < 0) continue;
      if (!Number.isNaN(series.values[slot])) return back <= reach(Math.max(this.spans[slot], series.beat)) ? series.values[slot] : NaN;
    }
    return NaN;
  }

  /** Stretches of (from, until] without a tick: [{from, until}], at most the newest 16. */
  holes(from, until) {
    const { step, capacity } = this;
    const first = Math.max(Math.ceil(from / step), this.head - capacity + 1);
    const last = Math.floor(until / step);
    const found = [];
    let seen = -1;
    for (let n = first; n <= last; n++) {
      const span = n <= this.head ? this.spans[n % capacity] : 0;
      if (!span) continue;
      if (seen >= 0 && n - seen > reach(Math.max(span, this.spans[seen % capacity], this.beat))) {
        found.push({ from: seen * step, until: (n - span) * step });
      }
      seen = n;
    }
    return found.slice(-16);
  }

  /** The first window's end that is held at all, 0 for none. */
  earliest() {
    for (let n = this.head - this.capacity + 1; n <= this.head; n++) {
      if (n > 0 && this.spans[n % this.capacity]) return n * this.step;
    }
    return 0;
  }

  /** The shortest learnt rhythm of its series, in slots. */
  get beat() {
    let least = Infinity;
    for (const { beat } of this.series.values()) least = Math.min(least, beat);
    return Number.isFinite(least) ? least : 0;
  }

  #renew(series, t, value) {
    series.newest = value;
    series.newestTime = t;
  }

  #advance(n) {
    if (n <= this.head) return;
    const first = Math.max(this.head + 1, n - this.capacity + 1);
    for (let k = first; k <= n; k++) this.#empty(k % this.capacity);
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
