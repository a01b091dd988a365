import { Visit } from './visit.js';
import { h } from './view/dom.js';
import { pulse } from './net/wants.js';
import { sheet } from './view/sheet.js';
import { words } from './words.js';

/** How the pages are loaded, when someone goes there, and with which style sheets. */
const PAGES = {
  overview: { load: () => import('./pages/overview.js') },
  devices: { load: () => import('./pages/devices.js'), sheets: ['devices.css'] },
  device: { load: () => import('./pages/device.js'), sheets: ['devices.css'] },
  explore: { load: () => import('./pages/explore.js'), sheets: ['explore.css'] },
  dashboards: { load: () => import('./pages/dashboards.js'), sheets: ['boards.css'] },
  dashboard: { load: () => import('./pages/dashboard.js'), sheets: ['boards.css'] },
  system: { load: () => import('./pages/system.js'), sheets: ['system.css'] },
  missing: { load: () => import('./pages/missing.js') },
};

/** Header and footer stay, the page between them comes and goes. */
export class Shell {
  #turn = 0;
  #page = null;

  constructor(page, frame) {
    this.page = page;
    this.frame = frame;
    this.main = h('main', { id: 'main' });
    this.visit = null;
    this.router = null;
  }

  /** Makes the modules of a page come before someone has decided. */
  static expect(name) {
    PAGES[name].load().catch(() => {});
  }

  async show(route, { scroll, focus }) {
    const turn = ++this.#turn;
    const shown = this.visit?.route;
    if (this.#page?.changed && shown.name === route.name && same(shown.params, route.params)) {
      this.visit.route = route;
      return this.#page.changed(route);
    }
    const page = await this.#load(route);
    if (turn === this.#turn) this.#enter(page, route, scroll, focus);
  }

  async #load({ name }) {
    const { load, sheets = [] } = PAGES[name];
    try {
      const [page] = await Promise.all([load(), ...sheets.map(sheet)]);
      return page;
    } catch {
      return { mount: element => element.append(failed()) };
    }
  }

  #enter(page, route, scroll, focus) {
    this.visit?.end();
    this.#page = null;
    this.visit = new Visit(this.page, this.router, route);
    const main = h(`main.${route.name}`, { id: 'main', tabindex: '-1' });
    this.main.replaceWith(main);
    this.main = main;
    this.frame.dataset.page = route.name;
    if (!page.follows) this.visit.follow(pulse(this.page));
    const made = page.mount(main, this.visit);
    this.#page = typeof made === 'function' ? { unmount: made } : made ?? null;
    if (this.#page?.unmount) this.visit.atEnd(this.#page.unmount);
    if (page.later) this.#complete(page.later, main);
    scrollTo(0, scroll);
    if (focus) (main.querySelector('h1') ?? main).focus({ preventScroll: true });
    this.page.invalidate();
  }

  /** What a page shows second is a module of its own, with a `mount` like the page's. */
  async #complete(later, main) {
    const { visit } = this;
    main.setAttribute('aria-busy', 'true');
    const second = await later.catch(() => ({ mount: element => element.append(failed()) }));
    if (visit.signal.aborted) return;
    second.mount(main, visit);
    main.removeAttribute('aria-busy');
  }
}

const failed = () => h('div.nothing', {}, h('h1', {}, words.missing.failed), h('p', {}, h('a', { href: location.href, target: '_self' }, words.missing.again)));

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
