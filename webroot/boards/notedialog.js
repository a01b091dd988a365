import { clock, dayClock } from '../view/format.js';
import { h, setHidden } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { words } from './words.js';

const w = words.notes;

/** Where somebody writes a note: at the cursor, or now; and the notes in sight, each with a way to delete it. */
export function openNotes(page) {
  const at = page.state.cursorTime() ?? null;
  const text = h('input.field', { required: true, maxlength: '500', autocomplete: 'off' });
  const tags = h('input.field', { maxlength: '200', autocomplete: 'off' });
  const wrong = h('p.crit', { role: 'alert', hidden: true }, w.failed);
  const list = h('ul.notelist');
  const form = h('form.notes', {
    async onsubmit(event) {
      event.preventDefault();
      try {
        await page.annotations.add(at ?? page.clock.now(), text.value, tags.value.split(',').map(tag => tag.trim()).filter(Boolean).slice(0, 8));
        node.close();
      } catch {
        setHidden(wrong, false);
      }
    },
  },
  h('p.q', {}, w.say),
  h('label', {}, h('span', {}, w.time), h('b.num', {}, at === null ? w.now : dayClock(at, page.clock.now()))),
  h('label', {}, h('span', {}, w.text), text), h('label', {}, h('span', {}, w.tags), tags), wrong,
  h('div.go', {}, h('button.btn.out.primary', { type: 'submit' }, w.add)));
  const node = h('dialog.dialog.notedialog', { 'aria-label': w.title, onclose: () => left() },
    h('div.head', {}, h('h2', {}, w.title), h('span.grow'), h('button.btn', { type: 'button', 'aria-label': w.close, title: w.close, onclick: () => node.close() }, icon('close'))),
    form, h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': w.recent }, h('h3', {}, w.recent), list));
  const left = () => {
    page.loop.remove(drawing);
    page.annotations.close();
    node.remove();
  };
  const fill = () => {
    const { from, until } = page.moment();
    const notes = page.annotations.in(from, until).reverse();
    list.replaceChildren(...notes.length ? notes.map(note => line(note, page, fill)) : [h('li.qq', {}, w.none)]);
  };
  let shown = '';
  const drawing = { draw: ({ from, until }) => {
    const stamp = page.annotations.in(from, until).map(note => note.id).join();
    if (stamp !== shown) fill();
    shown = stamp;
  } };
  page.annotations.open();
  page.loop.add(drawing);
  fill();
  document.body.append(node);
  node.showModal();
  text.focus();
}

function line(note, page, fill) {
  const remove = h('button.btn.tiny', { type: 'button', 'aria-label': w.remove(note.text), title: w.remove(note.text), onclick: () => page.annotations.remove(note.id).then(fill, () => {}) }, icon('close'));
  return h('li', {}, h('span.num.qq', {}, clock(note.time)), h('span.name', {}, note.text), h('span.qq', {}, (note.tags ?? []).join(', ')), remove);
}
