const FIRST = 1000;
const MOST = 30_000;

/** Waits between tries: 1 s doubling to 30 s, each up to a fifth longer so that viewers do not return in step. */
export class Backoff {
  #tries = 0;

  constructor(random = Math.random) {
    this.random = random;
  }

  next() {
    const wait = Math.min(MOST, FIRST * 2 ** this.#tries);
    this.#tries = Math.min(this.#tries + 1, 5);
    return this.jittered(wait);
  }

  jittered(millis) {
    return Math.round(millis * (1 + 0.2 * this.random()));
  }

  reset() {
    this.#tries = 0;
  }
}
