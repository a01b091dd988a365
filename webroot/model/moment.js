import { STEP } from './store.js';

/** No tick for 2.5 intervals and a second for the way: then it is late. */
export const lateAfter = interval => 2.5 * interval + 1000;

const whole = t => Math.floor(t / STEP) * STEP;

/**
 * What one frame shows: the stretch of time (from, until], whether it stands still, and why nothing
 * comes if nothing does.
 */
export function momentOf({ headTime, now, interval, open, joinedAt = 0, range, paused, zoom }) {
  const silent = silence({ headTime, now, interval, open, joinedAt });
  const edge = silent || !headTime ? Math.max(headTime, whole(now)) : headTime;
  const until = zoom?.until ?? paused ?? edge;
  const from = zoom?.from ?? until - range * 1000;
  return { now, edge, headTime, from, until, silent, frozen: Boolean(zoom || paused), zoomed: Boolean(zoom), interval };
}

/** Who has just joined waits for its first tick before it calls anyone silent. */
function silence({ headTime, now, interval, open, joinedAt }) {
  if (!open) return 'link';
  return headTime && now - Math.max(headTime, joinedAt) > lateAfter(interval) ? 'sensor' : null;
}
