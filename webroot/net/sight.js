import { Feed } from './feed.js';
import { stepFor } from '../model/range.js';

/** Someone who drags passes many stretches; history is asked when one has stood for so long. */
const SETTLED_MILLIS = 150;

/**
 * Which store a sheet draws from. While the live one holds what is in sight, that one; else history is asked for it,
 * as fine as there are pixels, and what was there before is drawn until it has answered.
 *
 * `wants` is {select, stat, finest}: selectors, statistic, and the finest step that makes sense, in milliseconds.
 * `own` is a live store that is filled anyway ({store}), or null.
 */
export class Sight {
  #live = null;
  #then = null;
  #old = null;
  #wish = '';
  #timer = 0;

  constructor(page, wants, own = null) {
    Object.assign(this, { page, wants, own });
  }

  /** The store to draw (from, until] from. */
  store({ from, until, frozen }, pixels) {
    if (frozen && this.own && ownFeed(this.own.store).covers(from, until)) return this.#drawn(ownFeed(this.own.store));
    const step = stepFor(until - from, pixels, this.wants.finest);
    const live = this.#follow(frozen ? null : until - from, step);
    if (live && (!frozen || (live.covers(from, until) && live.store.step <= step))) {
      this.#forgetThen();
      return this.#drawn(live);
    }
    return this.#drawn(this.#look(from, until, step) ?? live);
  }

  get select() {
    return this.wants.select();
  }

  /** Why history did not answer: a code, or ''. */
  get failure() {
    return (this.#then ?? this.#live)?.failure ?? '';
  }

  /** Whether what is drawn is not yet what is in sight. */
  get waiting() {
    const wanted = this.#then ?? this.#live;
    return Boolean(this.#timer) || Boolean(wanted && !wanted.ready);
  }

  /** The store of what comes live, for what shows the newest value. */
  get newest() {
    return this.own?.store ?? this.#live?.store ?? null;
  }

  close() {
    clearTimeout(this.#timer);
    for (const feed of [this.#live, this.#then, this.#old]) feed?.close();
    this.#live = this.#then = this.#old = null;
  }

  /** The live feed for a length; while the picture stands still it is left as it is. */
  #follow(span, step) {
    if (this.own && span !== null && span <= ownSpan(this.own.store)) {
      this.#live?.close();
      this.#live = null;
      return ownFeed(this.own.store);
    }
    if (span !== null && (!this.#live || this.#live.step !== step || this.#live.span !== span)) {
      this.#retire(this.#live);
      this.#live = this.#open({ step, span });
      this.#live.span = span;
    }
    return this.#live;
  }

  /** A feed of a fixed stretch, with as much again at both sides to be dragged into sight. */
  #look(from, until, step) {
    if (this.#then && this.#then.step === step && this.#then.covers(from, until)) return this.#then;
    const wish = `${from} ${until} ${step}`;
    if (wish !== this.#wish) {
      this.#wish = wish;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(from, until, step), this.#then ? SETTLED_MILLIS : 0);
    }
    return this.#then;
  }

  #ask(from, until, step) {
    this.#timer = 0;
    const side = (until - from) / 2;
    const end = Math.min(until + side, Math.max(until, this.page.clock.now()));
    this.#retire(this.#then);
    this.#then = this.#open({ step, from: Math.floor((from - side) / step) * step, until: Math.ceil(end / step) * step });
    this.page.invalidate();
  }

  #open(stretch) {
    return new Feed(this.page, { select: this.select, stat: this.wants.stat, by: this.wants.by, ...stretch }).open();
  }

  #forgetThen() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#wish = '';
    this.#then?.close();
    this.#then = null;
  }

  /** What was drawn last stays until the next has something to show. */
  #retire(feed) {
    if (!feed || (this.#old && !feed.ready)) return feed?.close();
    this.#old?.close();
    this.#old = feed;
  }

  #drawn(feed) {
    if (!feed) return this.#old?.store ?? this.own?.store ?? null;
    if (feed.ready || !(this.#old ?? this.own)) {
      this.#old?.close();
      this.#old = null;
      return feed.store;
    }
    return this.#old?.store ?? this.own.store;
  }
}

const ownSpan = store => (store.capacity - 64) * store.step;

/** A store that others fill, as a feed. */
const ownFeed = store => ({
  store, ready: true,
  covers: (from, until) => from >= store.headTime - ownSpan(store) && until <= store.headTime + store.step,
});
