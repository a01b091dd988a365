/**
 * Stretches of time that a viewer looks at: "live" is the last so many seconds, "fixed" is from one moment
 * to another. In a page's address it is ?range=1h or ?from=…&until=… (milliseconds, or an ISO time).
 */

/** What is offered, in seconds. */
export const RANGES = [60, 300, 900, 3600, 21_600, 86_400, 604_800, 2_592_000];
export const DEFAULT_RANGE = 300;

/** Lengths of windows that the server knows, in milliseconds; up to a minute they also come live. */
const STEPS = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000, 43_200_000, 86_400_000];
export const LONGEST_LIVE_STEP = 60_000;

export const LEAST_SPAN = 5000;
const MOST_SPAN = 366 * 86_400_000;
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The finest step with which a stretch has no more windows than there are pixels. */
export function stepFor(spanMillis, pixels, finest = 100) {
  return STEPS.find(step => step >= finest && spanMillis / step <= Math.max(60, pixels)) ?? STEPS.at(-1);
}

/** `15m`, `1h`, `30d`. */
export function rangeName(seconds) {
  const [unit, size] = Object.entries(UNITS).findLast(([, size]) => seconds % size === 0 && seconds >= size);
  return `${seconds / size}${unit}`;
}

/** Seconds of `15m`; NaN for what is none. */
export function rangeSeconds(name) {
  const found = /^(\d{1,6})([smhd])$/.exec(name ?? '');
  const seconds = found ? found[1] * UNITS[found[2]] : NaN;
  return seconds >= LEAST_SPAN / 1000 && seconds * 1000 <= MOST_SPAN ? seconds : NaN;
}

/** Milliseconds of a moment in an address; NaN for what is none. */
export const momentIn = text => (/^\d{9,16}$/.test(text ?? '') ? Number(text) : Date.parse(text ?? ''));

/** {range, fixed, utc} of a page's address; what cannot be read is left out. */
export function readRange(search) {
  const query = new URLSearchParams(search);
  const range = rangeSeconds(query.get('range'));
  const [from, until] = [momentIn(query.get('from')), momentIn(query.get('until') ?? query.get('to'))];
  return {
    range: Number.isNaN(range) ? null : range,
    fixed: until - from >= LEAST_SPAN && until - from <= MOST_SPAN ? { from, until } : null,
    utc: query.get('tz') === 'utc',
  };
}

/** The same address with this choice; what else it says stays. */
export function writeRange(search, { range, fixed, utc }) {
  const query = new URLSearchParams(search);
  for (const name of ['range', 'from', 'until', 'to', 'tz']) query.delete(name);
  if (fixed) {
    query.set('from', fixed.from);
    query.set('until', fixed.until);
  } else if (range !== DEFAULT_RANGE) query.set('range', rangeName(range));
  if (utc) query.set('tz', 'utc');
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** A stretch on whole seconds, no shorter or longer than can be drawn, that does not reach past `edge`. */
export function within({ from, until }, edge) {
  const span = Math.min(MOST_SPAN, Math.max(LEAST_SPAN, Math.ceil((until - from) / 1000) * 1000));
  const end = Math.min(edge, Math.ceil(until / 1000) * 1000);
  return { from: end - span, until: end };
}

/** The same stretch, later by so many milliseconds. */
export const panned = ({ from, until }, millis, edge) => within({ from: from + millis, until: until + millis }, edge);

/** A stretch that is `factor` times as long, with `at` in the place where it was. */
export function zoomed({ from, until }, at, factor, edge) {
  const part = (at - from) / (until - from);
  const span = Math.min(MOST_SPAN, Math.max(LEAST_SPAN, (until - from) * factor));
  return within({ from: at - part * span, until: at + (1 - part) * span }, edge);
}
