import { h } from '../view/dom.js';
import { words } from '../words.js';

/** For an address that leads to no page. */
export function mount(element, visit) {
  visit.title(words.missing.title);
  element.append(h('div.nothing', {}, h('h1', { tabindex: '-1' }, words.missing.title), h('p', {}, words.missing.say)));
}
