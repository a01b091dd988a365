export const STATS = ['last', 'min', 'max', 'mean', 'sum', 'count', 'rate', 'p50', 'p95', 'p99'];
export const INTERVALS = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000];
export const KINDS = ['line', 'area', 'stacked'];
const MOST_SELECTORS = 16;
const DEFAULTS = { stat: 'last', interval: 1000, kind: 'line' };

/** What Explore shows, from its address: {select, stat, interval, by, kind}. What cannot be read is left out. */
export function readView(search) {
  const query = new URLSearchParams(search);
  const among = (name, choices, otherwise) => (choices.includes(query.get(name)) ? query.get(name) : otherwise);
  const interval = Number(query.get('interval'));
  return {
    select: query.getAll('select').map(text => text.trim()).filter(Boolean).slice(0, MOST_SELECTORS),
    stat: among('stat', STATS, DEFAULTS.stat),
    interval: INTERVALS.includes(interval) ? interval : DEFAULTS.interval,
    by: labelsIn(query.get('by')),
    kind: among('kind', KINDS, DEFAULTS.kind),
  };
}

/** The query of an address that shows this; what is as usual is left out. */
export function writeView({ select, stat, interval, by, kind }) {
  const query = new URLSearchParams();
  for (const selector of select) query.append('select', selector);
  for (const [name, value] of Object.entries({ stat, interval, kind })) if (value !== DEFAULTS[name]) query.set(name, value);
  if (by) query.set('by', by.join());
  return query.toString();
}

/** Names of labels with commas between them; null for none. */
export function labelsIn(text) {
  const labels = (text ?? '').split(/[\s,]+/).filter(Boolean).slice(0, 8);
  return labels.length ? labels : null;
}

/** {newest, low, mean, high} of a series in a stretch, NaN where there is no value. */
export function figuresOf(store, series, { from, until }) {
  let low = NaN, high = NaN, sum = 0, count = 0, newest = NaN;
  const first = Math.ceil(from / store.step) * store.step;
  for (let t = first; series && t <= until; t += store.step) {
    const slot = store.slot(t);
    const value = slot < 0 ? NaN : series.values[slot];
    if (Number.isNaN(value)) continue;
    low = low <= value ? low : value;
    high = high >= value ? high : value;
    sum += value;
    count++;
    newest = value;
  }
  return { newest, low, mean: sum / count, high };
}
