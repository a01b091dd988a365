import { STEP } from './store.js';

const KEEP = 32;
/** The first window of a new server closes some seconds after it began. */
const START_SLACK_MILLIS = 10_000;

/** Remembers whose silence it was: when this page's link was down, and when servers began. */
export class Outages {
  #links = [];
  #starts = [];

  /** The link broke; the last window held is `from`. */
  lost(from) {
    if (this.#links.at(-1)?.until === 0) return;
    this.#links.push({ from, until: 0, filled: false });
    if (this.#links.length > KEEP) this.#links.shift();
  }

  /** The link is back; from `until` on everything comes live again. */
  back(until) {
    const open = this.#links.at(-1);
    if (open?.until === 0) open.until = Math.max(until, open.from + STEP);
  }

  /** History has answered for what lies before `until`. */
  filled(until) {
    for (const link of this.#links) if (link.until && link.until <= until) link.filled = true;
  }

  started(time) {
    if (this.#starts.includes(time)) return;
    this.#starts.push(time);
    if (this.#starts.length > KEEP) this.#starts.shift();
  }

  /** Why the stretch is empty: 'server', 'link' while it is not filled yet, or 'sensor'. */
  cause({ from, until }) {
    const restart = this.#starts.some(start => start > from && start <= until + START_SLACK_MILLIS);
    if (restart) return 'server';
    const waiting = this.#links.some(link => !link.filled && link.from < until && (link.until === 0 || link.until > from));
    return waiting ? 'link' : 'sensor';
  }

  /** Stretches that were empty and have been filled in, without what stayed empty. */
  remembered(holes) {
    const marks = [];
    for (const link of this.#links) {
      if (!link.filled) continue;
      const hole = holes.find(h => h.from < link.until && h.until > link.from);
      const from = hole && hole.from <= link.from + STEP ? hole.until : link.from;
      const until = hole && hole.until >= link.until ? hole.from : link.until;
      if (until - from > 2 * STEP) marks.push({ from, until });
    }
    return marks;
  }
}

/**
 * All gaps in (from, until], the newest last. `silent` says why nothing has come since the newest tick:
 * 'link', 'sensor', or null while all is well.
 */
export function gapsIn(store, outages, from, until, silent) {
  const holes = store.holes(from, until);
  const gaps = holes.map(hole => ({ ...hole, kind: outages.cause(hole), open: false }));
  if (silent && store.head && until > store.headTime) {
    gaps.push({ from: store.headTime, until, kind: silent, open: true });
  }
  return { gaps, marks: outages.remembered(holes).filter(mark => mark.until > from && mark.from < until) };
}
