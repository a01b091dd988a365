import { h, setHidden } from './dom.js';
import { icon } from './icons.js';

const SHOWN_MILLIS = 4000;

/** One short piece of good news at a time. Never for a fault. */
export class Toast {
  #timer = 0;

  constructor() {
    this.node = h('div.toast', { role: 'status', hidden: true });
  }

  say(head, rest = '', sign = 'done') {
    clearTimeout(this.#timer);
    this.node.replaceChildren(icon(sign, sign === 'done' ? 'ok' : 'acc'), h('span', {}, head, ' ', h('span.qq', {}, rest)));
    setHidden(this.node, false);
    this.#timer = setTimeout(() => setHidden(this.node, true), SHOWN_MILLIS);
  }
}
