import { h } from '../view/dom.js';
import { words } from '../words.js';

/** The list of dashboards, and one of them: `visit.route.params.name`. */
export function mount(element, visit) {
  visit.title(words.nav.dashboards);
  element.append(h('h1', { tabindex: '-1' }, words.nav.dashboards));
}
