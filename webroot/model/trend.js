/** Width of a slot and length of the past that a device's sparkline shows. */
export const TREND_STEP = 2000;
export const TREND_SLOTS = 150;
export const TREND_MILLIS = TREND_STEP * TREND_SLOTS;

/** Five minutes of one measure, small enough to have one for every device. */
export class Trend {
  #values = new Float32Array(TREND_SLOTS).fill(NaN);
  #head = 0;
  /** Changes when history filled it in; live values come one slot after the other. */
  fills = 0;

  write(t, value) {
    const n = Math.ceil(t / TREND_STEP);
    this.#advance(n);
    if (n > this.#head - TREND_SLOTS) this.#values[n % TREND_SLOTS] = value;
  }

  /** Copies the past up to `until` into `into`, oldest first. */
  read(until, into) {
    const last = Math.ceil(until / TREND_STEP);
    for (let i = 0; i < TREND_SLOTS; i++) {
      const n = last - TREND_SLOTS + 1 + i;
      into[i] = n > this.#head || n <= this.#head - TREND_SLOTS ? NaN : this.#values[n % TREND_SLOTS];
    }
    return into;
  }

  #advance(n) {
    if (n <= this.#head) return;
    for (let k = Math.max(this.#head + 1, n - TREND_SLOTS + 1); k <= n; k++) this.#values[k % TREND_SLOTS] = NaN;
    this.#head = n;
  }
}
