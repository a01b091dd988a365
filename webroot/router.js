import { routeOf } from './model/routes.js';

/**
 * Addresses of pages. A link within the pages is followed without loading anew, the back button works, and
 * each place remembers how far it was scrolled. `show(route, {scroll, focus})` shows a page.
 */
export class Router {
  #show;

  /** `timed(search)` adds the stretch of time that the viewer has chosen: it goes along from page to page. */
  constructor(show, timed = search => search) {
    this.#show = show;
    this.timed = timed;
    /** A newer server has newer pages: the next one is loaded from it, not put beside old ones. */
    this.outdated = false;
  }

  start() {
    history.scrollRestoration = 'manual';
    document.addEventListener('click', event => this.#clicked(event));
    addEventListener('popstate', event => {
      this.write(location.href);
      this.#open(event.state?.scroll ?? 0, true);
    });
    this.#open(history.state?.scroll ?? 0, false);
  }

  /** Goes to another address of the pages. */
  go(url, { replace = false } = {}) {
    const address = this.#timed(url);
    if (this.outdated) return void location.assign(address);
    this.#remember();
    history[replace ? 'replaceState' : 'pushState']({ scroll: 0 }, '', address);
    this.#open(0, true);
  }

  /** Writes what a page shows into its address, without going anywhere. */
  write(url, { push = false } = {}) {
    const address = this.#timed(url);
    if (address === location.pathname + location.search) return;
    history[push ? 'pushState' : 'replaceState']({ scroll: scrollY }, '', address);
  }

  #timed(url) {
    const { pathname, search } = new URL(url, location.href);
    return pathname + this.timed(search);
  }

  #open(scroll, focus) {
    const route = routeOf(location.pathname) ?? { name: 'missing', under: '', params: {} };
    this.#show({ ...route, query: new URLSearchParams(location.search) }, { scroll, focus });
  }

  #remember() {
    history.replaceState({ scroll: scrollY }, '');
  }

  /** Only plain clicks on links to pages: all others are the browser's. */
  #clicked(event) {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href, location.href);
    if (link.target || link.hasAttribute('download') || url.origin !== location.origin || !routeOf(url.pathname) || (url.hash && url.pathname === location.pathname)) return;
    event.preventDefault();
    if (this.#timed(url) !== location.pathname + location.search) this.go(url);
  }
}
