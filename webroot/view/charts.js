import { age, clock } from './format.js';
import { Axis, ticksOf } from './axis.js';
import { Chart, PLOT } from './chart.js';
import { Cursor } from './cursor.js';
import { GapLabels } from './gaplabels.js';
import { Pointing } from './pointing.js';
import { Readout } from './readout.js';
import { TableDialog } from './table.js';
import { chartSpecs } from './specs.js';
import { gapsIn } from '../model/gaps.js';
import { h, scale, setClass, setHidden, setText } from './dom.js';
import { words } from '../words.js';

const SUMMARY_EVERY_MILLIS = 10_000;

/** Four charts above each other on one time axis, with one cursor and the readouts at the right. */
export class Charts {
  #title = h('h2');
  #rhythm = h('span.hide-s');
  #when = h('span.when.num');
  #labels = new GapLabels();
  #axis = new Axis();
  #described = 0;
  #view = { left: 0, right: 0, width: 0, unit: 1, from: 0, until: 1, x: () => 0 };

  constructor(page) {
    this.page = page;
    this.specs = chartSpecs(page);
    this.table = new TableDialog(page);
    this.charts = this.specs.map(spec => new Chart(spec, page));
    this.readouts = this.specs.map(spec => new Readout(spec, page, () => this.table.open(spec, this.moment)));
    this.cursor = new Cursor(this.charts, this.#axis);
    this.node = this.#build();
    new ResizeObserver(() => this.#measure()).observe(this.charts[0].node);
    this.#point();
  }

  draw(moment) {
    this.moment = moment;
    this.#aim(moment);
    const { ticks, step } = ticksOf(moment.from, moment.until, (this.#view.right - this.#view.left) / this.#view.unit);
    const { gaps, marks } = gapsIn(this.page.store, this.page.outages, moment.from, moment.until, moment.frozen ? null : moment.silent);
    const context = { ticks, gaps, key: gaps.map(gap => `${gap.kind}${gap.until}`).join() + ticks.length };
    for (const chart of this.charts) chart.draw(moment, context);
    this.#axis.draw(this.#view, { ticks, step }, marks.map(mark => ({ ...mark, label: words.gap.filled(age(mark.until - mark.from)) })));
    this.#labels.draw(gaps, this.#view, this.page.link.draining);
    this.#readAt(moment);
    this.#describe(moment);
  }

  /** Arrow keys: from the newest value, or from where the cursor is. */
  walk(steps) {
    const { from, until } = this.moment;
    const start = this.#cursorTime(this.moment) ?? until + (steps < 0 ? 1000 : 0);
    this.page.state.hold(Math.min(until, Math.max(from, start + steps * 1000)));
  }

  /** The viewer has left: nothing may hold on to the canvases. */
  destroy() {
    this.pointing.destroy();
    for (const chart of this.charts) chart.destroy();
  }

  letGo() {
    const shown = this.page.state.cursor !== null;
    if (shown) this.page.state.hold(null);
    return shown;
  }

  #build() {
    const rows = this.charts.map((chart, i) => h('div.crow', {}, chart.node, this.readouts[i].node));
    this.charts[0].node.append(...this.#labels.nodes);
    this.#title.id = 'charts-title';
    return h('section.sheet.charts.cell', { 'aria-labelledby': 'charts-title' },
      h('div.head', {}, this.#title, this.#rhythm, h('span.grow'), this.#back(), this.#when),
      rows, h('div.crow.last', {}, this.#axis.node, h('div.read')), this.table.node);
  }

  #back() {
    this.backButton = h('button.btn.out.tiny', { type: 'button', hidden: true, onclick: () => this.page.state.resume() }, words.backToLive);
    return this.backButton;
  }

  #point() {
    const box = () => this.charts[0].node.getBoundingClientRect();
    this.pointing = new Pointing(this.node, {
      timeAt: clientX => this.#timeAt(clientX - box().left),
      follow: clientX => this.page.state.follow(clientX === null ? null : clientX - box().left),
      hold: t => this.page.state.hold(t),
      isOver: event => Boolean(event.target.closest?.('.plot, .axis')),
      select: (a, b) => this.#select(a === null ? null : [a - box().left, b - box().left].sort((p, q) => p - q)),
      zoom: (from, until) => this.page.state.zoomTo(from, until, this.moment.edge),
      back: () => this.page.state.resume(),
    });
  }

  /** The time under the pointer, or the one that is held and in sight. */
  #cursorTime({ from, until }) {
    const { cursor, pointer } = this.page.state;
    if (pointer !== null) return this.#timeAt(pointer);
    return cursor !== null && cursor >= from && cursor <= until ? cursor : null;
  }

  #timeAt(x) {
    const { left, right, from, until } = this.#view;
    const part = Math.min(1, Math.max(0, (x - left) / (right - left)));
    return Math.round((from + part * (until - from)) / 1000) * 1000;
  }

  #select(ends) {
    const { left, right } = this.#view;
    this.cursor.select(ends && [Math.max(left, ends[0]), Math.min(right, ends[1])]);
  }

  #measure() {
    const unit = scale();
    const width = this.charts[0].node.clientWidth;
    Object.assign(this.#view, { unit, width, left: PLOT.left * unit, right: width - PLOT.right * unit });
    this.page.invalidate();
  }

  #aim({ from, until }) {
    const view = this.#view;
    Object.assign(view, { from, until, x: t => view.left + ((t - from) / (until - from)) * (view.right - view.left) });
  }

  #readAt(moment) {
    const seen = this.#cursorTime(moment);
    this.cursor.draw(seen, this.#view);
    const live = seen === null && !moment.frozen;
    for (const readout of this.readouts) readout.draw(seen ?? moment.until, live);
    this.#sayWhen(seen, moment);
  }

  #sayWhen(seen, moment) {
    const { range, zoom } = this.page.state;
    const narrow = this.#view.width < 560 * this.#view.unit;
    setText(this.#title, zoom ? words.zoomed(clock(zoom.from), clock(zoom.until)) : (narrow ? words.shortRange : words.lastRange)[range]);
    setText(this.#rhythm, words.charts.every(age(moment.interval)));
    setHidden(this.backButton, !moment.zoomed);
    setText(this.#when, this.#whenText(seen, moment));
    setClass(this.#when, 'now', seen === null);
    setClass(this.#when, 'warn', seen === null && Boolean(moment.silent) && !moment.frozen && this.page.store.head > 0);
  }

  #whenText(seen, { until, now, headTime, silent, frozen }) {
    if (!headTime) return words.charts.waiting;
    if (seen !== null) return words.charts.at(clock(seen), age(Math.max(0, now - seen)));
    if (frozen) return words.charts.asOf(clock(until));
    return silent ? words.charts.asOf(clock(headTime)) : words.charts.now;
  }

  /** What a screen reader says of each chart; not more often than someone could listen. */
  #describe(moment) {
    if (moment.now - this.#described < SUMMARY_EVERY_MILLIS) return;
    this.#described = moment.headTime ? moment.now : 0;
    this.specs.forEach((spec, i) => this.charts[i].describe(this.#summary(spec, moment)));
  }

  #summary(spec, { from, until }) {
    const { store } = this.page;
    const series = spec.total.keys().map(key => store.get(key));
    let low = Infinity, high = -Infinity, now = NaN;
    for (let t = Math.ceil(from / 1000) * 1000; t <= until; t += 1000) {
      const value = spec.total.of(series.map(one => store.at(one, t)));
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      now = value;
    }
    if (low > high) return words.charts.empty(spec.name);
    return words.charts.summary(spec.name, words.lastRange[this.page.state.range], ...[now, low, high].map(spec.total.format));
  }
}
