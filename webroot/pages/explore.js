import { h } from '../view/dom.js';
import { words } from '../words.js';

/** To be filled. */
export function mount(element, visit) {
  visit.title(words.nav.explore);
  element.append(h('h1', { tabindex: '-1' }, words.nav.explore));
}
