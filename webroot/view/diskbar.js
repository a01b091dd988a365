import { h, setHidden, setText } from './dom.js';
import { icon } from './icons.js';
import { isTroubled } from '../model/live.js';
import { sheet } from './sheet.js';
import { words } from '../words.js';

const w = words.system;

/** What the server says of its disk, as a sentence. */
export const diskSays = disk => `${w.diskState} ${w.diskStates[disk.state] ?? disk.state}.`;

/** Nothing is kept: above whatever page is shown, for as long as it is so. Loaded when it is first needed. */
export class DiskBar {
  #what = h('b');

  constructor(page) {
    this.page = page;
    this.node = h('div.fault', { role: 'alert', hidden: true }, icon('crit'), this.#what, h('span', {}, w.unkeptSay), h('a', { href: '/system' }, words.nav.system));
  }

  async open(before) {
    await sheet('faults.css');
    before.after(this.node);
    this.page.loop.add(this);
    this.page.invalidate();
  }

  draw() {
    const { disk } = this.page.stats;
    setHidden(this.node, !isTroubled(disk));
    if (isTroubled(disk)) setText(this.#what, diskSays(disk));
  }
}
