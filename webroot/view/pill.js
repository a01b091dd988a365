import { NB, age, clock, clockMinutes, fixed, rate } from './format.js';
import { h, setAttribute, setHidden, setText } from './dom.js';
import { icon, setIcon } from './icons.js';
import { liveness } from '../model/live.js';
import { words } from '../words.js';

const w = words.pill;
const LOOKS = {
  connecting: { tone: 'accent', icon: 'wait', word: w.connecting },
  live: { tone: 'ok', icon: 'live', word: w.live },
  reduced: { tone: 'accent', icon: 'slow', word: w.live },
  paused: { tone: 'plain', icon: 'pause', word: w.paused },
  stale: { tone: 'warn', icon: 'stale', word: w.stale },
  reconnecting: { tone: 'warn', icon: 'again', word: w.reconnecting },
  offline: { tone: 'crit', icon: 'cut', word: w.offline },
};

/** The number beside the word. */
const NUMBERS = {
  connecting: () => '',
  live: ({ delay }) => millis(delay),
  reduced: ({ age: interval }) => w.every(age(interval)),
  paused: ({ age: by }) => w.behind(age(by)),
  stale: ({ age: by }) => w.lastTick(age(by)),
  reconnecting: ({ age: by }) => age(by),
  offline: ({ since }) => w.since(clockMinutes(since)),
};

const BEAT = [0.55, 0.8, ''];
const BEAT_STEP_MILLIS = 180;

const millis = n => (!Number.isFinite(n) ? '' : n < 10_000 ? w.millis(Math.round(n)) : `${fixed(n / 1000)}${NB}s`);

/** How live the page is, in one word and one number. Spoken only when the word changes. */
export class Pill {
  #icon = icon('wait');
  #word = h('b');
  #number = h('span.n');
  #next = h('span.next');
  #spoken = h('span.sr', { role: 'status' });
  #beaten = 0;
  #still = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(page) {
    this.page = page;
    this.details = new Details(page);
    this.button = h('button.pill', { type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'dialog', title: words.details.title, onclick: () => this.#tap() }, this.#icon, this.#word, ' ', this.#number, this.#next);
    this.node = h('div.pillbox', {}, this.button, this.#spoken, this.details.node);
    document.addEventListener('pointerdown', event => !this.node.contains(event.target) && this.hide());
  }

  draw(moment) {
    const state = liveness(this.#facts(moment));
    const look = LOOKS[state.word];
    setAttribute(this.button, 'data-tone', look.tone);
    setAttribute(this.button, 'data-state', state.word);
    setIcon(this.#icon, look.icon);
    setText(this.#word, look.word);
    setText(this.#number, NUMBERS[state.word](state));
    setText(this.#next, state.word === 'reconnecting' ? `, ${state.next === null ? w.trying : w.nextTry(age(Math.ceil(state.next / 1000) * 1000))}` : '');
    setText(this.#spoken, look.word);
    this.#beat(state.word === 'live' ? moment.headTime : 0);
    this.word = state.word;
    if (!this.details.node.hidden) this.details.draw(moment);
  }

  hide() {
    if (this.details.node.hidden) return false;
    setHidden(this.details.node, true);
    setAttribute(this.button, 'aria-expanded', 'false');
    return true;
  }

  /**
   * The dot beats when a tick has come, and only then. Three steps do: an animation asks for sixty frames
   * a second, and costs more than all charts.
   */
  #beat(tick) {
    if (tick === this.#beaten) return;
    this.#beaten = tick;
    if (!tick || this.#still.matches) return void (this.#icon.style.opacity = '');
    BEAT.forEach((opacity, i) => setTimeout(() => (this.#icon.style.opacity = opacity), i * BEAT_STEP_MILLIS));
  }

  #facts(moment) {
    const { link, startedAt, state, delay } = this.page;
    return {
      phase: link.phase, everOpen: link.everOpen, lostAt: link.phase === 'open' ? 0 : link.lostAt, nextTryAt: link.nextTryAt,
      localNow: Date.now(), startedAt, pausedBy: state.frozen ? moment.edge - moment.until : null, hasTick: moment.headTime > 0,
      silentFor: moment.silent === 'sensor' ? moment.now - moment.headTime : null, interval: moment.interval, delay: delay.total,
    };
  }

  #tap() {
    if (this.word === 'offline' || this.word === 'reconnecting') this.page.link.retryNow();
    if (this.hide()) return;
    setHidden(this.details.node, false);
    setAttribute(this.button, 'aria-expanded', 'true');
    this.page.invalidate();
  }
}

const byWay = ({ name, shared }) => (shared ? words.details.shared(words.details.ways[name]) : words.details.ways[name]);

/** What stands behind the number: the way of the newest reading, the rhythm, the bytes. */
class Details {
  #rows = new Map();

  constructor(page) {
    this.page = page;
    const d = words.details;
    const list = h('dl', {}, ['total', 'window', 'way', 'paint', 'rhythm', 'by', 'received', 'roundTrip', 'reconnects'].flatMap(name => this.#row(name, d[name])));
    this.trying = h('p.warn', { hidden: true }, d.trying);
    this.node = h('div.pop', { role: 'dialog', 'aria-label': d.title, hidden: true }, h('h2', {}, d.title), this.trying, list, isSecureContext ? null : h('p.qq.reduced', {}, words.time.secure));
  }

  draw(moment) {
    const { delay, meter, clock: serverClock, link } = this.page;
    const open = link.phase === 'open';
    setHidden(this.trying, open);
    for (const name of ['total', 'window', 'way', 'paint']) this.#say(name, (open && millis(delay[name])) || '–');
    this.#say('rhythm', age(moment.interval));
    this.#say('by', open ? byWay(link.way) : '–');
    this.#say('received', open ? rate(meter.rate) : '–');
    this.#say('roundTrip', (open && millis(serverClock.roundTrip)) || '–');
    const count = String(link.reconnects);
    this.#say('reconnects', link.lostAt && link.reconnects ? `${count}, ${clock(link.lostAt)}` : count === '0' ? words.details.none : count);
  }

  #row(name, label) {
    const value = h('dd.num');
    this.#rows.set(name, value);
    const part = ['window', 'way', 'paint'].includes(name) ? 'dt.part' : 'dt';
    return [h(part, {}, label), value];
  }

  #say(name, text) {
    setText(this.#rows.get(name), text);
  }
}
