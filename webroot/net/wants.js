import { quoted } from '../model/key.js';

/** What the charts draw, and so what history is asked for. */
export const CHARTED = [
  'cpu_usage', 'cpu_mode_usage',
  'memory_usage', 'memory_used', 'memory_cached', 'memory_buffers', 'swap_used',
  'network_received', 'network_sent', 'network_errors', 'network_drops',
  'disk_read', 'disk_written', 'disk_busy', 'disk_wait',
];

/** What only shows its newest value. */
const SHOWN = ['load_average', 'memory_total', 'uptime', 'filesystem_usage', 'filesystem_size', 'filesystem_used'];

/** The fullest filesystem has a sparkline, so its past counts too. */
const PAST = [...CHARTED, 'filesystem_usage'];

const WANTED = new Set([...CHARTED, ...SHOWN]);

const of = (metrics, host) => metrics.map(metric => `${metric}{host=${quoted(host)}}`);

export const presentOf = host => of([...WANTED], host);

/** Idle time is what the others leave, and is not drawn. */
export const pastOf = host => of(PAST, host).map(selector => selector.replace(/^(cpu_mode_usage\{.*)\}$/, '$1,mode!="idle"}'));
export const everyDevice = ['{device=~".+"}'];

export const isHostSeries = (meta, host) => meta.labels?.host === host && !meta.labels.device && WANTED.has(meta.metric);
export const isDeviceSeries = meta => Boolean(meta.labels?.device) && meta.labels.host === undefined;
