import { Annotations } from './model/annotations.js';
import { Clock } from './model/clock.js';
import { Conversation, HIDDEN_INTERVAL, VISIBLE_INTERVAL } from './net/conversation.js';
import { Delay } from './model/live.js';
import { Devices } from './model/devices.js';
import { FullScreen } from './view/full.js';
import { History } from './net/history.js';
import { Link } from './net/link.js';
import { Loop } from './view/loop.js';
import { Meter } from './model/meter.js';
import { Outages } from './model/gaps.js';
import { PageState } from './view/state.js';
import { Palette } from './view/palette.js';
import { Poll } from './net/poll.js';
import { Store } from './model/store.js';
import { Theme } from './view/theme.js';
import { door } from './net/dial.js';
import { momentOf } from './model/moment.js';
import { zone } from './view/format.js';
import { seriesKey } from './model/key.js';

const REPORT_EVERY_TICKS = 30;
/** A browser notes every request; in a tab that is open for a month nobody reads that. */
const TIDY_EVERY_MILLIS = 60_000;
/** A filesystem that is looked at no more has been unmounted. */
const UNMOUNTED_AFTER_MILLIS = 120_000;

/** What all parts of the page share: the data, the link, the viewer's choices. It draws nothing. */
export class Page {
  #ticks = 0;
  /** The link is new, and what was polled before may be old. */
  #joining = true;

