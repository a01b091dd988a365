import { bytes, fixed, linkSpeed, partOf, rate } from './format.js';
import { pointsChange } from './tile.js';
import { seriesKey } from '../model/key.js';
import { words } from '../words.js';

/** Filesystems fill slowly and are looked at rarely; between two looks the last one holds. */
const FILESYSTEMS_EVERY_SECONDS = 60;
/** A change of less than this a second is none. */
const SAME_BYTES = 1024;

/** What the four tiles show. `read(moment)` gives {numbers, level, note, series, value, time}. */
export function measures(page) {
  const source = new Source(page);
  return [cpu(source), memory(source), disk(source), network(source)];
}

/** The host's series, at the moment that is shown. */
class Source {
  constructor(page) {
    this.page = page;
  }

  series(metric, labels = {}) {
    return this.page.store.get(seriesKey(metric, { host: this.page.host, ...labels }));
  }

  value(series, moment) {
    if (!series) return NaN;
    return moment.frozen ? this.page.store.at(series, moment.until) : series.newest;
  }

  shown(series, moment) {
    return { series, value: this.value(series, moment), time: series?.newestTime ?? 0 };
  }
}

/** A measure from 0 to 100: `series` picks it, `note` says what it is made of. */
function percentage(source, more, series, note) {
  return {
    arrows: [''], high: 100, change: pointsChange, ...more,
    read(moment) {
      const one = series();
      const reading = source.shown(one, moment);
      return { ...reading, numbers: [[fixed(reading.value), '%']], level: reading.value / 100, note: one ? note(one, moment) : '' };
    },
  };
}

function cpu(source) {
  return percentage(source, { id: 'cpu', name: words.tile.cpu, marks: [0.7, 0.85] }, () => source.series('cpu_usage'), (_, moment) => {
    const load = source.value(source.series('load_average', { period: '1m' }), moment);
    return Number.isFinite(load) ? words.tile.load(fixed(load, 2), source.page.info?.cores) : '';
  });
}

function memory(source) {
  return percentage(source, { id: 'memory', name: words.tile.memory, marks: [0.75, 0.9] }, () => source.series('memory_usage'),
    (_, moment) => words.partOf(partOf(source.value(source.series('memory_used'), moment), source.page.memoryTotal())));
}

/** The fullest filesystem, named. */
function disk(source) {
  const look = { id: 'disk', name: words.tile.disk, marks: [0.8, 0.92], carry: FILESYSTEMS_EVERY_SECONDS };
  return percentage(source, look, () => source.page.fullest(), (one, moment) => {
    const { mount } = one.meta.labels;
    const [part, whole] = ['filesystem_used', 'filesystem_size'].map(metric => source.value(source.series(metric, { mount }), moment));
    return [mount, words.partOf(partOf(part, whole))].filter(Boolean).join(', ');
  });
}

/** Both directions; the pole is filled by the link's speed, and there is none where that is not known. */
function network(source) {
  return {
    id: 'network', name: words.tile.network, marks: null, arrows: ['↓', '↑'], high: undefined,
    change: by => (by < SAME_BYTES ? '' : rate(by)),
    read(moment) {
      const { info } = source.page;
      const received = source.shown(source.series('network_received'), moment);
      const sent = source.value(source.series('network_sent'), moment);
      const speed = info?.network?.speed ?? NaN;
      return {
        ...received, numbers: [bytes(received.value, true), bytes(sent, true)],
        level: (8 * Math.max(received.value, sent)) / speed, unbounded: info !== null && !Number.isFinite(speed),
        note: [info?.network?.interface, linkSpeed(speed)].filter(Boolean).join(', '),
      };
    },
  };
}
