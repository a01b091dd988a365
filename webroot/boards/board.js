import { Panel } from './panel.js';
import { h } from '../view/dom.js';
import { inOrder, rowsOf } from './layout.js';
import { millisOf } from './schema.js';
import { worse } from './thresholds.js';

/**
 * All panels of a dashboard on their grid. Panels that stay the same through a change go on as they are: another
 * dashboard of the same name does not make the page blink.
 */
export class Board {
  #panels = [];
  #stamps = [];
  level = '';

  constructor(page, { decorate = () => {} } = {}) {
    Object.assign(this, { page, decorate });
    this.node = h('div.board');
  }

  get panels() {
    return this.#panels;
  }

  /** Shows a dashboard, {title, interval, panels, …}. */
  show(dashboard) {
    const interval = millisOf(dashboard.interval ?? '1s') || 1000;
    const before = this.#panels.map((panel, i) => ({ panel, stamp: this.#stamps[i] }));
    const stamps = dashboard.panels.map(panel => stampOf(panel, interval));
    const next = dashboard.panels.map((panel, i) => take(before, stamps[i]) ?? this.#make(panel, interval));
    for (const { panel } of before) panel.close();
    this.#panels = next;
    this.#stamps = stamps;
    this.#arrange(dashboard.panels);
    this.page.invalidate();
  }

  /** Only the places: while somebody drags. */
  move(places) {
    places.forEach((place, i) => position(this.#panels[i].node, place));
    inOrder(places).forEach((i, rank) => this.#panels[i].node.style.setProperty('--rank', rank));
    this.node.style.setProperty('--rows', rowsOf(places));
  }

  draw(moment) {
    this.level = '';
    this.count = 0;
    for (const panel of this.#panels) {
      panel.draw(moment);
      if (!panel.level) continue;
      this.count = panel.level === this.level ? this.count + 1 : worse(this.level, panel.level) === this.level ? this.count : 1;
      this.level = worse(this.level, panel.level);
    }
  }

  close() {
    for (const panel of this.#panels) panel.close();
    this.#panels = [];
    this.#stamps = [];
  }

  #make(panel, interval) {
    const made = new Panel(this.page, panel, { interval }).open();
    this.decorate(made);
    return made;
  }

  /** In the document they stand as they are read, which is also the order of the Tab key and of a phone. */
  #arrange(panels) {
    this.move(panels);
    const order = inOrder(panels).map(i => this.#panels[i].node);
    order.forEach((node, i) => {
      if (this.node.children[i] !== node) this.node.insertBefore(node, this.node.children[i] ?? null);
    });
  }
}

/** What of a panel makes it another one: all but its place. */
function stampOf({ x, y, w, h: height, ...rest }, interval) {
  return JSON.stringify([rest, interval]);
}

function take(list, stamp) {
  const at = list.findIndex(entry => entry.stamp === stamp);
  return at < 0 ? null : list.splice(at, 1)[0].panel;
}

function position(node, { x, y, w, h: height }) {
  node.style.setProperty('--x', x + 1);
  node.style.setProperty('--y', y + 1);
  node.style.setProperty('--w', w);
  node.style.setProperty('--h', height);
}

/** Says how many are how bad in the title of the window, and shows it in its icon. */
export class Alarm {
  #icon = document.querySelector('link[rel="icon"]');
  #calm = this.#icon?.getAttribute('href');
  #shown = '';

  /** `title` is a function that sets the page's name. */
  constructor(title, say) {
    Object.assign(this, { title, say });
  }

  show(name, level, count) {
    const next = `${name} ${level} ${count}`;
    if (next === this.#shown) return;
    this.#shown = next;
    this.title(level ? this.say(count, level, name) : name);
    this.#icon?.setAttribute('href', level ? this.#calm.replace(/icon(-\w+)?\.svg/, `icon-${level}.svg`) : this.#calm);
  }

  end() {
    this.#icon?.setAttribute('href', this.#calm);
  }
}

