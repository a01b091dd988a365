import { h, setAttribute, setClass } from './dom.js';
import { SECTIONS, pathOf } from '../model/routes.js';
import { Shell } from '../shell.js';
import { icon } from './icons.js';
import { words } from '../words.js';

const ICONS = { overview: 'pulse', devices: 'sensor', explore: 'curve', dashboards: 'grid', system: 'server' };

/** The pages: in the header, and on a phone at the lower edge. What a pointer is about to choose is loaded already. */
export class Nav {
  #links = SECTIONS.map(name => h('a', { href: pathOf(name), onpointerenter: () => Shell.expect(name), onfocus: () => Shell.expect(name) }, icon(ICONS[name]), h('span', {}, words.nav[name])));

  constructor() {
    this.node = h('nav.nav', { 'aria-label': words.pages }, this.#links);
  }

  draw(under) {
    this.#links.forEach((link, i) => {
      setClass(link, 'on', SECTIONS[i] === under);
      setAttribute(link, 'aria-current', SECTIONS[i] === under ? 'page' : null);
    });
  }
}
