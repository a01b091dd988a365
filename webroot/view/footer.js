import { DASH, age } from './format.js';
import { h, setHidden, setText } from './dom.js';
import { LANGUAGES, language, speak } from '../locale.js';
import { words } from '../words.js';

const w = words.foot;
/** See net/offline.js: what was last seen is for nobody who comes after. */
const PICTURE = 'tidepole picture';

/** True figures about the server. What it does not say is not shown. */
export class Footer {
  #series = h('b', {}, DASH);
  #tick = h('b');
  #history = h('b');
  #viewers = h('b');
  #viewerWord = document.createTextNode('');
  #refused = h('b');
  #reduced = h('span.acc', { hidden: true });
  #version = h('span');
  #name = h('b');

  constructor(page) {
    this.page = page;
    this.person = h('span.person', { hidden: true }, this.#name, ' ', h('button', { type: 'button', onclick: logOut }, w.logOut));
    this.parts = {
      tick: h('span', { hidden: true }, `${w.tick} `, this.#tick),
      history: h('span', { hidden: true }, `${w.history} `, this.#history),
      viewers: h('span', { hidden: true }, this.#viewers, ' ', this.#viewerWord),
      refused: h('span', { hidden: true }, this.#refused, ` ${w.refused}`),
    };
    this.node = h('footer.foot.num', {}, h('span', {}, this.#series, ` ${w.series}`), Object.values(this.parts), this.#reduced, h('span.grow'), this.person, languageSwitch(), this.#version);
  }

  draw(moment) {
    const { stats, info, conversation, me } = this.page;
    setText(this.#series, Number.isFinite(stats?.series) ? String(stats.series) : DASH);
    this.#part('tick', this.#tick, moment.headTime ? age(moment.interval) : '');
    this.#part('history', this.#history, info?.history?.seconds ? age(info.history.seconds * 1000) : '');
    this.#drawViewers(stats?.activeConnections);
    this.#part('refused', this.#refused, Number.isFinite(stats?.refused) ? String(stats.refused) : '');
    setHidden(this.#reduced, !conversation.reducedTo);
    if (conversation.reducedTo) setText(this.#reduced, w.reduced(age(conversation.reducedTo)));
    setText(this.#version, conversation.server);
    setHidden(this.person, !me?.userId);
    setText(this.#name, me?.userId ?? '');
  }

  /** Whoever reads this is one of them, even if the server has not counted again since. */
  #drawViewers(counted) {
    const viewers = Math.max(counted, this.page.link.phase === 'open' ? 1 : 0);
    this.#part('viewers', this.#viewers, Number.isFinite(viewers) ? String(viewers) : '');
    this.#viewerWord.data = w.viewers(viewers);
  }

  #part(name, node, text) {
    setHidden(this.parts[name], text === '');
    setText(node, text);
  }
}

/** A form would not do: of a page that names no referrer its Origin is "null", and is turned away. */
async function logOut() {
  await Promise.all([fetch('/auth/logout', { method: 'POST', redirect: 'manual' }), globalThis.caches?.delete(PICTURE)]).catch(() => {});
  location.assign('/login');
}

/** The switch between languages, each by its own name. */
function languageSwitch() {
  const buttons = Object.entries(LANGUAGES).map(([code, name]) =>
    h('button', { type: 'button', lang: code, 'aria-pressed': String(code === language), onclick: () => code === language || speak(code) }, name));
  return h('span.languages', { role: 'group', 'aria-label': words.language }, buttons);
}
