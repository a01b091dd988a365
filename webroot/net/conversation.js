import * as frames from './frames.js';
import { Past } from './past.js';
import { everyDevice, isDeviceSeries, isHostSeries, presentOf } from './wants.js';
import { seriesKey } from '../model/key.js';

export const VISIBLE_INTERVAL = 1000;
export const HIDDEN_INTERVAL = 10_000;
const ASK_AGAIN_MILLIS = 5000;

/**
 * What the page and the server say to each other: it subscribes, and writes what comes into the store.
 * Ids hold for one run of a server; the store knows keys only.
 */
export class Conversation {
  #ids = new Map();
  #asked = new Map();
  #current = new Set();
  #answered = new Set();
  #requests = 0;

  constructor({ store, devices, clock, outages, history, changed }) {
    Object.assign(this, { store, devices, clock, outages, history, changed });
    this.link = null;
    this.host = '';
    this.server = '';
    this.instance = '';
    this.started = 0;
    this.interval = VISIBLE_INTERVAL;
    this.reducedTo = 0;
    this.newest = 0;
    this.subscribed = false;
    /** When the stream was last begun anew. */
    this.joinedAt = 0;
    /** Why the devices cannot be followed, '' while they are. */
    this.devicesRefused = '';
    this.past = new Past({ store, outages, history, host: () => this.host, filled: away => changed('history', away) });
  }

  opened() {
    this.subscribed = false;
    this.reducedTo = 0;
    this.clock.forget();
    this.#subscribeAll();
    this.changed('link');
  }

  closed() {
    this.subscribed = false;
    this.devices.forgetFilled();
    this.past.lost();
    this.changed('link');
  }

  message(message) {
    HANDLERS[message.type]?.call(this, message);
  }

