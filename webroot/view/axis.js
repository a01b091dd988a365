import { clock, clockMinutes, day, zone } from './format.js';
import { h, setClass, setHidden, setText } from './dom.js';

const DAY = 86_400;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, DAY, 2 * DAY, 5 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY];
/** Room for one label with air around it, in pixels at 16 px type. */
const LABEL = 130;
const POOL = 16;

const offset = t => (zone.utc ? 0 : new Date(t).getTimezoneOffset() * 60_000);

/** Round times in sight, no more than there is room for. Rounded as the viewer's clock tells them. */
export function ticksOf(from, until, room) {
  const wanted = (until - from) / 1000 / Math.max(1, Math.min(POOL - 2, Math.floor(room / LABEL)));
  const step = 1000 * (STEPS.find(s => s >= wanted) ?? STEPS.at(-1));
  const ticks = [];
  for (let t = Math.floor((from - offset(from)) / step) * step; ; t += step) {
    const tick = t + offset(t + offset(from));
    if (tick > until) return { step, ticks };
    if (tick >= from) ticks.push(tick);
  }
}

/** A day's name stands at its midnight. */
function labelOf(t, step) {
  if (step >= DAY * 1000 || (step >= 3_600_000 && clockMinutes(t) === '00:00')) return day(t);
  return step < 60_000 ? clock(t) : clockMinutes(t);
}

/** The one time axis under all charts: labels that are moved, never made anew. */
export class Axis {
  #labels = Array.from({ length: POOL }, () => h('span.tick', { hidden: true }));
  #marks = Array.from({ length: 6 }, () => h('span.mended', { hidden: true }, h('span')));

  constructor() {
    this.flag = h('span.flag', { hidden: true });
    this.node = h('div.axis', { 'aria-hidden': 'true' }, this.#labels, this.#marks, this.flag);
  }

  draw(view, { step, ticks }, marks) {
    this.#labels.forEach((label, i) => this.#place(label, ticks[i], view, step));
    this.#marks.forEach((bracket, i) => this.#bracket(bracket, marks[marks.length - 1 - i], view));
  }

  #place(label, t, view, step) {
    setHidden(label, t === undefined);
    if (label.hidden) return;
    setText(label, labelOf(t, step));
    const x = view.x(t);
    setClass(label, 'last', x > view.right - LABEL / 5 * view.unit);
    label.style.transform = `translateX(${x.toFixed(1)}px)`;
  }

  /** A thin bracket remembers what was missing and has been filled in. */
  #bracket(node, mark, view) {
    setHidden(node, !mark);
    if (!mark) return;
    const left = Math.max(view.left, view.x(mark.from));
    const right = Math.min(view.right, view.x(mark.until));
    node.style.transform = `translateX(${left.toFixed(1)}px)`;
    node.style.width = `${Math.max(3, right - left).toFixed(1)}px`;
    setText(node.firstChild, mark.label);
    setClass(node, 'leftward', right + 11 * view.unit * mark.label.length * 0.6 > view.right);
  }
}
