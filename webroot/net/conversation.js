import { seriesKey } from '../model/key.js';
import * as frames from './frames.js';
import { everyDevice, isDeviceSeries, isHostSeries, pastOf, presentOf } from './wants.js';
import { Holes } from './history.js';

export const VISIBLE_INTERVAL = 1000;
export const HIDDEN_INTERVAL = 10_000;
/** History is asked for as far back as someone looks, and for no more than the ring holds. */
const FIRST_LOOK_MILLIS = 310_000;
const KEEP_MILLIS = 900_000;

/**
 * What the page and the server say to each other: it subscribes, writes what comes into the store,
 * and has history fill whatever it missed. Ids hold for one run of a server; the store knows keys only.
 */
export class Conversation {
  #ids = new Map();
  #asked = new Map();
  #current = new Set();
  #requests = 0;
  /** The last window up to which nothing is missing, and whether the stream has left it since. */
  #whole = 0;
  #torn = true;
  #looksBack = FIRST_LOOK_MILLIS;
  /** Since when the page was away, 0 when it has caught up. */
  #awaySince = 0;

  constructor({ store, devices, clock, outages, history, changed }) {
    Object.assign(this, { store, devices, clock, outages, history, changed });
    this.link = null;
    this.host = '';
    this.server = '';
    this.interval = VISIBLE_INTERVAL;
    this.reducedTo = 0;
    this.newest = 0;
    this.newestHeardAt = 0;
    this.subscribed = false;
    this.instance = '';
    this.started = 0;
    this.holes = new Holes({ ask: (hole, signal) => this.#askPast(hole, signal), merge: (answer, hole) => this.#mergePast(answer, hole) });
  }

  opened() {
    this.#current.clear();
    this.#asked.clear();
    this.subscribed = false;
    this.reducedTo = 0;
    this.clock.forget();
    this.#subscribeAll();
    this.changed('link');
  }

  closed() {
    this.holes.stop();
    this.#torn = true;
    this.subscribed = false;
    this.devices.forgetFilled();
    if (this.store.head) this.outages.lost(this.store.headTime);
    if (this.store.head) this.#awaySince ||= this.store.headTime;
    this.changed('link');
  }

  message(message) {
    HANDLERS[message.type]?.call(this, message);
  }

  /** A hidden tab asks for less. What it missed is filled in when it is looked at again. */
  pace(interval) {
    if (interval === this.interval) return;
    this.interval = interval;
    this.#torn = true;
    this.devices.forgetFilled();
    if (this.link?.phase !== 'open') return;
    for (const subscription of this.#current) this.link.send(frames.unsubscribe(this.#nextRequest(), subscription));
    this.#current.clear();
    this.#asked.clear();
    this.#subscribeAll();
  }

  /** A longer range asks for the past that it adds. */
  lookBack(millis) {
    const before = this.#looksBack;
    this.#looksBack = Math.max(before, Math.min(KEEP_MILLIS, millis));
    if (this.#looksBack === before || !this.#whole) return;
    const newest = this.store.headTime;
    this.holes.add(newest - this.#looksBack, newest - before);
    if (this.subscribed) this.holes.start();
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

  subscriptionMade(message) {
    const kind = this.#asked.get(message.requestId);
    if (!kind) return void this.link.send(frames.unsubscribe(this.#nextRequest(), message.subscription));
    this.#learn(message.series, 0);
    if (message.more) return;
    this.#asked.delete(message.requestId);
    this.#current.add(message.subscription);
    if (kind === 'host') this.#resume(message.t);
    this.changed('series');
  }

  update(message) {
    const { t, ids, values, min, max, since } = message;
    const span = since ? Math.max(1, Math.round((t - since) / 1000)) : 0;
    let hostSpan = 0;
    for (let i = 0; i < ids.length; i++) {
      const target = this.#ids.get(ids[i]);
      if (!target) continue;
      const seconds = span || target.seconds;
      target.write(t, values[i], seconds, min?.[i], max?.[i]);
      if (target.host) hostSpan = seconds;
    }
    if (hostSpan) this.#ticked(t, hostSpan, since);
    this.newest = message.newest ?? t;
    this.newestHeardAt = this.clock.now();
    this.changed('tick');
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

  #subscribeAll() {
    this.#ask('host', presentOf(this.host));
    this.#ask('devices', everyDevice);
  }

  #ask(kind, select) {
    const requestId = this.#nextRequest();
    this.#asked.set(requestId, kind);
    this.link.send(frames.subscribe(requestId, select, this.interval));
  }

  #nextRequest() {
    return String(++this.#requests);
  }

  #resume(t) {
    this.subscribed = true;
    this.outages.back(t);
    if (this.interval !== VISIBLE_INTERVAL) return;
    this.holes.add(Math.max(this.#whole, t - this.#looksBack), t);
    this.#whole = t;
    this.#torn = false;
    this.holes.start();
  }

  #ticked(t, seconds, since) {
    this.store.mark(t, seconds);
    if (!this.subscribed) return;
    if (since && !this.reducedTo) this.#heal(since, t);
    if (this.interval !== VISIBLE_INTERVAL || this.reducedTo) return void (this.#torn = true);
    if (this.#torn) this.#heal(this.#whole, t - 1000);
    this.#torn = false;
    this.#whole = Math.max(this.#whole, t);
  }

  #heal(from, until) {
    this.holes.add(Math.max(from, until - this.#looksBack), until);
    this.holes.start();
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
    if (isDeviceSeries(meta)) return deviceTarget(this.devices.open(meta, appearedAt), meta, seconds);
    return null;
  }

  #askPast({ from, until }, signal) {
    return this.history.ask({ select: pastOf(this.host), from, until, step: 1000 }, signal);
  }

  #mergePast(answer, hole) {
    const present = new Uint8Array(answer.t.length);
    for (const series of answer.series) this.#mergeSeries(series, answer.t, present);
    present.forEach((there, i) => there && this.store.mark(answer.t[i], 1));
    if (answer.started) this.outages.started(answer.started);
    this.outages.filled(hole.until);
    this.changed('history', this.#caughtUp(hole.until));
  }

  /** How long the page was away and how much of that stayed empty, once history has answered. */
  #caughtUp(until) {
    if (!this.#awaySince || this.holes.open.length) return null;
    const away = until - this.#awaySince;
    const missing = this.store.holes(this.#awaySince, until + 3000).reduce((sum, hole) => sum + hole.until - hole.from, 0);
    this.#awaySince = 0;
    return { away, missing };
  }

  #mergeSeries(past, t, present) {
    const series = this.store.open(seriesKey(past.metric, past.labels), past);
    past.values.forEach((value, i) => {
      if (value === null) return;
      this.store.write(series, t[i], value);
      present[i] = 1;
    });
  }

  added(message) {
    this.#learn(message.series, this.clock.now());
    this.changed('series');
  }

  removed(message) {
    for (const id of message.ids) {
      this.#ids.get(id)?.removed?.();
      this.#ids.delete(id);
    }
    this.changed('series');
  }

  degraded(message) {
    this.reducedTo = message.interval;
    this.changed('link');
  }

  restored() {
    this.reducedTo = 0;
    this.changed('link');
  }
}

const HANDLERS = {
  welcome(m) { this.welcome(m); },
  subscribed(m) { this.subscriptionMade(m); },
  'metric.update'(m) { this.update(m); },
  'series.added'(m) { this.added(m); },
  'series.removed'(m) { this.removed(m); },
  'subscription.degraded'(m) { this.degraded(m); },
  'subscription.restored'() { this.restored(); },
  pong(m) { this.clock.pong(m.clientTime, m.serverTime); },
};

function hostTarget(store, meta, seconds) {
  const series = store.open(seriesKey(meta.metric, meta.labels), meta);
  if (meta.lastTime > series.newestTime) Object.assign(series, { newest: meta.last, newestTime: meta.lastTime });
  return { host: true, seconds, write: (t, value, span, min, max) => store.write(series, t, value, min, max) };
}

function deviceTarget(measure, meta, seconds) {
  if (meta.lastTime) measure.write(meta.lastTime, meta.last, 0);
  return {
    host: false,
    seconds,
    write: (t, value, span) => measure.write(t, value, span),
    removed: () => (measure.device.removed = true),
  };
}
