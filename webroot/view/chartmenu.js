import { csvOf, csvName } from './csv.js';
import { dayClock } from './format.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { openTable } from './table.js';
import { pictureOf } from './picture.js';
import { save } from './save.js';
import { words } from '../words.js';

const w = words.time;

/** What can be done with one chart: {page, sheet, spec, chart}. Opens beside its button; arrow keys walk, Escape closes. */
export function openMenu(button, subject) {
  const items = ITEMS.filter(item => !item.possible || item.possible(subject)).map(({ sign, text, work }) =>
    h('button', { type: 'button', role: 'menuitem', tabindex: '-1', onclick: () => { menu.hidePopover(); work(subject); } }, icon(sign), text));
  const menu = h('div.menu', { role: 'menu', popover: 'auto', 'aria-label': w.menu(subject.spec.name) }, items);
  menu.addEventListener('keydown', event => walk(event, items));
  menu.addEventListener('toggle', event => event.newState === 'closed' && closed(menu, button));
  (button.closest('main') ?? document.body).append(menu);
  button.setAttribute('aria-expanded', 'true');
  menu.showPopover();
  place(menu, button);
  items[0].focus();
}

const ITEMS = [
  { sign: 'table', text: w.table, work: ({ sheet, spec, page }) => openTable(page, spec, sheet.moment, sheet.store) },
  { sign: 'save', text: w.csv, work: ({ sheet, spec }) => save(csvName(spec, sheet.moment, 'csv'), new Blob([csvOf(spec, sheet.moment, sheet.store)], { type: 'text/csv' })) },
  { sign: 'image', text: w.png, work: async ({ page, sheet, spec, chart }) => save(csvName(spec, sheet.moment, 'png'), await pictureOf(page, sheet, spec, chart)) },
  { sign: 'link', text: w.link, work: copyLink },
  { sign: 'flag', text: w.note, possible: ({ page }) => page.annotations.writable, work: ({ page, sheet }) => askNote(page, sheet) },
];

/** Focus that was in the menu goes back to where it came from. */
function closed(menu, button) {
  if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus();
  button.setAttribute('aria-expanded', 'false');
  menu.remove();
}

function walk(event, items) {
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items[(next + items.length) % items.length].focus();
}

/** Under its button, or above where there is no room. */
function place(menu, button) {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`;
}

/** A link that shows everyone what is in sight now. Without a clipboard it is shown, to be copied by hand. */
async function copyLink({ page, sheet }) {
  const link = new URL(page.state.search(sheet.moment.frozen ? null : sheet.moment.until) || '?', location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    page.toast?.say(w.linked);
  } catch {
    const field = h('input', { type: 'text', readonly: true, value: link, 'aria-label': w.linkHere, onfocus: () => field.select() });
    dialog(w.linkHere, [h('p.q', {}, w.linkHint), field]);
    field.focus();
  }
}

/** A note on the moment under the cursor, for all viewers. */
function askNote(page, sheet) {
  const t = page.state.cursorTime() ?? sheet.moment.until;
  const field = h('input', { type: 'text', maxlength: '500', required: true, 'aria-label': w.noteText, placeholder: w.noteText });
  const form = h('form', { method: 'dialog', onsubmit: () => page.annotations.add(t, field.value).then(() => page.toast?.say(w.noted), () => page.toast?.say(w.notNoted)) },
    field, h('button.btn.out', { type: 'submit' }, w.keep));
  dialog(`${w.note}: ${dayClock(t, page.clock.now())}`, [form]);
  field.focus();
}

/** An annotation in full. */
export function openNote(page, { id, time, text }) {
  const remove = h('button.btn.out', { type: 'button', onclick: () => page.annotations.remove(id).then(() => node.close(), () => page.toast?.say(w.notNoted)) }, w.remove);
  const node = dialog(dayClock(time, page.clock.now()), [h('p', {}, text), h('div', {}, remove)]);
}

function dialog(title, content) {
  const close = h('button.btn', { type: 'button', 'aria-label': words.charts.close, onclick: () => node.close() }, icon('close'));
  const node = h('dialog.dialog.ask', { 'aria-label': title, onclose: () => node.remove(), onclick: event => event.target === node && node.close() },
    h('div.head', {}, h('h2', {}, title), h('span.grow'), close), h('div.body', {}, content));
  document.body.append(node);
  node.showModal();
  return node;
}
