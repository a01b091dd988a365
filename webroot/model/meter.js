const OVER_MILLIS = 10_000;

/** Bytes a second over the last ten seconds, from a counter that only grows. */
export class Meter {
  #samples = [];

  sample(total, now) {
    this.#samples.push({ total, now });
    while (this.#samples.length > 2 && now - this.#samples[0].now > OVER_MILLIS) this.#samples.shift();
  }

  get rate() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || last.now <= first.now) return NaN;
    return ((last.total - first.total) * 1000) / (last.now - first.now);
  }
}
