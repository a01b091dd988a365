import { DASH, age, measure } from './format.js';
import { h, setAttribute, setClass, setHidden, setText } from './dom.js';
import { icon, setIcon } from './icons.js';
import { marked } from '../model/roster.js';
import { pathOf } from '../model/routes.js';
import { words } from '../words.js';
import './spark.js';

const MEASURES = 3;
const COLOURS = { live: 'accent', stale: 'ink-3', offline: 'ink-3' };
const ENDS = { live: null, stale: 'warn', offline: 'edge' };

/** One device as a row: state, name, place, up to three measures, the recent past, rhythm and age. */
export class DeviceRow {
  #icon = icon('live');
  #state = h('span');
  #link = h('a', { tabindex: '-1' });
  #refusals = h('span');
  #refused = h('span.refusals', { hidden: true }, icon('warn'), this.#refusals);
  #place = h('span.q.place', { role: 'gridcell' });
  #measures = Array.from({ length: MEASURES }, () => new Measured());
  #spark = document.createElement('tide-spark');
  #every = h('span.r.q.num.every', { role: 'gridcell' });
  #age = h('span.r.num.age', { role: 'gridcell' });
  #marked = '';
  #past = new Float32Array(0);

  constructor(list) {
    this.list = list;
    this.node = h('div.row', { role: 'row' },
      h('span.st', { role: 'gridcell' }, this.#icon, this.#state), h('span.name', { role: 'gridcell' }, this.#link, this.#refused), this.#place,
      this.#measures.map(one => one.node), h('span.sp', { role: 'gridcell', 'aria-label': words.devices.past }, this.#spark), this.#every, this.#age);
  }

  show(index, moment) {
    const { roster, watch, page } = this.list;
    const i = this.list.rows[index];
    const name = roster.names[i];
    const state = roster.stateOf(i);
    const device = watch.devices.named(name);
    setIcon(this.#icon, state);
    setText(this.#state, words.devices[state]);
    for (const each of ['live', 'stale', 'offline']) setClass(this.node, each, each === state);
    this.#mark(name);
    setHidden(this.#refused, !roster.refused[i]);
    if (roster.refused[i]) setText(this.#refusals, words.devices.refusedCount(roster.refused[i]));
    setText(this.#place, placeOf(device));
    this.#measures.forEach((cell, k) => cell.show(device?.measures[k]));
    setText(this.#every, roster.cadence[i] ? age(Math.max(1000, roster.cadence[i])) : DASH);
    const seen = moment.frozen ? moment.until : moment.now;
    setText(this.#age, roster.lastSeen[i] ? age(seen - roster.lastSeen[i]) : words.devices.never);
    this.#draw(device, name, state, seen, page.palette);
  }

  #mark(name) {
    const key = `${this.list.search}\n${name}`;
    if (key === this.#marked) return;
    this.#marked = key;
    setAttribute(this.#link, 'href', pathOf('device', { id: name }));
    setAttribute(this.#link, 'title', name);
    this.#link.replaceChildren(...marked(name, this.list.words).map(([text, found]) => (found ? h('mark', {}, text) : text)));
  }

  #draw(device, name, state, seen, palette) {
    const { step } = this.list.watch;
    const slot = Math.ceil(seen / step);
    const stamp = device ? `${name} ${state} ${slot} ${device.trend.fills} ${device.measures.length} ${palette.version}` : '';
    const trend = device?.trend;
    const slots = trend?.slots ?? 2;
    if (this.#past.length !== slots) this.#past = new Float32Array(slots);
    if (trend) trend.read(slot * step, this.#past);
    else this.#past.fill(NaN);
    const reach = Math.max(2, Math.ceil((2.5 * (device?.cadence || step)) / step));
    this.#spark.show(this.#past, { palette, color: COLOURS[state], reach, end: device ? ENDS[state] : null }, stamp);
  }
}

/** A number in a fixed column, its unit, and what it is. */
class Measured {
  constructor() {
    this.value = h('b.num');
    this.unit = h('u');
    this.name = h('span.qq');
    this.node = h('span.m', { role: 'gridcell' }, this.value, this.unit, this.name);
  }

  show(one) {
    const [number, unit] = one && Number.isFinite(one.value) ? measure(one.value, one.meta.unit, one.broken) : [one ? DASH : '', ''];
    setText(this.value, number);
    setText(this.unit, unit);
    setText(this.name, one ? one.meta.metric.replace(/_/g, ' ') : '');
  }
}

/** What all measures of a device are labelled with: where it stands, as a rule. */
export function placeOf(device) {
  if (!device?.measures.length) return '';
  const [first, ...others] = device.measures.map(one => one.meta.labels);
  return Object.entries(first).filter(([name, value]) => name !== 'device' && others.every(labels => labels[name] === value)).map(([, value]) => value).join(', ');
}
