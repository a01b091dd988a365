import { LONGEST_LIVE_STEP } from '../model/range.js';
import { Past } from './past.js';
import { Selection } from '../model/selector.js';
import { Store } from '../model/store.js';
import { seriesKey } from '../model/key.js';

const MARGIN_SLOTS = 16;
const MOST_SLOTS = 20_000;
/** A fixed stretch has no part in who was away when: the page's own stream tells that. */
const SILENT = { lost() {}, filled() {} };

/**
 * Series that are followed, or looked back at, while someone draws them:
 *
 *   new Feed(page, { select: ['temperature{device="a"}'], stat: 'last', step: 1000, span: 300_000 })   live: the last five minutes
 *   new Feed(page, { select, stat, step: 60_000, from, until })                                         what was then
 *
 * `open()` begins, `close()` ends; nothing is left of a closed one. Between them `store` fills by itself: history
 * first, then the live stream, and after a reconnect what was missed. Times and steps are milliseconds.
 */
export class Feed {
  #timer = 0;
  #leave = () => {};

  constructor(page, { select, stat = 'last', by, step = 1000, span = 0, from = 0, until = 0 }) {
    Object.assign(this, { page, select, stat, by, step, from, until });
    this.live = !until;
    const held = this.live ? span : until - from;
    const slots = Math.ceil(held / step) + MARGIN_SLOTS;
    this.store = new Store(step, Math.min(MOST_SLOTS, slots));
    this.past = new Past({
      store: this.store, outages: { ...SILENT, started: time => page.outages.started(time) },
      ask: (hole, signal) => page.history.ask({ select, stat, by, ...hole }, signal),
      filled: () => this.#filled(), failed: failure => this.#failed(failure), looksBack: held, keeps: held,
    });
    /** Whether history has answered, and why it did not: a code of the server, or ''. */
    this.ready = false;
    this.failure = '';
    this.want = this.#want();
  }

  open() {
    if (!this.live) {
      this.past.heal(this.from, this.until);
    } else if (this.step > LONGEST_LIVE_STEP) {
      this.#tail();
      this.#timer = setInterval(() => this.#tail(), LONGEST_LIVE_STEP);
    } else this.#leave = this.page.conversation.follow(this.want);
    return this;
  }

  close() {
    clearInterval(this.#timer);
    this.#leave();
    this.past.holes.stop();
  }

  /** Whether all of a stretch is, or will be, in the store. */
  covers(from, until) {
    const first = this.live ? this.store.headTime - (this.store.capacity - MARGIN_SLOTS) * this.step : this.from;
    return from >= first && (this.live || until <= this.until);
  }

  /** See wants.js. */
  #want() {
    const { store, past, step, stat, by } = this;
    const selection = new Selection(by ? this.select.map(metricOf) : this.select);
    return {
      select: () => this.select, interval: step, stat, by,
      takes: (meta, every) => (meta.stat ?? 'last') === stat && (meta.interval ?? every) === every && String(meta.by) === String(by) && selection.matches(meta),
      target: meta => targetIn(store, meta),
      joined: t => past.resume(t),
      lost: () => past.tear(),
      refused: ({ code }) => this.#failed({ code }),
      ticked: (t, slots, since) => {
        store.mark(t, since ? Math.max(1, Math.round((t - since) / step)) : slots);
        if (since) past.heal(since, t);
        if (slots > 1) past.tear();
        else past.ticked(t);
      },
    };
  }

  /** Windows of more than a minute do not come live. */
  #tail() {
    this.past.resume(Math.floor(this.page.clock.now() / this.step) * this.step);
  }

  #filled() {
    this.ready = true;
    this.failure = '';
    this.page.invalidate();
  }

  #failed(failure) {
    this.ready = true;
    this.failure = failure.code ?? String(failure.status);
    this.page.invalidate();
  }
}

/** A group across series has the labels of `by` alone: its metric tells whose it is. */
const metricOf = selector => /^\s*[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(selector)?.[0] ?? '{__name__=~".+"}';

function targetIn(store, meta) {
  const series = store.open(seriesKey(meta.metric, meta.labels), meta);
  series.meta = meta;
  if (meta.lastTime > series.newestTime) Object.assign(series, { newest: meta.last, newestTime: meta.lastTime });
  let heardAt = 0;
  return {
    /** Slots that a window stands for: more than one while the page is not looked at. */
    seconds: Math.max(1, Math.round((meta.interval ?? store.step) / store.step)),
    write(t, value, slots, min, max) {
      store.write(series, t, value, min, max);
      const pause = Math.round((t - heardAt) / store.step);
      if (heardAt && slots === 1 && pause > 0) series.beat = series.beat ? series.beat + 0.2 * (Math.min(pause, 4 * series.beat) - series.beat) : pause;
      heardAt = t;
    },
    removed: () => store.close(series.key),
  };
}
