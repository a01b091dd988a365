import { clock, clockMinutes } from './format.js';
import { h, setClass, setText } from './dom.js';

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600];
/** Room for one label with air around it, in pixels at 16 px type. */
const LABEL = 130;
const POOL = 16;

/** Round times in sight, no more than there is room for. Rounded in the viewer's own time zone. */
export function ticksOf(from, until, room) {
  const wanted = (until - from) / 1000 / Math.max(1, Math.min(POOL - 2, Math.floor(room / LABEL)));
  const step = 1000 * (STEPS.find(s => s >= wanted) ?? STEPS.at(-1));
  const zone = new Date(until).getTimezoneOffset() * 60_000;
  const ticks = [];
  for (let t = Math.ceil((from - zone) / step) * step + zone; t <= until; t += step) ticks.push(t);
  return { step, ticks };
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
    label.hidden = t === undefined;
    if (label.hidden) return;
    setText(label, step < 60_000 ? clock(t) : clockMinutes(t));
    const x = view.x(t);
    setClass(label, 'last', x > view.right - LABEL / 5 * view.unit);
    label.style.transform = `translateX(${x.toFixed(1)}px)`;
  }

  /** A thin bracket remembers what was missing and has been filled in. */
  #bracket(node, mark, view) {
    node.hidden = !mark;
    if (!mark) return;
    const left = Math.max(view.left, view.x(mark.from));
    const right = Math.min(view.right, view.x(mark.until));
    node.style.transform = `translateX(${left.toFixed(1)}px)`;
    node.style.width = `${Math.max(3, right - left).toFixed(1)}px`;
    setText(node.firstChild, mark.label);
    setClass(node, 'leftward', right + 11 * view.unit * mark.label.length * 0.6 > view.right);
  }
}
