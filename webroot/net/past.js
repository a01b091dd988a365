import { Holes } from './history.js';
import { seriesKey } from '../model/key.js';

/** History is asked for as far back as someone looks, and for no more than the ring holds. */
const FIRST_LOOK_MILLIS = 310_000;
const KEEP_MILLIS = 900_000;
/** A hole that ends at the join is closed by the first live ticks. */
const JOIN_SLOTS = 3;
/** Fewer readings show no rhythm. */
const LEAST_READINGS = 4;

/**
 * Knows up to where nothing is missing, and has history fill what the live stream left out. The two meet
 * at a window's end, so nothing is there twice and nothing is left between them.
 */
export class Past {
  /** The last window up to which nothing is missing, and whether the stream has left it since. */
  #whole = 0;
  #torn = true;
  #looksBack;
  /** Since when the page was away, 0 when it has caught up. */
  #awaySince = 0;

  /** `ask` is called with {from, until, step} and a signal; `filled` when an answer has been written. */
  constructor({ store, outages, ask, filled, failed, looksBack = FIRST_LOOK_MILLIS, keeps = KEEP_MILLIS }) {
    Object.assign(this, { store, outages, filled, keeps });
    this.#looksBack = looksBack;
    this.holes = new Holes({
      ask: ({ from, until }, signal) => ask({ from, until, step: store.step }, signal),
      merge: (answer, hole) => this.#merge(answer, hole),
      failed,
    });
  }

  /** The stream is broken: what comes after `whole` has to be asked for. */
  tear() {
    this.#torn = true;
  }

  lost() {
    this.holes.stop();
    this.tear();
    if (!this.store.head) return;
    this.outages.lost(this.store.headTime);
    this.#awaySince ||= this.store.headTime;
  }

  /** Everything after `t` comes live, in full detail. */
  resume(t) {
    this.heal(this.#whole, t);
    this.#whole = t;
    this.#torn = false;
  }

  /** A live window of one slot: the first one after a tear closes it. */
  ticked(t) {
    if (this.#torn) this.heal(this.#whole, t - this.store.step);
    this.#torn = false;
    this.#whole = Math.max(this.#whole, t);
  }

  heal(from, until) {
    this.holes.add(Math.max(from, until - this.#looksBack), until);
    this.holes.start();
  }

  /** A longer range asks for the past that it adds. */
  lookBack(millis, connected) {
    const before = this.#looksBack;
    this.#looksBack = Math.max(before, Math.min(this.keeps, millis));
    if (this.#looksBack === before || !this.#whole) return;
    const newest = this.store.headTime;
    this.holes.add(newest - this.#looksBack, newest - before);
    if (connected) this.holes.start();
  }

  #merge(answer, hole) {
    const present = new Uint8Array(answer.t.length);
    for (const series of answer.series) this.#mergeSeries(series, answer.t, present);
    const slots = Math.max(1, Math.round((answer.step ?? this.store.step) / this.store.step));
    present.forEach((there, i) => there && this.store.mark(answer.t[i], slots));
    this.store.fills++;
    if (answer.started) this.outages.started(answer.started);
    this.outages.filled(hole.until);
    this.filled(this.#caughtUp(hole.until));
  }

  #mergeSeries(past, t, present) {
    const series = this.store.open(seriesKey(past.metric, past.labels), past);
    past.values.forEach((value, i) => {
      if (value === null) return;
      this.store.write(series, t[i], value, past.min?.[i] ?? undefined, past.max?.[i] ?? undefined);
      present[i] = 1;
    });
    series.beat = usualPause(past.values) || series.beat;
  }

  /** How long the page was away and how much of that stayed empty, once history has answered. */
  #caughtUp(until) {
    if (!this.#awaySince || this.holes.open.length) return null;
    const away = until - this.#awaySince;
    const missing = this.store.holes(this.#awaySince, until + JOIN_SLOTS * this.store.step).reduce((sum, hole) => sum + hole.until - hole.from, 0);
    this.#awaySince = 0;
    return { away, missing };
  }
}

/** The middle of the pauses between values, in slots; 0 for too few of them. */
function usualPause(values) {
  const pauses = [];
  let last = -1, readings = 0;
  values.forEach((value, i) => {
    if (value === null) return;
    if (last >= 0) pauses.push(i - last);
    last = i;
    readings++;
  });
  return readings < LEAST_READINGS ? 0 : pauses.sort((a, b) => a - b)[pauses.length >> 1];
}
