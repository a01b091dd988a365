/** Samples kept: the one with the shortest way is the best, and a clock drifts. */
const KEEP = 8;
/** More than two clocks drift apart in a minute and a half. */
const STEPPED_MILLIS = 50;

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
    this.#take({ way, offset: serverTime - (clientTime + way / 2) });
    const best = this.#samples.reduce((a, b) => (b.way < a.way ? b : a));
    this.offset = best.offset;
    this.roundTrip = way;
  }

  /** What contradicts the others means that a clock was set: they are void. */
  #take(sample) {
    const contradicts = this.#samples.some(old => Math.abs(old.offset - sample.offset) > (old.way + sample.way) / 2 + STEPPED_MILLIS);
    if (contradicts) this.#samples.length = 0;
    this.#samples.push(sample);
    if (this.#samples.length > KEEP) this.#samples.shift();
  }

  /** After a reconnect the way may be another one. */
  forget() {
    this.#samples.length = 0;
  }
}
