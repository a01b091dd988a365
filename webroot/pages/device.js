import { DASH, age, count, day, clock as clockTime } from '../view/format.js';
import { card, commandsFor } from '../view/doors.js';
import { chartOf } from '../view/tidechart.js';
import { h, setClass, setHidden, setText } from '../view/dom.js';
import { icon, setIcon } from '../view/icons.js';
import { newest } from '../net/wants.js';
import { pathOf } from '../model/routes.js';
import { placeOf } from '../view/devicerow.js';
import { quoted } from '../model/key.js';
import { words } from '../words.js';

const ASK_EVERY_MILLIS = 5000;
/** Charts of one page: each is a subscription of its own. */
const MOST_CHARTS = 24;
const MOST_EXAMPLES = 3;
/** A clock is in step when it is off by no more than the way of a reading explains. */
const IN_STEP_MILLIS = 250;
const w = words.device;

/** One device: how it is, all that it measures, and how to send as it does. */
export function mount(element, visit) {
  const view = new DeviceView(element, visit);
  visit.title(visit.route.params.id);
  visit.draw(view);
}

class DeviceView {
  #icon = icon('wait');
  #state = h('span');
  #place = h('span.qq.place');
  #facts = new Map();
  #metrics = new Map();
  #measures = [];
  #known = null;
  #missing = false;
  #sendStamp = '';

