import { unitName } from './format.js';

/** A chart's values in sight, RFC 4180: the end of each window in ISO 8601 (UTC) and one column a row, empty where there is none. */
export function csvOf(spec, moment, store) {
  const columns = spec.rows.flatMap(row => keysOf(row).map(key => ({ name: keysOf(row).length > 1 ? key : nameOf(row), series: store.get(key) })));
  const lines = [['time', ...columns.map(column => column.name + unitOf(column.series))].map(quoted).join(',')];
  const { step } = store;
  for (let t = Math.floor(moment.from / step) * step + step; t <= moment.until; t += step) {
    const slot = store.slot(t);
    const values = columns.map(({ series }) => (series && slot >= 0 ? series.values[slot] : NaN));
    if (values.some(Number.isFinite)) lines.push([new Date(t).toISOString(), ...values.map(value => (Number.isFinite(value) ? String(value) : ''))].join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** cpu 2026-11-21 10-41-48.csv */
export function csvName(spec, { until }, extension) {
  const stamp = new Date(until).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
  return `${spec.name.replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim() || 'chart'} ${stamp}.${extension}`;
}

const keysOf = row => row.pair?.() ?? [row.key()];
const nameOf = row => row.name.replace(/^[↓↑]\s*/u, '');
const unitOf = series => (unitName(series?.meta.unit) ? ` (${unitName(series.meta.unit)})` : '');

/** A cell that a spreadsheet would take for a formula is kept from it. */
function quoted(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
