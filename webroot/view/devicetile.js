import { DASH, age, measure } from './format.js';
import { TREND_SLOTS } from '../model/trend.js';
import { h, setClass, setHidden, setText } from './dom.js';
import { icon, setIcon } from './icons.js';
import { words } from '../words.js';

const MEASURES = 3;
const LOOKS = { live: 'live', aged: 'live', stale: 'stale', offline: 'offline', waiting: 'wait' };
const COLOURS = { live: 'accent', aged: 'accent', stale: 'ink-3', offline: 'ink-3', waiting: 'ink-3' };
const past = new Float32Array(TREND_SLOTS);

/** One device: icon, name, age, up to three measures in fixed columns, the past of the first one. */
export class DeviceTile {
  #icon = icon('live');
  #name = h('span.name');
  #tag = h('span.tag', { hidden: true }, words.devices.isNew);
  #age = h('em.num');
  #measures = Array.from({ length: MEASURES }, () => new MeasureCell());
  #spark = document.createElement('tide-spark');

  constructor(page) {
    this.page = page;
    this.device = null;
    this.node = h('div.cell.dev', { role: 'listitem' }, h('div.n', {}, this.#icon, this.#name, this.#tag, this.#age),
      h('div.ms', {}, this.#measures.map(cell => cell.node)), this.#spark);
  }

  /** `now` is when the state is judged, `seen` the present: they differ while our own link is down. */
  draw(device, now, seen, visible) {
    const state = device.state(now);
    const paled = state === 'aged' || (state === 'live' && seen > now);
    this.device = device;
    this.#look(state, paled, seen > now);
    setText(this.#name, device.name);
    this.#name.title = device.name;
    setHidden(this.#tag, !device.isNew(now));
    setText(this.#age, this.#ageText(state, seen - device.heardAt));
    this.#measures.forEach((cell, i) => cell.show(device.measures[i], device.measures));
    if (visible) this.#drawPast(state, now, seen);
  }

  #look(state, paled, away) {
    setIcon(this.#icon, LOOKS[state]);
    for (const name of ['stale', 'offline', 'waiting']) setClass(this.node, name, state === name);
    setClass(this.node, 'aged', paled);
    setClass(this.node, 'away', away);
  }

  #ageText(state, millis) {
    if (!this.device.heardAt) return words.devices.waitingTile;
    const text = age(millis);
    return state === 'stale' ? words.devices.staleFor(text) : state === 'offline' ? words.devices.offlineFor(text) : text;
  }

  #drawPast(state, now, seen) {
    const { palette } = this.page;
    const slot = Math.ceil(seen / 2000);
    const stamp = `${this.device.name} ${state} ${slot} ${this.device.trend.fills} ${palette.version}`;
    const beat = Math.max(1, (this.device.cadence || 2000) / 2000);
    this.device.trend.read(slot * 2000, past);
    const end = state === 'stale' ? 'warn' : state === 'offline' ? 'edge' : null;
    this.#spark.show(past, { palette, color: COLOURS[state], reach: Math.max(2, Math.ceil(2.5 * beat)), end }, stamp);
  }
}

class MeasureCell {
  constructor() {
    this.value = h('b.num');
    this.unit = h('u');
    this.name = h('small');
    this.node = h('div', {}, this.value, this.unit, this.name);
  }

  show(one, all) {
    setHidden(this.node, !one);
    if (!one) return;
    const [number, unit] = Number.isFinite(one.value) ? measure(one.value, one.meta.unit, one.broken) : [DASH, ''];
    setText(this.value, number);
    setText(this.unit, unit);
    setText(this.name, nameOf(one.meta, all));
  }
}

/** The metric in words, with the labels that tell two of a kind apart. */
function nameOf({ metric, labels }, all) {
  const more = Object.entries(labels).filter(([name, value]) => all.some(({ meta }) => meta.labels[name] !== value)).map(([, value]) => value);
  return [metric.replace(/_/g, ' '), ...more].join(' ');
}
