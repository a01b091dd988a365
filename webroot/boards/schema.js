/** What a dashboard's file may say; docs/dashboards.md has it in words. */
export const CHARTS = ['line', 'area', 'stacked', 'mirrored'];
export const KINDS = [...CHARTS, 'stat', 'gauge', 'bar', 'table', 'heatmap', 'states', 'text'];
export const STATS = ['last', 'min', 'max', 'mean', 'sum', 'count', 'rate', 'p50', 'p95', 'p99'];
export const INTERVALS = ['100ms', '200ms', '500ms', '1s', '2s', '5s', '10s', '15s', '30s', '60s'];

/** How large a new panel of a kind is. */
export const SIZES = { stat: [3, 3], gauge: [3, 3], bar: [4, 4], table: [6, 5], text: [3, 3], states: [6, 4], heatmap: [6, 5] };
const USUAL_SIZE = [6, 5];
export const sizeOf = kind => SIZES[kind] ?? USUAL_SIZE;

const MILLIS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `1s`, `5m`, `2h`; NaN for what is none. */
export function millisOf(text) {
  const found = /^(\d+)(ms|s|m|h|d)$/.exec(text ?? '');
  return found ? found[1] * MILLIS[found[2]] : NaN;
}

/** The name of a file for a title: `Halle 2, Süd` is halle-2-sud. */
export function nameFor(title, taken = []) {
  const plain = title.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 56) || 'dashboard';
  if (!taken.includes(plain)) return plain;
  for (let n = 2; ; n++) if (!taken.includes(`${plain}-${n}`)) return `${plain}-${n}`;
}

/** A panel without what its kind has no use for, and without what is empty. */
export function tidied(panel) {
  const { series = [], text, thresholds, states, ...rest } = panel;
  const clean = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== '' && value !== null));
  if (panel.kind === 'text') return { ...only(clean, ['title', 'kind', 'x', 'y', 'w', 'h']), text: text ?? '' };
  const named = panel.kind === 'states' && states?.length;
  return { ...clean, series: series.map(tidySeries), ...(thresholds ? { thresholds } : {}), ...(named ? { states } : {}) };
}

const only = (object, names) => Object.fromEntries(names.filter(name => name in object).map(name => [name, object[name]]));
const tidySeries = one => Object.fromEntries(Object.entries(one).filter(([name, value]) => name === 'select' || (value !== undefined && value !== '' && value !== false && !(name === 'stat' && value === 'last') && !(Array.isArray(value) && !value.length))));