  constructor(element, visit) {
    this.visit = visit;
    this.page = visit.page;
    this.name = visit.route.params.id;
    this.selector = `{device=${quoted(this.name)}}`;
    this.#build(element);
    visit.poll(`/api/v1/devices?${new URLSearchParams({ device: this.name })}`, ASK_EVERY_MILLIS, ({ devices: [found] }) => {
      this.#known = found ?? null;
      this.#missing = !found;
    });
    visit.follow(this.#want());
    visit.follow({ topics: ['device.state'], heard: message => message.deviceId === this.name && this.#told(message) });
  }

  draw(moment) {
    const known = this.#known;
    const state = known?.state ?? 'wait';
    setIcon(this.#icon, state);
    setText(this.#state, known ? words.devices[state] : '');
    for (const each of ['live', 'stale', 'offline']) setClass(this.badge, each, state === each);
    setText(this.#place, placeOf({ measures: this.#measures.map(meta => ({ meta })) }));
    setHidden(this.unknown, !this.#missing || known !== null);
    setHidden(this.facts, known === null);
    setHidden(this.quiet, !known || this.#metrics.size > 0 || !this.asked);
    if (known) this.#say(known, moment.now);
    this.#drawSend();
  }

  #build(element) {
    const explore = `${pathOf('explore')}?${new URLSearchParams({ select: this.selector })}`;
    this.badge = h('span.badge', {}, this.#icon, this.#state);
    this.facts = h('section.sheet.facts', { 'aria-label': w.facts, hidden: true }, ['heard', 'every', 'clock', 'readings', 'first', 'refused'].map(name => this.#fact(name)));
    this.unknown = h('div.sheet.nothing', { hidden: true }, h('h2', {}, w.unknownTitle), h('p', {}, w.unknownSay));
    this.quiet = h('p.qq.quiet', { hidden: true }, w.quiet);
    this.charts = h('section.chartgrid', { 'aria-label': w.charts });
    this.more = h('p.qq', { hidden: true });
    this.send = h('section.sheet.send', { 'aria-label': w.send, hidden: true });
    element.append(
      h('div.tool', {}, h('a.btn.back', { href: pathOf('devices') }, icon('back'), words.nav.devices), h('h1', { tabindex: '-1' }, this.name), this.badge, this.#place, h('span.grow'),
        h('a.btn.out', { href: explore }, icon('curve'), w.explore)),
      this.facts, this.unknown, this.quiet, this.charts, this.more, this.send);
  }

  #fact(name) {
    const value = h('b.num');
    const note = h('span.qq');
    this.#facts.set(name, { value, note });
    return h('div.cell.fact', {}, h('span.qq', {}, w[name]), value, note);
  }

  #told({ state, lastSeen, cadence }) {
    this.#known = { ...this.#known, state, lastSeen, cadence };
    this.page.invalidate();
  }

  #want() {
    return {
      select: () => [this.selector],
      takes: (meta, every) => newest(meta, every) && meta.labels?.device === this.name,
      target: meta => this.#learn(meta),
      joined: () => (this.asked = true),
    };
  }

  #learn(meta) {
    if (!this.#measures.some(known => known.metric === meta.metric)) this.#chart(meta);
    this.#measures.push(meta);
    return {
      write: (t, value) => {
        meta.last = value;
        if (this.#known && t > this.#known.lastSeen) this.#known.lastSeen = t;
      },
    };
  }

  #chart({ metric }) {
    if (this.#metrics.has(metric)) return;
    const drawn = this.#metrics.size < MOST_CHARTS;
    const name = metric.replace(/_/g, ' ');
    this.#metrics.set(metric, drawn);
    if (drawn) this.charts.append(chartOf(this.page, { id: metric, name, kind: 'line', select: [`${metric}${this.selector}`], interval: 1000, rowOf: rowName }));
    const count = Math.min(MOST_CHARTS, this.#metrics.size);
    this.charts.dataset.count = count;
    setClass(this.charts, 'thirds', count === 3 || count > 4);
    setHidden(this.more, drawn);
    setText(this.more, w.more(MOST_CHARTS, this.#metrics.size));
  }

  #say(known, now) {
    this.#put('heard', known.lastSeen ? w.ago(age(now - known.lastSeen)) : words.devices.never, known.lastSeen ? moment(known.lastSeen, now) : '');
    this.#put('every', known.cadence ? age(Math.max(1000, known.cadence)) : w.unknown, '');
    this.#put('clock', skewWords(known.skew), '');
    this.#put('readings', known.readings === undefined ? DASH : count(known.readings), '');
    this.#put('first', known.firstSeen ? moment(known.firstSeen, now) : DASH, known.firstSeen ? w.ago(age(now - known.firstSeen)) : '');
    const refusal = known.lastRefusal;
    this.#put('refused', known.refused ? count(known.refused) : w.none, refusal ? `${w.lastRefusal(refusal.code, age(now - refusal.t))}: ${refusal.message}` : '');
    const { value, note } = this.#facts.get('refused');
    setClass(value, 'warn', Boolean(known.refused));
    note.title = refusal?.message ?? '';
    setClass(this.#facts.get('heard').value, 'warn', known.state === 'stale');
  }

  #put(name, text, more) {
    const { value, note } = this.#facts.get(name);
    setText(value, text);
    setText(note, more);
  }

  /** An example with what it measures, made when that is known. */
  #drawSend() {
    const doors = this.page.info?.doors;
    const measures = [...new Map(this.#measures.map(meta => [meta.metric, meta])).values()].slice(0, MOST_EXAMPLES);
    const stamp = `${Boolean(doors)} ${this.#missing} ${measures.map(meta => meta.metric)}`;
    if (!doors || stamp === this.#sendStamp || (!measures.length && !this.#missing)) return;
    this.#sendStamp = stamp;
    const values = Object.fromEntries(measures.map(meta => [meta.metric, Number.isFinite(meta.last) ? Number(meta.last.toPrecision(4)) : 1]));
    const commands = commandsFor(doors, location, { device: this.name, values: measures.length ? values : { temperature: 21.4 } });
    setHidden(this.send, commands.length === 0);
    this.send.replaceChildren(h('div.head.cell', {}, h('h2', {}, w.send)), h('div.cards', {}, commands.map(card)));
  }
}

/** What tells series of one metric apart; their chart has the metric's name already. */
const rowName = ({ metric, labels }) => (labels.core ?? labels.part ?? labels.mode ? {} : { name: metric.replace(/_/g, ' ') });

const moment = (t, now) => (day(t) === day(now) ? clockTime(t) : `${day(t)} ${clockTime(t)}`);

function skewWords(skew) {
  if (!Number.isFinite(skew)) return w.noStamps;
  if (Math.abs(skew) <= IN_STEP_MILLIS) return w.inStep;
  const text = Math.abs(skew) < 1000 ? words.pill.millis(Math.round(Math.abs(skew))) : age(Math.abs(skew));
  return skew > 0 ? w.ahead(text) : w.behind(text);
}
