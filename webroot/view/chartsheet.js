import { age, clock, dayClock } from './format.js';
import { Axis, ticksOf } from './axis.js';
import { Chart, PLOT } from './chart.js';
import { Cursor } from './cursor.js';
import { GapLabels } from './gaplabels.js';
import { NoteMarks } from './notemarks.js';
import { Pointing } from './pointing.js';
import { Readout } from './readout.js';
import { gapsIn } from '../model/gaps.js';
import { h, scale, setClass, setHidden, setText } from './dom.js';
import { icon } from './icons.js';
import { rangeWords } from './rangewords.js';
import { words } from '../words.js';

const SUMMARY_EVERY_MILLIS = 10_000;
/** Nobody reads numbers that change faster; the lines do. */
const READ_EVERY_MILLIS = 240;

/**
 * One or more charts above each other on one time axis, with one cursor, the readouts at their right and a menu each.
 * The overview is such a sheet of four; <tide-chart> is one of one. `specs` say what the charts show (specs.js), `sight`
 * where the values come from (net/sight.js), `name` what stands in the head, else the range does. `range` fixes what this
 * sheet shows, else the page's does: seconds, or {from, until}.
 *
 * The sheet draws between open() and close(), which leave nothing behind.
 */
export class ChartSheet {
  #title = h('h2');
  #rhythm = h('span.hide-s');
  #when = h('span.when.num');
  #labels = new GapLabels();
  #axis = new Axis();
  #notes;
  #described = 0;
  #readLive = 0;
  #view = { left: 0, right: 0, width: 0, unit: 1, from: 0, until: 1, x: () => 0 };
  #sizes = null;
  #pointing = null;

