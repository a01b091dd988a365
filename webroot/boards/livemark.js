import { NB, age, clockMinutes } from '../view/format.js';
import { h, setAttribute, setText } from '../view/dom.js';
import { icon, setIcon } from '../view/icons.js';
import { liveness } from '../model/live.js';
import { words } from '../words.js';

const w = words.pill;
const LOOKS = {
  connecting: ['accent', 'wait', w.connecting, () => ''], live: ['ok', 'live', w.live, ({ delay }) => (Number.isFinite(delay) ? (delay < 10_000 ? w.millis(Math.round(delay)) : age(delay)) : '')], reduced: ['accent', 'slow', w.live, facts => w.every(age(facts.age))],
  paused: ['plain', 'pause', w.paused, facts => w.behind(age(facts.age))], stale: ['warn', 'stale', w.stale, facts => w.lastTick(age(facts.age))], reconnecting: ['warn', 'again', w.reconnecting, facts => age(facts.age)], offline: ['crit', 'cut', w.offline, ({ since }) => w.since(clockMinutes(since))],
};

/** How live a page without controls is: the pill, as something to look at. */
export class LiveMark {
  #icon = icon('wait');
  #word = h('b');
  #number = h('span.n.num');

  constructor(page) {
    this.page = page;
    this.node = h('span.pill', { role: 'status' }, this.#icon, this.#word, NB, this.#number);
  }

  draw(moment) {
    const { link, startedAt, state, delay } = this.page;
    const facts = liveness({
      phase: link.phase, everOpen: link.everOpen, lostAt: link.phase === 'open' ? 0 : link.lostAt, nextTryAt: link.nextTryAt, localNow: Date.now(), startedAt,
      pausedBy: state.frozen ? moment.edge - moment.until : null, hasTick: moment.headTime > 0, silentFor: moment.silent === 'sensor' ? moment.now - moment.headTime : null, interval: moment.interval, delay: delay.total,
    });
    const [tone, sign, word, number] = LOOKS[facts.word];
    setAttribute(this.node, 'data-tone', tone);
    setAttribute(this.node, 'data-state', facts.word);
    setIcon(this.#icon, sign);
    setText(this.#word, word);
    setText(this.#number, number(facts));
  }
}
