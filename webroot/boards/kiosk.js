import { Alarm, Board } from './board.js';
import { LiveMark } from './livemark.js';
import { Page } from '../page.js';
import { Refused, dashboards } from './api.js';
import { Renewal } from './renewal.js';
import { age, clock } from '../view/format.js';
import { diskSays } from '../view/diskbar.js';
import { h, setClass, setHidden, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { isTroubled } from '../model/live.js';
import { language } from '../locale.js';
import { millisOf } from './schema.js';
import { pulse } from '../net/wants.js';
import { rowsOf } from './layout.js';
import { rangeSeconds } from '../model/range.js';
import { words } from './words.js';
import { words as shared } from '../words.js';

const w = words.kiosk;
const AGAIN_MILLIS = 5000;
const IDLE_MILLIS = 3000;
/** A link that is lost this long is said; what comes back sooner is nobody's business. */
const LOST_MILLIS = 4000;
/** With more rows than these the type is smaller, so that there is room for what it says. */
const MOST_LARGE_ROWS = 10;

/** A dashboard alone on a wall: no controls, no dialogs, nothing that waits for somebody. */
class Kiosk {
  #title = h('h1');
  #clock = h('span.kclock.num');
  #seconds = h('i');
  #minutes = h('span');
  #bar = h('p.kbar', { role: 'status', hidden: true });
  #barText = h('b');
  #barRest = h('span');
  #wait = h('div.kwait');
  #stored = null;
  #retry = 0;

  constructor(page, name) {
    Object.assign(this, { page, name });
    this.live = new LiveMark(page);
    this.board = new Board(page);
    this.alarm = new Alarm(text => (document.title = text), (n, level, title) => words.board.title(n, words.board.states[level], title));
    this.#clock.append(this.#minutes, this.#seconds);
    this.#bar.append(icon('stale'), this.#barText, ' ', this.#barRest);
    this.node = h('div.kiosk', {}, h('header.khead', {}, this.#title, h('span.grow'), this.live.node, this.#clock), this.#bar, h('main.kmain', {}, this.board.node, this.#wait));
  }

  async load() {
    clearTimeout(this.#retry);
    try {
      this.#show(await dashboards.find(this.name));
    } catch (problem) {
      this.#waiting(problem instanceof Refused && problem.status === 404);
      this.#retry = setTimeout(() => this.load(), AGAIN_MILLIS);
    }
  }

  heard({ name, etag = '' }) {
    if (name === this.name && etag !== this.#stored?.etag) this.load();
  }

  draw(moment) {
    this.board.draw(moment);
    this.live.draw(moment);
    const time = clock(moment.now);
    setText(this.#minutes, time.slice(0, 5));
    setText(this.#seconds, time.slice(5));
    if (this.#stored?.dashboard) this.alarm.show(this.#stored.dashboard.title, this.board.level, this.board.count);
    this.#sayStale(moment);
  }

  #show(stored) {
    const first = !this.#stored?.dashboard;
    this.#stored = stored;
    const { dashboard } = stored;
    if (!dashboard) return this.#waiting(true);
    setHidden(this.#wait, true);
    setHidden(this.board.node, false);
    setText(this.#title, dashboard.title);
    document.title = dashboard.title;
    if (first && Number.isFinite(rangeSeconds(dashboard.range)) && !new URLSearchParams(location.search).has('range')) this.page.state.setRange(millisOf(dashboard.range) / 1000);
    this.board.show(dashboard);
    this.#sized(dashboard.panels);
  }

  /** All of it is in sight: rows share the height, however many there are. */
  #sized(panels) {
    setClass(this.node, 'numbers', panels.every(panel => panel.kind === 'stat'));
    setClass(document.documentElement, 'dense', rowsOf(panels) > MOST_LARGE_ROWS);
  }

  #waiting(missing) {
    if (this.#stored?.dashboard && !missing) return;
    if (missing) this.#stored = null;
    this.board.close();
    setHidden(this.board.node, true);
    setHidden(this.#wait, false);
    this.#wait.replaceChildren(h('p', {}, missing ? w.missing(this.name) : w.waiting), h('p.qq', {}, w.retry));
  }

  /** The link comes before single series, for it explains them. */
  #sayStale(moment) {
    const { link } = this.page;
    const gone = link.phase === 'open' || !link.lostAt ? 0 : Date.now() - link.lostAt;
    if (gone > LOST_MILLIS) return this.#say(w.lost(age(gone)), w.lostSay);
    const old = this.board.panels.flatMap(panel => panel.results.filter(result => result.old > 0).map(result => ({ name: panel.panel.kind === 'stat' ? panel.panel.title || result.row.name : result.row.name, old: result.old })));
    if (old.length) {
      old.sort((a, b) => b.old - a.old);
      return this.#say(w.silent(old[0].name, age(old[0].old)), old.length > 1 ? w.others(old.length - 1) : w.lastShown);
    }
    if (isTroubled(this.page.stats?.disk)) return this.#say(diskSays(this.page.stats.disk), shared.system.unkeptSay);
    if (this.#stored?.problems.length) return this.#say(w.broken, '');
    setHidden(this.#bar, true);
  }

  #say(text, rest) {
    setHidden(this.#bar, false);
    setText(this.#barText, text);
    setText(this.#barRest, rest);
  }
}

/** Keeps the screen on where the browser can promise that, and asks again when it was taken away. */
async function stayAwake() {
  try {
    await navigator.wakeLock?.request('screen');
  } catch {
    // The machine's own setting rules.
  }
}

function hidePointer() {
  let timer = 0;
  const idle = () => document.documentElement.classList.add('idle');
  const moved = () => {
    clearTimeout(timer);
    document.documentElement.classList.remove('idle');
    timer = setTimeout(idle, IDLE_MILLIS);
  };
  document.addEventListener('pointermove', moved);
  timer = setTimeout(idle, IDLE_MILLIS);
}

const page = new Page();
page.unattended = true;
const theme = new URLSearchParams(location.search).get('theme');
page.theme.chosen = theme === 'light' ? 'light' : 'dark';
page.theme.apply();
page.conversation.follow(pulse(page));
const kiosk = new Kiosk(page, decodeURIComponent(location.pathname.split('/')[2] ?? ''));
document.documentElement.lang = language;
document.getElementById('page').append(kiosk.node);
page.conversation.follow({ topics: ['dashboard'], joined: () => kiosk.load(), heard: message => kiosk.heard(message) });
page.restarted = new Renewal(import.meta.url).check;
page.loop.add(kiosk);
document.addEventListener('redraw', page.invalidate);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && stayAwake());
setInterval(page.invalidate, 1000);
hidePointer();
stayAwake();
page.start();
kiosk.load();