  constructor(page, { specs, sight, id = 'charts', name = '', range = null }) {
    Object.assign(this, { page, specs, sight, id, name, range });
    this.charts = specs.map(spec => new Chart(spec, page));
    this.readouts = specs.map((spec, i) => new Readout(spec, page, button => this.#openMenu(i, button)));
    this.cursor = new Cursor(this.charts, this.#axis);
    this.#notes = new NoteMarks(page, note => this.#openNote(note));
    this.moment = null;
    this.node = this.#build();
  }

  open() {
    this.#sizes ??= new ResizeObserver(() => this.#measure());
    this.#sizes.observe(this.charts[0].node);
    this.#pointing ??= this.#point();
    this.page.sheets.add(this);
    this.page.annotations.open();
    this.page.loop.add(this);
    this.page.invalidate();
  }

  close() {
    this.leave();
    this.sight.close();
  }

  /** As close(), for one whose sight goes on in another sheet. */
  leave() {
    this.#sizes?.disconnect();
    this.#pointing?.release();
    this.#pointing = this.#sizes = null;
    this.page.sheets.delete(this);
    this.page.annotations.close();
    this.page.loop.remove(this);
    for (const chart of this.charts) chart.release();
  }

  draw(shared) {
    const moment = this.#ownMoment(shared);
    if (!this.#view.width) this.#measure();
    const width = this.#view.right - this.#view.left;
    this.store = this.sight.store(moment, width * devicePixelRatio / this.#view.unit) ?? this.page.store;
    this.moment = this.#following(moment);
    const { from, until } = this.moment;
    this.#aim(this.moment);
    const { ticks, step } = ticksOf(from, until, width / this.#view.unit);
    const { gaps, marks } = gapsIn(this.store, this.page.outages, from, until, moment.frozen ? null : moment.silent);
    const notes = this.page.annotations.in(from, until);
    const key = `${gaps.map(gap => `${gap.kind}${gap.until}`).join()}${ticks.length} ${ticks[0]} ${notes.map(note => note.id).join()}`;
    for (const chart of this.charts) chart.draw({ from, until, store: this.store, frozen: moment.frozen, ticks, gaps, notes, key });
    this.#axis.draw(this.#view, { ticks, step }, marks.map(mark => ({ ...mark, label: words.gap.filled(age(mark.until - mark.from)) })));
    this.#labels.draw(gaps, this.#view, this.page.link.draining);
    this.#notes.draw(notes, this.#view);
    this.#readAt(this.moment);
    this.#describe(this.moment);
  }

  /** Arrow keys: from the newest value, or from where the cursor is, by what one pixel or one value is. */
  walk(steps) {
    const { from, until } = this.moment;
    const step = Math.max(this.store.step, 1000);
    const start = this.#cursorTime(this.moment) ?? until + (steps < 0 ? step : 0);
    this.page.state.hold(Math.min(until, Math.max(from, start + steps * step)));
  }

  /** Keys: shows more or less, around the cursor or the middle. */
  zoomBy(factor) {
    const { from, until } = this.moment;
    this.page.state.zoomBy(factor, this.#cursorTime(this.moment) ?? (from + until) / 2, this.moment);
  }

  /** Keys: earlier or later, by a part of what is in sight. */
  panBy(part) {
    this.page.state.panBy(part * (this.moment.until - this.moment.from), this.moment);
  }

  #build() {
    const rows = this.charts.map((chart, i) => h('div.crow', {}, chart.node, this.readouts[i].node));
    this.charts[0].node.append(...this.#labels.nodes, ...this.#notes.nodes);
    this.#title.id = `${this.id}-title`;
    this.backButton = h('button.btn.out.tiny', { type: 'button', hidden: true, onclick: () => this.page.state.resume() }, icon('play'), words.backToLive);
    this.warning = h('span.warn.note', { hidden: true });
    return h(`section.sheet.charts.cell.of-${this.charts.length}`, { 'aria-labelledby': this.#title.id },
      h('div.head', {}, this.#title, this.#rhythm, this.warning, h('span.grow'), this.#when, this.backButton),
      rows, h('div.crow.last', {}, this.#axis.node, h('div.read')));
  }

  /** The menu is loaded when it is first asked for. */
  async #openMenu(i, button) {
    const { openMenu } = await import('./chartmenu.js');
    openMenu(button, { page: this.page, sheet: this, spec: this.specs[i], chart: this.charts[i] });
  }

  async #openNote(note) {
    const { openNote } = await import('./chartmenu.js');
    openNote(this.page, note);
  }

  #point() {
    const box = () => this.charts[0].node.getBoundingClientRect();
    const { state } = this.page;
    return new Pointing(this.node, {
      timeAt: clientX => this.#timeAt(clientX - box().left),
      follow: clientX => state.follow(clientX === null ? null : this.#pointerAt(clientX - box().left)),
      hold: t => state.hold(t),
      isOver: event => Boolean(event.target.closest?.('.plot, .axis')) && !event.target.closest('button'),
      select: (a, b) => this.#select(a === null ? null : [a - box().left, b - box().left].sort((p, q) => p - q)),
      zoom: (from, until) => state.zoomTo(from, until, this.moment.edge),
      stretch: () => ({ from: this.moment.from, until: this.moment.until, width: this.#view.right - this.#view.left }),
      scale: (factor, clientX) => state.zoomBy(factor, this.#exactAt(clientX - box().left), this.moment),
      pan: pixels => state.panBy((pixels / (this.#view.right - this.#view.left)) * (this.moment.until - this.moment.from), this.moment),
      back: () => state.resume(),
    });
  }

  /** What is under the pointer moves with the picture. */
  #pointerAt(x) {
    return () => this.#timeAt(x);
  }

  #ownMoment(shared) {
    if (!this.range || shared.zoomed) return shared;
    if (typeof this.range === 'number') return { ...shared, from: shared.until - this.range * 1000 };
    return { ...shared, ...this.range, frozen: true, silent: null };
  }

  /** Values of less than a second come between the page's own ticks. */
  #following(moment) {
    const { store } = this;
    const ahead = !moment.frozen && store.step < 1000 && store.head ? store.headTime - moment.until : 0;
    return ahead > 0 ? { ...moment, from: moment.from + ahead, until: moment.until + ahead } : moment;
  }

  /** The time under the pointer, or the one that is held, while it is in sight. */
  #cursorTime({ from, until }) {
    const t = this.page.state.cursorTime();
    return t !== null && t >= from && t <= until ? t : null;
  }

  #exactAt(x) {
    const { left, right, from, until } = this.#view;
    const part = Math.min(1, Math.max(0, (x - left) / (right - left)));
    return from + part * (until - from);
  }

  #timeAt(x) {
    const step = this.store?.step ?? 1000;
    return Math.round(this.#exactAt(x) / step) * step;
  }

  #select(ends) {
    const { left, right } = this.#view;
    this.cursor.select(ends && [Math.max(left, ends[0]), Math.min(right, ends[1])]);
  }

  #measure() {
    const unit = scale();
    const width = this.charts[0].node.clientWidth;
    if (width === this.#view.width && unit === this.#view.unit) return;
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
    const newest = live ? this.sight.newest : null;
    if (live && this.#readLive && Math.abs(moment.now - this.#readLive) < READ_EVERY_MILLIS) return;
    this.#readLive = live && (newest ?? this.store).head ? moment.now : 0;
    const away = live && moment.silent === 'link';
    for (const readout of this.readouts) readout.draw(seen ?? moment.until, newest ?? this.store, { live: Boolean(newest), now: away ? moment.headTime : moment.now, away });
    this.#sayWhen(seen, moment);
  }

  #sayWhen(seen, moment) {
    const narrow = this.#view.width < 560 * this.#view.unit;
    setText(this.#title, this.name || rangeWords(moment, this.range ?? this.page.state.range, narrow));
    setText(this.#rhythm, this.#rhythmText(moment, narrow));
    setHidden(this.backButton, !moment.zoomed);
    setText(this.warning, this.#warningText());
    setHidden(this.warning, !this.warning.textContent);
    setText(this.#when, this.#whenText(seen, moment));
    setClass(this.#when, 'now', seen === null);
    setClass(this.#when, 'warn', seen === null && Boolean(moment.silent) && !moment.frozen && this.page.store.head > 0);
  }

  #rhythmText(moment, narrow) {
    const every = words.charts.every(age(Math.max(moment.interval, this.store.step)));
    return this.name && !narrow ? `${rangeWords(moment, this.range ?? this.page.state.range, true)}, ${every}` : every;
  }

  #warningText() {
    if (this.page.shownSince) return words.time.offline(dayClock(this.page.shownSince, this.moment.now));
    if (this.sight.failure) return words.time.refused(this.sight.failure);
    if (this.specs[0].note) return this.specs[0].note;
    return this.sight.waiting && this.moment.frozen ? words.charts.waiting : '';
  }

  #whenText(seen, { until, now, headTime, silent, frozen }) {
    if (!headTime && !this.store.head) return words.charts.waiting;
    if (seen !== null) return words.charts.at(dayClock(seen, now), age(Math.max(0, now - seen)));
    if (frozen) return words.charts.asOf(dayClock(until, now));
    return silent ? words.charts.asOf(clock(headTime)) : words.charts.now;
  }

  /** What a screen reader says of each chart; not more often than someone could listen. */
  #describe(moment) {
    if (moment.now - this.#described < SUMMARY_EVERY_MILLIS) return;
    this.#described = this.store.head ? moment.now : 0;
    this.specs.forEach((spec, i) => this.charts[i].describe(this.#summary(spec, moment)));
  }

  #summary(spec, { from, until }) {
    const { store } = this;
    const total = spec.total ?? { keys: () => [spec.rows[0]?.key() ?? ''], of: ([value]) => value, format: spec.rows[0]?.format };
    const series = total.keys().map(key => store.get(key));
    let low = Infinity, high = -Infinity, now = NaN;
    for (let t = Math.ceil(from / store.step) * store.step; t <= until; t += store.step) {
      const value = total.of(series.map(one => store.at(one, t)));
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      now = value;
    }
    if (low > high) return words.charts.empty(spec.name);
    return words.charts.summary(spec.name, rangeWords(this.moment, this.range ?? this.page.state.range, false), ...[now, low, high].map(total.format));
  }
}
