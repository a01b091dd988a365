import { quoted, seriesKey } from '../model/key.js';

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
const everyDevice = ['{device=~".+"}'];

/** Whether a series is of plain newest values at this interval. */
export const newest = (meta, every) => !meta.by && (meta.stat ?? 'last') === 'last' && (meta.interval ?? every) === every;

/**
 * A want: which series someone looks at, and where their values go.
 *
 *   select()           selectors; stat and interval (milliseconds) if not 'last' and 1000
 *   takes(meta, every) whether a series that has just appeared is one of them
 *   target(meta, at)   {write(t, value, seconds, min, max), removed()} or null; `at` is when it appeared,
 *                      0 if it was there before
 *   joined(t), ticked(t, seconds, since), added(series), refused(error), lost()
 *   topics             instead of select: what is no series, see docs/protocol.md; then heard(message), and
 *                      joined() also when the state is to be asked for anew
 *   pulse              its ticks say that the stream is alive; `whole`: and that nothing of the past is missing
 */

/** What the overview draws of this host. */
export const ownHost = ({ store, conversation }) => ({
  pulse: true,
  whole: true,
  select: () => presentOf(conversation.host),
  takes: newest,
  target: meta => (isHostSeries(meta, conversation.host) ? hostTarget(store, meta) : null),
});

/** One series, so that other pages know how live they are. */
export const pulse = ({ store, conversation }) => ({
  pulse: true,
  select: () => of(['cpu_usage'], conversation.host),
  takes: (meta, every) => newest(meta, every) && meta.metric === 'cpu_usage' && meta.labels?.host === conversation.host,
  target: meta => hostTarget(store, meta),
});

/** All devices with their newest values. One that appears alone is announced. */
export function allDevices({ devices, conversation }) {
  let fresh = [];
  return {
    select: () => everyDevice,
    takes: newest,
    target(meta, appearedAt) {
      if (!isDeviceSeries(meta)) return null;
      const before = devices.size;
      const measure = devices.open(meta, appearedAt);
      if (appearedAt && devices.size > before) fresh.push(meta.labels.device);
      return deviceTarget(devices, measure, meta);
    },
    added() {
      if (fresh.length === 1) conversation.changed('appeared', fresh[0]);
      fresh = [];
    },
    refused: ({ code }) => (conversation.devicesRefused = code),
  };
}

export const isHostSeries = (meta, host) => meta.labels?.host === host && !meta.labels.device && WANTED.has(meta.metric);
export const isDeviceSeries = meta => Boolean(meta.labels?.device) && meta.labels.host === undefined;

/** Where the values of a series go. */
function hostTarget(store, meta) {
  const series = store.open(seriesKey(meta.metric, meta.labels), meta);
  if (meta.lastTime > series.newestTime) Object.assign(series, { newest: meta.last, newestTime: meta.lastTime });
  return {
    write: (t, value, span, min, max) => store.write(series, t, value, min, max),
    removed: () => store.close(series.key),
  };
}

export function deviceTarget(devices, measure, meta) {
  if (meta.lastTime) measure.write(meta.lastTime, meta.last, 0);
  return {
    write: (t, value, span) => measure.write(t, value, span),
    removed: () => devices.retire(measure.device),
  };
}
