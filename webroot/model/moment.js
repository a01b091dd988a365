import { STEP } from './store.js';

/** No tick for 2.5 intervals and a second for the way: then it is late. */
export const lateAfter = interval => 2.5 * interval + 1000;

const whole = t => Math.floor(t / STEP) * STEP;

/**
 * What one frame shows: the stretch of time (from, until], whether it stands still, and why nothing
 * comes if nothing does.
 */
export function momentOf({ headTime, now, interval, open, range, paused, zoom }) {
  const silent = silence({ headTime, now, interval, open });
  const edge = silent || !headTime ? Math.max(headTime, whole(now)) : headTime;
  const until = zoom?.until ?? paused ?? edge;
  const from = zoom?.from ?? until - range * 1000;
  return { now, edge, headTime, from, until, silent, frozen: Boolean(zoom || paused), zoomed: Boolean(zoom), interval };
}

function silence({ headTime, now, interval, open }) {
  if (!open) return 'link';
  return headTime && now - headTime > lateAfter(interval) ? 'sensor' : null;
}
