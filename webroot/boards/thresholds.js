/** How bad things are: '' is good. The names are those of the look's colours and icons. */
export const LEVELS = ['', 'warn', 'crit'];

export const worse = (a, b) => (LEVELS.indexOf(b) > LEVELS.indexOf(a) ? b : a);

/**
 * The level of a value, given the level before it. A level begins as soon as its limit is reached, and ends only when
 * the value has come back by the hysteresis, so that noise around a limit does not ring. What is no value changes nothing.
 *
 * `thresholds` are {warn, critical, direction, hysteresis}, all optional, as in the dashboard's file.
 */
export function levelOf(thresholds, value, before = '') {
  if (!thresholds || !Number.isFinite(value)) return before;
  const { warn, critical, direction = 'above', hysteresis = 0 } = thresholds;
  const sign = direction === 'below' ? -1 : 1;
  const rank = LEVELS.indexOf(before);
  const holds = (limit, level) => limit !== undefined && (sign * value >= sign * limit || (rank >= level && sign * value > sign * limit - hysteresis));
  if (holds(critical, 2)) return 'crit';
  return holds(warn, 1) ? 'warn' : '';
}

/** {level, since}: the level at the end of a stretch, and when it began. `at(i)` is the value, NaN for none, `time(i)` its time. */
export function judged(thresholds, count, at, time) {
  let level = '', since = 0;
  if (!thresholds) return { level, since };
  for (let i = 0; i < count; i++) {
    const next = levelOf(thresholds, at(i), level);
    if (next !== level) since = time(i);
    level = next;
  }
  return { level, since };
}

/** The limit that a level is about. */
export const limitOf = (thresholds, level) => (level === 'crit' ? thresholds.critical : thresholds.warn);

/** Thresholds as the charts draw them. */
export function limitsOf(thresholds, told) {
  if (!thresholds) return [];
  const { warn, critical, direction } = thresholds;
  return [['warn', warn], ['crit', critical]].filter(([, value]) => value !== undefined)
    .map(([severity, value]) => ({ value, severity, below: direction === 'below', label: told(value, severity) }));
}
