import { age } from './format.js';
import { h, setAttribute, setHidden, setText } from './dom.js';
import { Nav } from './nav.js';
import { icon, mark, setIcon } from './icons.js';
import { words } from '../words.js';

/** Ranges that have a button of their own; the picker has them all. */
const SHOWN = 7;

/** Mark, host, the pages, uptime, pill and the few controls. */
export class Header {
  #nav = new Nav();
  #host = h('span');
  #up = h('span.qq.up.num');
  #pauseIcon = icon('pause');
  #themeIcon = icon('sun');
  #fullIcon = icon('wall');

  constructor(page, pill) {
    this.page = page;
    this.shell = null;
    this.pause = this.#button('pause', this.#pauseIcon, () => page.togglePause());
    this.theme = this.#button('theme', this.#themeIcon, () => page.theme.toggle());
    this.full = this.#button('kiosk', this.#fullIcon, () => page.full.toggle());
    this.help = this.#button('help', icon('help'), () => page.showKeys());
    this.ranges = page.state.ranges.slice(0, SHOWN).map(seconds => this.#range(seconds));
    this.pick = h('button.pick', { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', 'aria-label': words.time.picker, title: words.time.picker, onclick: () => this.#pick() }, icon('time'));
    setHidden(this.full, !page.full.possible);
    setAttribute(this.help, 'aria-label', words.help);
    setAttribute(this.help, 'title', words.help);
    this.node = h('header.top', {},
      h('span.word', {}, mark(), h('span', {}, words.product)), h('span.bar'),
      h('span.host', {}, icon('server'), this.#host),
      this.#nav.node,
      this.#up, h('span.grow'), pill.node, this.pause,
      h('div.seg.num', { role: 'group', 'aria-label': words.range }, this.ranges, this.pick), this.theme, this.help, this.full);
  }

  draw(moment) {
    const { state, theme } = this.page;
    const up = this.page.uptime(moment);
    setText(this.#host, this.page.host || '–');
    setText(this.#up, up ? words.up(age(up)) : '');
    this.#label(this.pause, state.frozen ? words.resume : words.pause);
    setAttribute(this.pause, 'aria-pressed', state.frozen);
    setIcon(this.#pauseIcon, state.frozen ? 'play' : 'pause');
    this.#label(this.theme, words.theme[theme.name]);
    setIcon(this.#themeIcon, theme.name === 'light' ? 'moon' : 'sun');
    this.#label(this.full, this.page.full.on ? words.leaveFull : words.full);
    this.ranges.forEach((button, i) => setAttribute(button, 'aria-pressed', state.range === state.ranges[i] && !state.zoom));
    setAttribute(this.pick, 'aria-pressed', Boolean(state.zoom) || state.ranges.indexOf(state.range) >= SHOWN);
    const visit = this.shell?.visit;
    this.#nav.draw(visit?.route.under);
    const title = words.title(visit?.name, this.page.host);
    if (document.title !== title) document.title = title;
  }

  /** The picker is loaded when it is first asked for. */
  async #pick() {
    const { openPicker } = await import('./picker.js');
    openPicker(this.pick, this.page);
  }

  #button(name, sign, onclick) {
    return h(`button.btn.${name}`, { type: 'button', onclick }, sign);
  }

  #label(button, text) {
    setAttribute(button, 'aria-label', text);
    setAttribute(button, 'title', text);
  }

  #range(seconds) {
    return h('button', { type: 'button', 'aria-pressed': 'false', 'aria-label': words.rangeNames[seconds], onclick: () => this.page.state.setRange(seconds) }, words.ranges[seconds]);
  }
}
