import { bytes, fixed, linkSpeed, partOf, rate } from './format.js';
import { seriesKey } from '../model/key.js';
import { pointsChange } from './tile.js';
import { words } from '../words.js';

const LINK_UNKNOWN = NaN;
/** Filesystems fill slowly and are looked at rarely; between two looks the last one holds. */
const FILESYSTEMS_EVERY_SECONDS = 60;

/** What the four tiles show. `read(moment)` gives {numbers, level, note, series, value, time}. */
export function measures(page) {
  const { store } = page;
  const series = (metric, labels = {}) => store.get(seriesKey(metric, { host: page.host, ...labels }));
  const now = (one, moment) => (!one ? NaN : moment.frozen ? store.at(one, moment.until) : one.newest);
  const shown = (one, moment) => ({ series: one, value: now(one, moment), time: one?.newestTime ?? 0 });

  const percentage = (id, name, marks, metric, note, carry = 0) => ({
    id, name, marks, carry, arrows: [''], high: 100, change: pointsChange,
    read(moment) {
      const one = metric(moment);
      const reading = shown(one, moment);
      return { ...reading, numbers: [[fixed(reading.value), '%']], level: reading.value / 100, note: one ? note(one, moment) : '' };
    },
  });

  const cpu = percentage('cpu', words.tile.cpu, [0.7, 0.85], () => series('cpu_usage'), (_, moment) => {
    const load = now(series('load_average', { period: '1m' }), moment);
    return Number.isFinite(load) ? words.tile.load(fixed(load, 2), page.info?.cores) : '';
  });

  const memory = percentage('memory', words.tile.memory, [0.75, 0.9], () => series('memory_usage'), (_, moment) => {
    const total = series('memory_total')?.newest ?? page.info?.memoryTotal;
    return partOf(now(series('memory_used'), moment), total);
  });

  const disk = percentage('disk', words.tile.disk, [0.8, 0.92], () => page.fullest(), one => {
    const mount = one.meta.labels.mount;
    const part = series('filesystem_used', { mount })?.newest;
    const whole = series('filesystem_size', { mount })?.newest;
    return [mount, partOf(part, whole)].filter(Boolean).join(', ');
  }, FILESYSTEMS_EVERY_SECONDS);

  return [cpu, memory, disk, network()];

  function network() {
    return {
      id: 'network', name: words.tile.network, marks: null, arrows: ['↓', '↑'], high: undefined,
      change: by => (by < 1024 ? '' : rate(by)),
      read(moment) {
        const received = shown(series('network_received'), moment);
        const sent = now(series('network_sent'), moment);
        const speed = page.info?.network?.speed ?? LINK_UNKNOWN;
        const level = (8 * Math.max(received.value, sent)) / speed;
        const unbounded = page.info !== null && !Number.isFinite(speed);
        const note = [page.info?.network?.interface, linkSpeed(speed)].filter(Boolean).join(', ');
        return { ...received, numbers: [bytes(received.value, true), bytes(sent, true)], level, unbounded, note };
      },
    };
  }
}

