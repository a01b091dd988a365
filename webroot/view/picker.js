import { LEAST_SPAN } from '../model/range.js';
import { h, setAttribute } from './dom.js';
import { words } from '../words.js';

const w = words.time;
const pad = n => String(n).padStart(2, '0');

/** Where one chooses what is in sight: the last so long, from one moment to another, a step aside, local time or UTC. */
export function openPicker(button, page) {
  const { state } = page;
  const close = () => node.hidePopover();
  const form = fixedForm(page, close);
  const node = h('div.picker', { popover: 'auto', role: 'dialog', 'aria-label': w.picker },
    h('h2', {}, w.live), h('div.choices', {}, state.ranges.map(seconds => choice(words.ranges[seconds], words.rangeNames[seconds], state.range === seconds && !state.zoom, () => { state.setRange(seconds); close(); }))),
    h('h2', {}, w.fixed), form,
    h('div.choices', {},
      choice('←', w.earlier, null, () => page.sheet?.panBy(-0.5)), choice('→', w.later, null, () => page.sheet?.panBy(0.5)),
      choice('+', w.closer, null, () => page.sheet?.zoomBy(0.5)), choice('−', w.wider, null, () => page.sheet?.zoomBy(2))),
    h('h2', {}, w.zone), zones(page, form));
  node.addEventListener('toggle', event => event.newState === 'closed' && closed(node, button));
  button.closest('header').append(node);
  setAttribute(button, 'aria-expanded', 'true');
  node.showPopover();
  const at = button.getBoundingClientRect();
  node.style.top = `${at.bottom + 8}px`;
  node.style.left = `${Math.max(8, Math.min(at.right - node.offsetWidth, innerWidth - node.offsetWidth - 8))}px`;
  node.querySelector('button').focus();
}

function closed(node, button) {
  if (node.contains(document.activeElement) || document.activeElement === document.body) button.focus();
  setAttribute(button, 'aria-expanded', 'false');
  node.remove();
}

function choice(text, name, pressed, onclick) {
  return h('button.btn', { type: 'button', 'aria-label': name, title: name, 'aria-pressed': pressed === null ? null : String(pressed), onclick }, text);
}

function fixedForm(page, close) {
  const from = h('input', { type: 'datetime-local', step: '1', required: true });
  const until = h('input', { type: 'datetime-local', step: '1', required: true });
  const wrong = h('span.warn', { role: 'alert' });
  const form = h('form', {
    onsubmit(event) {
      event.preventDefault();
      const stretch = { from: read(from.value, page.state.utc), until: read(until.value, page.state.utc) };
      const good = stretch.until - stretch.from >= LEAST_SPAN;
      wrong.textContent = good ? '' : w.wrong;
      if (!good) return;
      page.state.zoomTo(stretch.from, stretch.until, page.moment().edge);
      close();
    },
  }, h('label', {}, w.from, from), h('label', {}, w.until, until), h('div.go', {}, h('button.btn.out', { type: 'submit' }, w.show), wrong));
  form.fill = () => {
    const { from: a, until: b } = page.moment();
    from.value = written(a, page.state.utc);
    until.value = written(b, page.state.utc);
  };
  form.fill();
  return form;
}

function zones({ state }, form) {
  const buttons = [false, true].map(utc => h('button', { type: 'button', onclick: () => choose(utc) }, utc ? w.utc : w.local));
  const show = () => buttons.forEach((button, i) => setAttribute(button, 'aria-pressed', state.utc === Boolean(i)));
  const choose = utc => {
    state.setUtc(utc);
    show();
    form.fill();
  };
  show();
  return h('div.seg', { role: 'group', 'aria-label': w.zone }, buttons);
}

/** A moment as a field of a form has it, in the chosen zone. */
function written(millis, utc) {
  const d = new Date(utc ? millis : millis - new Date(millis).getTimezoneOffset() * 60_000);
  return `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}T${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`;
}

const read = (text, utc) => Date.parse(utc ? `${text}Z` : text);