  /** A hidden tab asks for less. What it missed is filled in when it is looked at again. */
  pace(interval) {
    if (interval === this.interval) return;
    this.interval = interval;
    this.joinedAt = this.clock.now();
    this.past.tear();
    this.devices.forgetFilled();
    if (this.link?.phase !== 'open') return;
    for (const subscription of this.#current) this.link.send(frames.unsubscribe(this.#nextRequest(), subscription));
    this.#subscribeAll();
  }

  lookBack(millis) {
    this.past.lookBack(millis, this.subscribed);
  }

  report(paintMillis) {
    this.link.send(frames.report(Math.round(paintMillis)));
  }

  /** History of a few devices, for their sparklines. */
  async fillDevices(selector, from, step) {
    const until = this.store.headTime || this.clock.now();
    const answer = await this.history.ask({ select: [selector], from, until, step });
    for (const series of answer.series) this.devices.find(series)?.past(answer.t, series.values);
    this.changed('series');
  }

  welcome(message) {
    if (message.instance !== this.instance) this.#ids.clear();
    this.instance = message.instance;
    this.host = message.host ?? '';
    this.server = message.server ?? '';
    this.started = message.started;
    this.outages.started(message.started);
    this.clock.hint(message.serverTime);
  }

  /** One part of an answer; the last one completes it. */
  subscriptionMade(message) {
    const kind = this.#asked.get(message.requestId);
    if (!kind) return void this.link.send(frames.unsubscribe(this.#nextRequest(), message.subscription));
    this.#learn(message.series, 0);
    if (message.more) return;
    this.#asked.delete(message.requestId);
    this.#current.add(message.subscription);
    this.#answered.add(kind);
    if (kind === 'host') this.#joined(message.t);
    this.changed('series');
  }

  update(message) {
    const { t, ids, values, min, max, since } = message;
    const merged = since ? Math.max(1, Math.round((t - since) / 1000)) : 0;
    let hostSpan = 0;
    for (let i = 0; i < ids.length; i++) {
      const target = this.#ids.get(ids[i]);
      if (!target) continue;
      const span = merged || target.seconds;
      target.write(t, values[i], span, min?.[i], max?.[i]);
      if (target.host) hostSpan = span;
    }
    if (hostSpan) this.#ticked(t, hostSpan, since);
    this.newest = message.newest ?? t;
    this.changed('tick');
  }

  added(message) {
    const before = this.devices.size;
    this.#learn(message.series, this.clock.now());
    if (this.devices.size === before + 1) this.changed('appeared', message.series.find(isDeviceSeries).labels.device);
    this.changed('series');
  }

  removed(message) {
    for (const id of message.ids) {
      this.#ids.get(id)?.removed?.();
      this.#ids.delete(id);
    }
    this.changed('series');
  }

  /** A request was refused: what may work later is asked again, the rest is said. */
  refused(message) {
    const kind = this.#asked.get(message.requestId);
    if (!kind) return;
    this.#asked.delete(message.requestId);
    if (message.retry) this.link.env.later(() => this.#askIfMissing(kind), ASK_AGAIN_MILLIS);
    else if (kind === 'devices') this.devicesRefused = message.code;
    this.changed('link');
  }

  reduced(interval) {
    this.reducedTo = interval;
    this.changed('link');
  }

  #subscribeAll() {
    this.#current.clear();
    this.#asked.clear();
    this.#answered.clear();
    this.devicesRefused = '';
    this.#ask('host');
    this.#ask('devices');
  }

  #ask(kind) {
    const requestId = this.#nextRequest();
    this.#asked.set(requestId, kind);
    this.link.send(frames.subscribe(requestId, kind === 'host' ? presentOf(this.host) : everyDevice, this.interval));
  }

  #askIfMissing(kind) {
    const pending = [...this.#asked.values()].includes(kind);
    if (this.link.phase === 'open' && !pending && !this.#answered.has(kind)) this.#ask(kind);
  }

  #nextRequest() {
    return String(++this.#requests);
  }

  #joined(t) {
    this.subscribed = true;
    this.joinedAt = this.clock.now();
    this.outages.back(t);
    if (this.interval === VISIBLE_INTERVAL) this.past.resume(t);
  }

  #ticked(t, seconds, since) {
    this.store.mark(t, seconds);
    if (!this.subscribed) return;
    const coarse = this.interval !== VISIBLE_INTERVAL || this.reducedTo;
    if (coarse) return this.past.tear();
    if (since) this.past.heal(since, t);
    this.past.ticked(t);
  }

  #learn(list, appearedAt) {
    for (const meta of list) {
      const target = this.#target(meta, appearedAt);
      if (target) this.#ids.set(meta.id, target);
    }
  }

  #target(meta, appearedAt) {
    const seconds = Math.max(1, Math.round((meta.interval ?? VISIBLE_INTERVAL) / 1000));
    if (isHostSeries(meta, this.host)) return hostTarget(this.store, meta, seconds);
    if (isDeviceSeries(meta)) return deviceTarget(this.devices, this.devices.open(meta, appearedAt), meta, seconds);
    return null;
  }
}

const HANDLERS = {
  welcome(m) { this.welcome(m); },
  subscribed(m) { this.subscriptionMade(m); },
  'metric.update'(m) { this.update(m); },
  'series.added'(m) { this.added(m); },
  'series.removed'(m) { this.removed(m); },
  'subscription.degraded'(m) { this.reduced(m.interval); },
  'subscription.restored'() { this.reduced(0); },
  error(m) { this.refused(m); },
  pong(m) { this.clock.pong(m.clientTime, m.serverTime); },
};

/** Where the values of an id go. */
function hostTarget(store, meta, seconds) {
  const series = store.open(seriesKey(meta.metric, meta.labels), meta);
  if (meta.lastTime > series.newestTime) Object.assign(series, { newest: meta.last, newestTime: meta.lastTime });
  return {
    host: true,
    seconds,
    write: (t, value, span, min, max) => store.write(series, t, value, min, max),
    removed: () => store.close(series.key),
  };
}

function deviceTarget(devices, measure, meta, seconds) {
  if (meta.lastTime) measure.write(meta.lastTime, meta.last, 0);
  return {
    host: false,
    seconds,
    write: (t, value, span) => measure.write(t, value, span),
    removed: () => devices.retire(measure.device),
  };
}
