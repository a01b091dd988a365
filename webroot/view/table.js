import { DASH, clock, day } from './format.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { words } from '../words.js';

const MOST_ROWS = 120;

/** The data behind a chart, as rows of text: made when asked for, and as of that moment. */
export function openTable(page, spec, moment, store) {
  const sameDay = day(moment.from) === day(moment.until);
  const told = t => (sameDay ? clock(t) : `${day(t)} ${clock(t)}`);
  const title = `${spec.name}, ${told(moment.from)}–${told(moment.until)}`;
  const close = h('button.btn', { type: 'button', 'aria-label': words.charts.close, onclick: () => node.close() }, icon('close'));
  const node = h('dialog.dialog', { 'aria-label': title, onclose: () => node.remove(), onclick: event => event.target === node && node.close() },
    h('div.head', {}, h('h2', {}, title), h('span.grow'), close),
    h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': title }, tableOf(spec, moment, store, told)));
  document.body.append(node);
  node.showModal();
}

function tableOf(spec, { from, until }, store, told) {
  const step = Math.max(1, Math.ceil((until - from) / store.step / MOST_ROWS)) * store.step;
  const head = [words.charts.time, ...(spec.total ? [words.charts.total] : []), ...spec.rows.map(row => row.name)];
  const rows = [];
  for (let t = Math.floor(until / store.step) * store.step; t > from; t -= step) rows.push(rowOf(spec, store, t, told));
  return h('table.tb', {},
    h('thead', {}, h('tr', {}, head.map((name, i) => h(i ? 'th.r' : 'th', { scope: 'col' }, name)))),
    h('tbody', {}, rows));
}

function rowOf(spec, store, t, told) {
  const { total } = spec;
  const texts = spec.rows.map(row => cell(store, row.pair?.() ?? [row.key()], row.format, t));
  if (total) texts.unshift(cell(store, total.keys(), (...all) => total.format(total.of(all)), t));
  return h('tr', {}, h('th', { scope: 'row' }, told(t)), texts.map(text => h('td.r.num', {}, text)));
}

function cell(store, keys, format, t) {
  const values = keys.map(key => store.at(store.get(key), t));
  return values.every(Number.isFinite) ? format(...values) : DASH;
}
