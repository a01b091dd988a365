/** Samples kept: the one with the shortest way is the best, and a clock drifts. */
const KEEP = 8;

/** The server's clock, learnt from pings: half of the way there and back is taken for the way back. */
export class Clock {
  #samples = [];

  constructor(now = Date.now) {
    this.local = now;
    this.offset = 0;
    this.roundTrip = NaN;
  }

  now() {
    return this.local() + this.offset;
  }

  /** A first guess, from a message that was under way for an unknown time. */
  hint(serverTime) {
    if (this.#samples.length === 0) this.offset = serverTime - this.local();
  }

  pong(clientTime, serverTime) {
    const back = this.local();
    const way = back - clientTime;
    if (way < 0) return;
    this.#samples.push({ way, offset: serverTime - (clientTime + way / 2) });
    if (this.#samples.length > KEEP) this.#samples.shift();
    const best = this.#samples.reduce((a, b) => (b.way < a.way ? b : a));
    this.offset = best.offset;
    this.roundTrip = way;
  }

  /** After a reconnect the way may be another one. */
  forget() {
    this.#samples.length = 0;
  }
}
