import { NB, brief, bytesScale, fixed, percent, rate, roundBytes, size } from './format.js';
import { seriesKey } from '../model/key.js';
import { words } from '../words.js';

const w = words.charts;
const both = (a, b) => `${fixed(a, 0)}, ${fixed(b, 0)}`;
const millis = value => (Number.isFinite(value) ? `${fixed(value)}${NB}ms` : percent(value));

/**
 * The four charts. A row is {id, name, series, format}; with a `color` it is drawn, `quiet` rows as a
 * thin layer without a line, `below` ones under the zero line, `dashed` ones as a line of their own.
 */
export function chartSpecs(page) {
  const key = (metric, labels = {}) => seriesKey(metric, { host: page.host, ...labels });
  const mode = (id, color, quiet) => ({ id, name: w[id], key: () => key('cpu_mode_usage', { mode: id }), color, quiet, format: percent });
  const row = (id, metric, color, format, more = {}) => ({ id, name: w[id], key: () => key(metric), color, format, ...more });
  return [
    {
      id: 'cpu', name: w.cpu, stacked: true, total: { keys: () => [key('cpu_usage')], format: percent, of: ([usage]) => usage },
      band: () => key('cpu_usage'),
      scale: percentScale,
      rows: [mode('user', 's1'), mode('system', 's2'), mode('iowait', 's6'), mode('irq', 's4', true), mode('steal', 's3', true)],
    },
    {
      id: 'memory', name: w.memory, stacked: true, total: { keys: () => [key('memory_usage')], format: percent, of: ([usage]) => usage },
      scale: () => memoryScale(page.memoryTotal()),
      rows: [row('used', 'memory_used', 's1', size), row('cached', 'memory_cached', 's2', size), row('buffers', 'memory_buffers', 's7', size, { quiet: true }),
        row('swap', 'swap_used', 's6', size, { dashed: true })],
    },
    {
      id: 'network', name: w.network, mirrored: true, total: { keys: () => [key('network_received'), key('network_sent')], format: rate, of: sum },
      notes: [w.received, w.sent], scale: mirrorScale,
      rows: [row('received', 'network_received', 's1', rate), row('sent', 'network_sent', 's2', rate, { below: true }),
        { id: 'errors', name: w.errors, pair: () => [key('network_errors'), key('network_drops')], format: both }],
    },
    {
      id: 'disk', name: w.disk, mirrored: true, total: { keys: () => [key('disk_read'), key('disk_written')], format: rate, of: sum },
      notes: [w.read, w.written], scale: mirrorScale,
      rows: [row('read', 'disk_read', 's1', rate), row('written', 'disk_written', 's2', rate, { below: true }),
        row('busy', 'disk_busy', null, percent), row('wait', 'disk_wait', null, millis)],
    },
  ];
}

const sum = values => values.reduce((a, b) => a + b, 0);

export const percentScale = () => ({ low: 0, high: 100, labels: ['0', '50', `100${NB}%`], fixed: true });

/** The whole memory is the end of the scale: a flat line is the truth about memory. */
function memoryScale(total) {
  if (!Number.isFinite(total)) return { low: 0, high: 1, labels: ['', '', ''] };
  const { number, unit, one } = bytesScale(total);
  return { low: 0, high: total, fixed: true, labels: ['0', fixed(total / 2 / one), `${number}${NB}${unit}`] };
}

/** Both directions share one scale. `most` is the largest value in sight, NaN before the first. */
export function mirrorScale({ most }) {
  if (!Number.isFinite(most)) return { low: -1, high: 1, labels: ['', '0', ''] };
  const end = roundBytes(Math.max(most, 1024));
  const { number, unit } = bytesScale(end, true);
  const round = brief(number);
  return { low: -end, high: end, labels: [round, '0', `${round}${NB}${unit}`] };
}
