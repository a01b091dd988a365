import { h } from './dom.js';
import { icon } from './icons.js';
import { words } from '../words.js';

const OWN_KEYS = 'input, textarea, select, [contenteditable]';
const PRESSED_BY_SPACE = 'button, a, summary';

/** Keys for the whole page. `actionFor(key)` gives what it does; Space and Enter belong to a focused control. */
export function listen(actionFor) {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.(OWN_KEYS) || document.querySelector('dialog[open], :popover-open')) return;
    if (event.key === ' ' && event.target.closest?.(PRESSED_BY_SPACE)) return;
    if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && event.target.closest?.('.scroll, pre')) return;
    const action = actionFor(event.key);
    if (!action) return;
    if (action(event) !== false) event.preventDefault();
  });
}

export class KeysDialog {
  constructor() {
    const k = words.keys;
    const close = h('button.btn', { type: 'button', 'aria-label': k.close, onclick: () => this.node.close() }, icon('close'));
    const list = k.list.flatMap(([keys, text]) => [h('dt', {}, keys.split(' ').map(key => h('kbd', {}, key))), h('dd', {}, text)]);
    this.node = h('dialog.dialog.keys', { 'aria-label': k.title, onclick: event => event.target === this.node && this.node.close() },
      h('div.head', {}, h('h2', {}, k.title), h('span.grow'), close), h('dl', {}, list), h('p.q', {}, k.mouse));
  }

  open() {
    this.node.showModal();
  }
}
