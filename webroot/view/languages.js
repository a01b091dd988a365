import { LANGUAGES, language, speak } from '../locale.js';
import { h } from './dom.js';
import { words } from '../words.js';

/** The switch between languages, each by its own name. */
export function languageSwitch() {
  const buttons = Object.entries(LANGUAGES).map(([code, name]) =>
    h('button', { type: 'button', lang: code, 'aria-pressed': String(code === language), onclick: () => code === language || speak(code) }, name));
  return h('span.languages', { role: 'group', 'aria-label': words.language }, buttons);
}
