import { seriesKey } from './key.js';
import { Trend } from './trend.js';

const HOUR = 3_600_000;
const NEW_MILLIS = 600_000;
/** One that has sent once has no rhythm yet: it is given the benefit of the doubt for a quarter of an hour. */
const UNKNOWN_CADENCE = 300_000;
const LONGEST_FIRST_PAUSE = 60_000;
/** Devices that are gone are remembered, but not without end. */
const KEEP_RETIRED = 100;
/** Ages are read against windows of a second, so a beat is given one more. */
const SLACK = 1000;

/** One measure of a device: the newest value and when it was taken. */
class Measure {
  constructor(device, meta) {
    this.device = device;
    this.meta = meta;
    this.value = NaN;
    this.time = 0;
    /** It has had a value that is not whole: from then on its number keeps its decimals, and its width. */
    this.broken = false;
  }

  write(t, value, span) {
    if (!Number.isFinite(value) || t < this.time) return;
    this.value = value;
    this.broken ||= !Number.isInteger(value);
    this.time = t;
    this.device.heard(t, span);
    if (this.device.first === this) this.device.trend.write(t, value);
  }

  /** Columns of history: the first measure of a device has a sparkline, and shows its rhythm. */
  past(t, values) {
    if (this.device.first !== this) return;
    values.forEach((value, i) => value === null || this.device.trend.write(t[i], value));
    this.device.trend.fills++;
    this.device.cadence ||= usualPause(t, values) || 0;
  }
}

/** The middle of the pauses between readings in a column, NaN for fewer than three readings. */
function usualPause(t, values) {
  const times = t.filter((_, i) => values[i] !== null);
  const pauses = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
  return pauses.length < 2 ? NaN : pauses[pauses.length >> 1];
}

/** Who sends. Knows how often it does and so when it is late. */
export class Device {
  constructor(name, appearedAt, trend = new Trend()) {
    this.name = name;
    this.measures = [];
    this.trend = trend;
    this.heardAt = 0;
    this.cadence = 0;
    this.appearedAt = appearedAt;
    this.removed = false;
    /** Its past has been asked for. */
    this.filled = false;
  }

  get first() {
    return this.measures[0];
  }

  heard(t, span = 1) {
    const pause = t - this.heardAt;
    if (pause > 0 && this.heardAt && span === 1) this.#learn(pause);
    this.heardAt = Math.max(this.heardAt, t);
    this.removed = false;
  }

  /** 'live', 'aged' (two beats missed), 'stale' (three), 'offline', or 'waiting' for a first reading. */
  state(now) {
    if (!this.heardAt && !this.removed) return 'waiting';
    const age = now - this.heardAt;
    const beat = this.cadence || UNKNOWN_CADENCE;
    if (this.removed || age > HOUR) return 'offline';
    if (age > Math.max(3 * beat, 5 * SLACK) + SLACK) return 'stale';
    if (age > Math.max(2 * beat, 3 * SLACK) + SLACK) return 'aged';
    return 'live';
  }

  isNew(now) {
    return this.appearedAt > 0 && now - this.appearedAt < NEW_MILLIS;
  }

  /** Silence is not a rhythm: one long pause moves the beat only a little. */
  #learn(pause) {
    if (!this.cadence) this.cadence = Math.min(pause, LONGEST_FIRST_PAUSE);
    else this.cadence += 0.2 * (Math.min(pause, 4 * this.cadence) - this.cadence);
  }
}

const URGENCY = { offline: 0, stale: 1, aged: 2, live: 2, waiting: 2 };

export class Devices {
  #byName = new Map();
  #byKey = new Map();
  #retired = new Set();

  /** `trend` makes the memory of a device's recent past. */
  constructor(trend = () => new Trend()) {
    this.trend = trend;
    this.version = 0;
  }

  get size() {
    return this.#byName.size;
  }

  /** The measure for a series; `appearedAt` is 0 for one that was there before the page. */
  open(meta, appearedAt = 0) {
    const key = seriesKey(meta.metric, meta.labels);
    let measure = this.#byKey.get(key);
    if (measure) return measure;
    const device = this.#device(meta.labels.device, appearedAt);
    measure = new Measure(device, meta);
    device.measures.push(measure);
    this.#byKey.set(key, measure);
    this.version++;
    return measure;
  }

  /** Silent for so long that the server has let it go. Its last values stay to be seen. */
  retire(device) {
    device.removed = true;
    this.#retired.delete(device);
    this.#retired.add(device);
    if (this.#retired.size > KEEP_RETIRED) this.#forget(this.#retired.values().next().value);
  }

  find(meta) {
    return this.#byKey.get(seriesKey(meta.metric, meta.labels));
  }

  named(name) {
    return this.#byName.get(name);
  }

  /** Those that need you first, then the newest, then the rest by name. */
  ordered(now) {
    const rank = new Map();
    for (const device of this.#byName.values()) {
      rank.set(device, URGENCY[device.state(now)] * 2 + (device.isNew(now) ? 0 : 1));
    }
    return [...rank.keys()].sort((a, b) => rank.get(a) - rank.get(b) || a.name.localeCompare(b.name));
  }

  counts(now) {
    const counts = { live: 0, stale: 0, offline: 0, waiting: 0 };
    for (const device of this.#byName.values()) {
      const state = device.state(now);
      counts[state === 'aged' ? 'live' : state]++;
    }
    return counts;
  }

  /** Forgets all others. */
  keep(names) {
    for (const [name, device] of this.#byName) {
      if (names.has(name)) continue;
      this.#byName.delete(name);
      for (const { meta } of device.measures) this.#byKey.delete(seriesKey(meta.metric, meta.labels));
    }
  }

  /** Nobody looks at them any more. */
  clear() {
    this.#byName.clear();
    this.#byKey.clear();
    this.#retired.clear();
    this.version++;
  }

  /** What was filled may have a hole after the link was down. */
  forgetFilled() {
    for (const device of this.#byName.values()) device.filled = false;
  }

  #forget(device) {
    this.#retired.delete(device);
    if (!device.removed) return;
    this.#byName.delete(device.name);
    for (const { meta } of device.measures) this.#byKey.delete(seriesKey(meta.metric, meta.labels));
  }

  #device(name, appearedAt) {
    let device = this.#byName.get(name);
    if (!device) this.#byName.set(name, device = new Device(name, appearedAt, this.trend()));
    return device;
  }
}