  constructor() {
    this.startedAt = Date.now();
    /** On a wall: nothing is there to be pressed. */
    this.unattended = false;
    this.info = null;
    this.stats = null;
    /** Who looks, and what they may do; see docs/protocol.md. */
    this.me = null;
    this.store = new Store();
    this.devices = new Devices();
    this.clock = new Clock();
    this.outages = new Outages();
    this.delay = new Delay();
    this.meter = new Meter();
    this.history = new History();
    this.loop = new Loop(() => this.moment());
    this.loop.painted = () => this.#painted();
    this.state = new PageState(() => this.#chosen(), location, search => history.replaceState(history.state, '', location.pathname + search + location.hash));
    /** Sheets of charts that are on the page now, in the order in which they came. */
    this.sheets = new Set();
    this.theme = new Theme(() => this.#repaint());
    this.palette = new Palette();
    this.conversation = new Conversation({ ...this, changed: (what, detail) => this.#changed(what, detail) });
    this.link = new Link(door.url, door.protocol, this.conversation);
    this.conversation.link = this.link;
    this.invalidate = () => this.loop.invalidate();
    this.annotations = new Annotations({ follow: want => this.conversation.follow(want), changed: this.invalidate });
    this.full = new FullScreen(() => this.invalidate());
    this.#chosen();
    /** When the picture is of that is shown for want of a network; 0 while there is none. */
    this.shownSince = null;
    this.caughtUp = null;
    this.appeared = null;
    this.restarted = null;
    this.polls = [];
  }

  get host() {
    return this.conversation.host || this.info?.host || '';
  }

  moment() {
    const { state, conversation, link, store } = this;
    return momentOf({
      headTime: store.headTime, now: this.clock.now(), interval: conversation.reducedTo || conversation.interval,
      open: link.phase === 'open' && conversation.subscribed, joinedAt: conversation.joinedAt, range: state.range, paused: state.paused, zoom: state.zoom,
    });
  }

  start() {
    this.link.open();
    this.#poll('/api/v1/host', 60_000, info => (this.info = info));
    this.#poll('/api/v1/stats', 10_000, stats => (this.stats = stats));
    setInterval(() => this.#second(), 1000);
    setInterval(() => performance.clearResourceTimings(), TIDY_EVERY_MILLIS);
    document.addEventListener('visibilitychange', () => this.#look());
    addEventListener('online', () => this.link.probe());
    addEventListener('pageshow', event => event.persisted && this.link.probe());
    this.#look();
  }

  addPoll(path, everyMillis, receive) {
    return this.#poll(path, everyMillis, receive);
  }

  dropPoll(poll) {
    poll.stop();
    this.polls = this.polls.filter(other => other !== poll);
  }

  /** The sheet that keys move: the one that has the focus, else the first. */
  get sheet() {
    const all = [...this.sheets].filter(sheet => sheet.moment);
    return all.find(sheet => sheet.node.contains(document.activeElement)) ?? all[0];
  }

  togglePause() {
    this.state.togglePause(this.moment().edge);
  }

  memoryTotal() {
    return this.#newest('memory_total') ?? this.info?.memoryTotal ?? NaN;
  }

  uptime(moment) {
    const seconds = this.#newest('uptime');
    if (seconds !== undefined) return seconds * 1000;
    return this.info ? moment.now - this.info.bootTime : 0;
  }

  /** Mounted filesystems, the fullest first. */
  filesystems() {
    const found = [];
    for (const series of this.store.series.values()) {
      if (series.meta.metric !== 'filesystem_usage' || !Number.isFinite(series.newest)) continue;
      if (this.store.headTime - series.newestTime > UNMOUNTED_AFTER_MILLIS) continue;
      const { mount } = series.meta.labels;
      found.push({ mount, series, usage: series.newest, used: this.#newest('filesystem_used', { mount }), size: this.#newest('filesystem_size', { mount }) });
    }
    return found.sort((a, b) => b.usage - a.usage || a.mount.localeCompare(b.mount));
  }

  fullest() {
    return this.filesystems()[0]?.series;
  }

  #newest(metric, labels = {}) {
    const value = this.store.get(seriesKey(metric, { host: this.host, ...labels }))?.newest;
    return Number.isFinite(value) ? value : undefined;
  }

  #chosen() {
    const { range, zoom, utc } = this.state;
    this.conversation.lookBack(zoom ? this.clock.now() - zoom.from : range * 1000);
    zone.utc = utc;
    this.invalidate();
  }

  /** So that a page that is opened without a network shows the last picture, as old. */
  async keepForOffline() {
    const { keepForOffline } = await import('./net/offline.js');
    await keepForOffline(this).catch(() => {});
  }

  /** The first try has failed: what was seen last is shown, as of then. */
  async #showLast() {
    if (this.shownSince !== null) return;
    this.shownSince = 0;
    const { lastPicture } = await import('./net/offline.js');
    const picture = await lastPicture();
    if (!picture?.t.length || this.link.everOpen) return;
    this.conversation.host ||= picture.host;
    for (const { values, ...meta } of picture.series) {
      const series = this.store.open(seriesKey(meta.metric, meta.labels), meta);
      values.forEach((value, i) => value === null || this.store.write(series, picture.t[i], value));
    }
    for (const t of picture.t) this.store.mark(t);
    this.store.fills++;
    this.shownSince = this.store.headTime;
    this.state.paused ??= this.store.headTime;
    this.invalidate();
  }

  #changed(what, detail) {
    if (what === 'link' && this.link.phase === 'waiting' && !this.link.everOpen) this.#showLast();
    if (what === 'link' && this.link.phase === 'open' && this.shownSince) {
      this.shownSince = 0;
      this.state.resume();
    }
    if (what === 'tick') this.#ticked();
    if (what === 'link') this.#joining = true;
    if (what === 'history' && detail) this.caughtUp?.(detail);
    if (what === 'appeared') this.appeared?.(detail);
    if (what === 'instance') this.restarted?.();
    this.invalidate();
  }

  #ticked() {
    const { newest, tickTime } = this.conversation;
    this.delay.heard(newest, tickTime, this.clock.now());
    this.meter.sample(this.link.characters, Date.now());
    if (this.#joining) for (const poll of this.polls) poll.soon();
    this.#joining = false;
  }

  /** After the frame: a task of its own comes when the browser has handed over the picture. */
  #painted() {
    if (!this.delay.pending) return;
    setTimeout(() => {
      if (this.delay.painted(this.clock.now()) && ++this.#ticks % REPORT_EVERY_TICKS === 1) this.conversation.report(this.delay.paint);
    });
  }

  /** Ages grow by the second when no tick does it. */
  #second() {
    if (this.link.phase !== 'open' || this.moment().silent) this.invalidate();
  }

  #look() {
    const hidden = document.visibilityState === 'hidden';
    this.conversation.pace(hidden ? HIDDEN_INTERVAL : VISIBLE_INTERVAL);
    for (const poll of this.polls) hidden ? poll.stop() : poll.start();
    if (!hidden) this.link.probe();
    this.invalidate();
  }

  #poll(path, everyMillis, receive) {
    const poll = new Poll(path, everyMillis, answer => {
      receive(answer);
      this.invalidate();
    }, () => !this.link.lostAt || this.link.phase === 'open');
    this.polls.push(poll);
    if (document.visibilityState !== 'hidden') poll.start();
    return poll;
  }

  #repaint() {
    this.palette?.refresh();
    this.invalidate?.();
  }
}
