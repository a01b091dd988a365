import * as frames from './frames.js';
import { Past } from './past.js';
import { pastOf } from './wants.js';

export const VISIBLE_INTERVAL = 1000;
export const HIDDEN_INTERVAL = 10_000;
const ASK_AGAIN_MILLIS = 5000;

/**
 * What the page and the server say to each other. Who wants series of the present follows them with a
 * `want` (see wants.js), for as long as it looks at them; what comes goes to the want's targets.
 * Ids hold for one run of a server; wants know series by key only.
 */
export class Conversation {
  /** Each want with what is known of its subscription: {subscription, answered}. */
  #wants = new Map();
  /** Requests that are not answered yet, with their want. */
  #asked = new Map();
  /** The targets of an id, by want. */
  #ids = new Map();
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
    /** The end of the window that came last, whichever its length. */
    this.tickTime = 0;
    this.subscribed = false;
    /** When the stream was last begun anew. */
    this.joinedAt = 0;
    /** Why the devices cannot be followed, '' while they are. */
    this.devicesRefused = '';
    this.past = new Past({
      store, outages, filled: away => changed('history', away),
      ask: (hole, signal) => history.ask({ select: pastOf(this.host), ...hole }, signal),
    });
  }

  /** Follows series until the returned function is called. */
  follow(want) {
    this.#wants.set(want, { subscription: 0, answered: false });
    if (this.link?.phase === 'open') this.#ask(want);
    return () => this.#leave(want);
  }

  /** How many wants are followed now. */
  get follows() {
    return this.#wants.size;
  }

  /** Whether the server has answered for all series of a want since it was last asked. */
  answered(want) {
    return this.#wants.get(want)?.answered === true;
  }

  opened() {
    this.subscribed = false;
    this.reducedTo = 0;
    this.clock.forget();
    this.#askAll();
    this.changed('link');
  }

  closed() {
    this.subscribed = false;
    this.devices.forgetFilled();
    this.past.lost();
    for (const want of this.#wants.keys()) want.lost?.();
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
    for (const state of this.#wants.values()) this.#unsubscribe(state);
    this.#askAll();
  }

  /** How often a want is told: not more often than it asked for, nor than the page is looked at. */
  intervalOf(want) {
    return this.interval === VISIBLE_INTERVAL ? want.interval ?? VISIBLE_INTERVAL : Math.max(this.interval, want.interval ?? 0);
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
    if (this.instance && message.instance !== this.instance) this.changed('instance');
    this.instance = message.instance;
    this.host = message.host ?? '';
    this.server = message.server ?? '';
    this.started = message.started;
    this.outages.started(message.started);
    this.clock.hint(message.serverTime);
  }

  /** One part of an answer; the last one completes it. */
  subscriptionMade(message) {
    const want = this.#asked.get(message.requestId);
    if (!want) return void this.link.send(frames.unsubscribe(this.#nextRequest(), message.subscription));
    for (const meta of message.series ?? []) this.#learn(want, meta, 0);
    if (message.more) return;
    this.#asked.delete(message.requestId);
    Object.assign(this.#wants.get(want), { subscription: message.subscription, answered: true });
    if (want.pulse) this.#joined(message.t, want);
    want.joined?.(message.t);
    this.changed('series');
  }

  /** See eventsocket.js: what was missed meanwhile is asked of history. */
  rejoined({ t }) {
    this.devices.forgetFilled();
    for (const [want, { answered }] of this.#wants) {
      if (!answered) continue;
      if (want.pulse) this.#joined(t, want);
      want.joined?.(t);
    }
  }

  update(message) {
    const { t, ids, values, min, max, since } = message;
    const merged = since ? Math.max(1, Math.round((t - since) / 1000)) : 0;
    const beats = new Map();
    for (let i = 0; i < ids.length; i++) {
      const targets = this.#ids.get(ids[i]);
      if (!targets) continue;
      for (const [want, target] of targets) {
        const span = merged || target.seconds;
        target.write(t, values[i], span, min?.[i], max?.[i]);
        beats.set(want, span);
      }
    }
    for (const [want, span] of beats) {
      if (want.pulse) this.#ticked(t, span, since, want);
      want.ticked?.(t, span, since);
    }
    this.newest = message.newest ?? t;
    this.tickTime = t;
    this.changed('tick');
  }

  added(message) {
    const now = this.clock.now();
    for (const want of this.#wants.keys()) {
      const taken = message.series.filter(meta => want.takes?.(meta, this.intervalOf(want)) && this.#learn(want, meta, now));
      if (taken.length) want.added?.(taken);
    }
    this.changed('series');
  }

  removed(message) {
    for (const id of message.ids) {
      for (const target of this.#ids.get(id)?.values() ?? []) target.removed?.();
      this.#ids.delete(id);
    }
    this.changed('series');
  }

  /** A request was refused: what may work later is asked again, the rest is said. */
  refused(message) {
    const want = this.#asked.get(message.requestId);
    if (!want) return;
    this.#asked.delete(message.requestId);
    if (message.retry) this.link.env.later(() => this.#askIfMissing(want), ASK_AGAIN_MILLIS);
    else want.refused?.(message);
    this.changed('link');
  }

  /** Something happened that is no series; or so much did that some of it was left out. */
  noticed(message) {
    for (const want of this.#wants.keys()) if (want.topics?.includes(message.type)) want.heard(message);
  }

  missed({ topics }) {
    for (const want of this.#wants.keys()) if (want.topics?.some(topic => topics.includes(topic))) want.joined?.();
  }

  reduced(interval) {
    this.reducedTo = interval;
    this.changed('link');
  }

  #askAll() {
    this.#asked.clear();
    this.#ids.clear();
    this.devicesRefused = '';
    for (const want of this.#wants.keys()) this.#ask(want);
  }

  #ask(want) {
    const requestId = this.#nextRequest();
    Object.assign(this.#wants.get(want), { subscription: 0, answered: false });
    this.#asked.set(requestId, want);
    this.link.send(want.topics ? frames.listen(requestId, want.topics) : frames.subscribe(requestId, { ...want, select: want.select(), interval: this.intervalOf(want) }));
  }

  #askIfMissing(want) {
    const pending = [...this.#asked.values()].includes(want);
    if (this.link.phase === 'open' && this.#wants.has(want) && !pending && !this.answered(want)) this.#ask(want);
  }

  #leave(want) {
    const state = this.#wants.get(want);
    if (!state) return;
    this.#wants.delete(want);
    for (const [requestId, asked] of this.#asked) if (asked === want) this.#asked.delete(requestId);
    for (const [id, targets] of this.#ids) if (targets.delete(want) && targets.size === 0) this.#ids.delete(id);
    if (this.link?.phase === 'open') this.#unsubscribe(state);
    if (want.pulse) this.past.tear();
  }

  #unsubscribe(state) {
    if (state.subscription) this.link.send(frames.unsubscribe(this.#nextRequest(), state.subscription));
    state.subscription = 0;
  }

  #nextRequest() {
    return String(++this.#requests);
  }

  #joined(t, want) {
    this.subscribed = true;
    this.joinedAt = this.clock.now();
    this.outages.back(t);
    if (want.whole && this.interval === VISIBLE_INTERVAL) this.past.resume(t);
  }

  #ticked(t, seconds, since, want) {
    this.store.mark(t, seconds);
    if (!this.subscribed) return;
    if (!want.whole || this.interval !== VISIBLE_INTERVAL || this.reducedTo) return this.past.tear();
    if (since) this.past.heal(since, t);
    this.past.ticked(t);
  }

  #learn(want, meta, appearedAt) {
    const seconds = Math.max(1, Math.round((meta.interval ?? VISIBLE_INTERVAL) / 1000));
    const target = want.target(meta, appearedAt);
    if (!target) return false;
    if (!this.#ids.has(meta.id)) this.#ids.set(meta.id, new Map());
    this.#ids.get(meta.id).set(want, { seconds, ...target });
    return true;
  }
}

const HANDLERS = {
  welcome(m) { this.welcome(m); },
  subscribed(m) { this.subscriptionMade(m); },
  rejoined(m) { this.rejoined(m); },
  'metric.update'(m) { this.update(m); },
  'series.added'(m) { this.added(m); },
  'series.removed'(m) { this.removed(m); },
  'subscription.degraded'(m) { this.reduced(m.interval); },
  'subscription.restored'() { this.reduced(0); },
  'device.state'(m) { this.noticed(m); },
  annotation(m) { this.noticed(m); },
  dashboard(m) { this.noticed(m); },
  'topics.missed'(m) { this.missed(m); },
  error(m) { this.refused(m); },
  pong(m) { this.clock.pong(m.clientTime, m.serverTime); },
};
