const OFFLINE_AFTER_MILLIS = 60_000;

/**
 * The one word for how live the page is, from facts about the link and the stream.
 * Times of the link are local, times of the stream are the server's.
 */
export function liveness(facts) {
  const { phase, pausedBy, hasTick, silentFor, interval } = facts;
  if (phase !== 'open') return cut(facts);
  if (pausedBy !== null) return { word: 'paused', age: pausedBy };
  if (!hasTick) return { word: 'connecting' };
  if (silentFor !== null) return { word: 'stale', age: silentFor };
  return interval > 1000 ? { word: 'reduced', age: interval } : { word: 'live', delay: facts.delay };
}

function cut({ phase, everOpen, lostAt, nextTryAt, localNow, startedAt }) {
  const since = lostAt || startedAt;
  const gone = localNow - since;
  if (gone >= OFFLINE_AFTER_MILLIS) return { word: 'offline', since };
  if (!everOpen) return { word: 'connecting' };
  return { word: 'reconnecting', age: gone, next: phase === 'waiting' ? Math.max(0, nextTryAt - localNow) : null };
}

/** Whether the server cannot keep readings, by what it says of its disk. */
export const isTroubled = disk => Boolean(disk) && !['good', 'off', 'opening'].includes(disk.state);

/** The way of the newest reading to the screen, in its three parts. */
export class Delay {
  constructor() {
    this.total = NaN;
    this.window = NaN;
    this.way = NaN;
    this.paint = NaN;
    this.pending = null;
  }

  /** A tick named `t` came at `now`, with a reading of `newest`. */
  heard(newest, t, now) {
    this.pending ??= { newest, t, now };
    Object.assign(this.pending, { newest, t, now });
  }

  painted(now) {
    if (!this.pending) return false;
    const { newest, t, now: came } = this.pending;
    this.pending = null;
    this.window = Math.max(0, t - newest);
    this.way = Math.max(0, came - Math.max(t, newest));
    this.paint = Math.max(0, now - came);
    this.total = Math.max(0, now - newest);
    return true;
  }
}
