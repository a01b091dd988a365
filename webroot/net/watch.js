import { Devices } from '../model/devices.js';
import { Trend } from '../model/trend.js';
import { deviceTarget, newest } from './wants.js';
import { literal, quoted } from '../model/key.js';

/** Whoever scrolls looks at nothing: what is in sight for this long is followed. */
const SETTLED_MILLIS = 150;
const KEPT = 400;
/** A question must fit into one line of a request. */
const MOST_ENCODED = 6000;
const STEPS = [1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000];
const MOST_SLOTS = 180;

/** Follows the devices whose rows are in sight: newest values, and the recent past of the first measure. */
export class Watch {
  #key = '';
  #timer = 0;
  #leave = null;
  #names = new Set();
  #range = 0;

  /** `heard(name, t)` is called with each value. */
  constructor(visit, heard) {
    this.visit = visit;
    this.heard = heard;
    this.devices = new Devices();
    visit.atEnd(() => clearTimeout(this.#timer));
  }

  /** Called once a frame with the names in sight and the range to show, in seconds. */
  look(names, range) {
    if (range !== this.#range) this.#begin(range);
    const key = names.join('\n');
    if (key === this.#key) return;
    this.#key = key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#follow(names), SETTLED_MILLIS);
  }

  #begin(range) {
    this.#range = range;
    this.#key = '';
    this.step = STEPS.find(step => (range * 1000) / step <= MOST_SLOTS) ?? STEPS.at(-1);
    const slots = Math.max(2, Math.round((range * 1000) / this.step));
    this.devices = new Devices(() => new Trend(this.step, slots));
  }

  #follow(names) {
    this.#leave?.();
    this.#leave = null;
    this.#names = new Set(names);
    if (this.devices.size > KEPT) this.devices.keep(this.#names);
    for (const name of names) {
      const device = this.devices.named(name);
      if (device) device.filled = false;
    }
    if (names.length) this.#leave = this.visit.follow(this.#want());
  }

  #want() {
    const { devices } = this;
    return {
      select: () => [`{device=~${quoted([...this.#names].map(literal).join('|'))}}`],
      takes: (meta, every) => newest(meta, every) && this.#names.has(meta.labels?.device),
      target: meta => this.#target(devices, meta),
      joined: () => this.#fill(devices),
    };
  }

  #target(devices, meta) {
    const { device } = meta.labels;
    const target = deviceTarget(devices, devices.open(meta), meta);
    if (meta.lastTime) this.heard(device, meta.lastTime);
    return {
      removed: target.removed,
      write: (t, value, span) => {
        if (this.visit.page.state.frozen) return;
        target.write(t, value, span);
        this.heard(device, t);
      },
    };
  }

  /** The past of those that are new in sight: one selector a metric, as few requests as fit. */
  async #fill(devices) {
    const bare = [...this.#names].map(name => devices.named(name)).filter(device => device?.first && !device.filled);
    for (const device of bare) device.filled = true;
    const { page, signal } = this.visit;
    const until = page.clock.now();
    const from = Math.floor((until - this.#range * 1000) / this.step) * this.step;
    for (const select of questions(bare)) {
      try {
        const answer = await page.conversation.history.ask({ select, from, until, step: this.step }, signal);
        for (const series of answer.series) devices.find(series)?.past(answer.t, series.values);
      } catch {
        if (signal.aborted) return;
      }
      page.invalidate();
    }
  }
}

/** Lists of selectors, each short enough for one request. */
export function questions(devices) {
  const byMetric = new Map();
  for (const device of devices) {
    const { metric } = device.first.meta;
    byMetric.set(metric, [...(byMetric.get(metric) ?? []), literal(device.name)]);
  }
  const lists = [[]];
  let length = 0;
  for (const [metric, names] of byMetric) {
    for (const part of chunks(names)) {
      const selector = `${metric}{device=~${quoted(part.join('|'))}}`;
      const more = encodeURIComponent(selector).length;
      if (length + more > MOST_ENCODED && lists.at(-1).length) {
        lists.push([]);
        length = 0;
      }
      lists.at(-1).push(selector);
      length += more;
    }
  }
  return lists.filter(list => list.length);
}

function* chunks(names) {
  let part = [], length = 0;
  for (const name of names) {
    length += encodeURIComponent(name).length + 3;
    if (part.length && length > MOST_ENCODED / 2) {
      yield part;
      part = [];
      length = encodeURIComponent(name).length + 3;
    }
    part.push(name);
  }
  if (part.length) yield part;
}
