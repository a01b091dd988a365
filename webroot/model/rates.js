/** Changes a second of figures that only grow, from answers that are asked for now and then. */
export class Rates {
  #before = null;

  /** `figures` are numbers by name as of `t`, in milliseconds; {name: change a second}, NaN at first. */
  of(t, figures) {
    const before = this.#before;
    this.#before = { t, figures };
    const seconds = before ? (t - before.t) / 1000 : NaN;
    return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, seconds > 0 && value >= before.figures[name] ? (value - before.figures[name]) / seconds : NaN]));
  }
}

/** The last so many values, oldest first, for a sparkline. */
export class Recent {
  constructor(size) {
    this.values = new Float32Array(size).fill(NaN);
    this.count = 0;
  }

  add(value) {
    this.values.copyWithin(0, 1);
    this.values[this.values.length - 1] = value;
    this.count++;
  }
}
