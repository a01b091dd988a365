import { clock } from './format.js';
import { h, setHidden, setText } from './dom.js';

/** One cursor through all charts: a line, rings where it crosses the rows, the time on the axis. */
export class Cursor {
  #marks;

  constructor(charts, axis) {
    this.axis = axis;
    this.#marks = charts.map(chart => new Mark(chart));
  }

  draw(t, view) {
    const shown = t !== null && t >= view.from && t <= view.until;
    const x = shown ? view.x(t) : 0;
    setHidden(this.axis.flag, !shown);
    if (shown) this.#flag(t, x, view);
    for (const mark of this.#marks) mark.draw(shown ? t : null, x);
  }

  /** Shades what is being dragged over; `ends` in pixels of a chart, or null. */
  select(ends) {
    for (const mark of this.#marks) mark.select(ends);
  }

  #flag(t, x, view) {
    setText(this.axis.flag, clock(t));
    const half = 31 * view.unit;
    const middle = Math.min(Math.max(x, half), view.width - half);
    this.axis.flag.style.transform = `translateX(${middle.toFixed(1)}px) translateX(-50%)`;
  }
}

/** The cursor's part in one chart. */
class Mark {
  #line = h('div.cursor', { hidden: true });
  #selection = h('div.selection', { hidden: true });
  #rings;

  constructor(chart) {
    this.chart = chart;
    this.#rings = chart.layers.map(layer => h(`span.ring.${layer.row.color}`, { hidden: true }));
    chart.node.append(this.#selection, this.#line, ...this.#rings);
  }

  draw(t, x) {
    setHidden(this.#line, t === null);
    if (t !== null) this.#line.style.transform = `translateX(${Math.round(x)}px)`;
    const places = t === null ? [] : this.chart.ringsAt(t);
    this.#rings.forEach((ring, i) => this.#ring(ring, places[i], x));
  }

  select(ends) {
    setHidden(this.#selection, !ends);
    if (!ends) return;
    this.#selection.style.transform = `translateX(${ends[0]}px)`;
    this.#selection.style.width = `${ends[1] - ends[0]}px`;
  }

  #ring(ring, place, x) {
    setHidden(ring, !place?.there);
    if (!ring.hidden) ring.style.transform = `translate(${Math.round(x)}px, ${place.y.toFixed(1)}px)`;
  }
}
