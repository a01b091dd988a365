/** Width of a slot and length of the past that a device's sparkline shows. */
export const TREND_STEP = 2000;
export const TREND_SLOTS = 150;
export const TREND_MILLIS = TREND_STEP * TREND_SLOTS;

/** The recent past of one measure, small enough to have one for every device: five minutes, if not said otherwise. */
export class Trend {
  #values;
  #head = 0;
  /** Changes when history filled it in; live values come one slot after the other. */
  fills = 0;

  constructor(step = TREND_STEP, slots = TREND_SLOTS) {
    this.step = step;
    this.slots = slots;
    this.#values = new Float32Array(slots).fill(NaN);
  }

  write(t, value) {
    const n = Math.ceil(t / this.step);
    this.#advance(n);
    if (n > this.#head - this.slots) this.#values[n % this.slots] = value;
  }

  /** Copies the past up to `until` into `into`, oldest first. */
  read(until, into) {
    const last = Math.ceil(until / this.step);
    for (let i = 0; i < this.slots; i++) {
      const n = last - this.slots + 1 + i;
      into[i] = n > this.#head || n <= this.#head - this.slots ? NaN : this.#values[n % this.slots];
    }
    return into;
  }

  #advance(n) {
    if (n <= this.#head) return;
    for (let k = Math.max(this.#head + 1, n - this.slots + 1); k <= n; k++) this.#values[k % this.slots] = NaN;
    this.#head = n;
  }
}
