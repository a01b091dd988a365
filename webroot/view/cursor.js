import { clock } from './format.js';
import { h, setText } from './dom.js';

/** One cursor through all charts: a line, rings where it crosses the rows, the time on the axis. */
export class Cursor {
  #line = h('div.cursor', { hidden: true, 'aria-hidden': 'true' });
  #rings;

  constructor(charts, axis) {
    this.charts = charts;
    this.axis = axis;
    this.#rings = charts.map(chart => {
      const rings = chart.layers.map(layer => h(`span.ring.${layer.row.color}`, { hidden: true }));
      chart.node.append(...rings);
      return rings;
    });
    this.node = this.#line;
  }

  draw(t, view) {
    const shown = t !== null && t >= view.from && t <= view.until;
    this.#line.hidden = this.axis.flag.hidden = !shown;
    const x = shown ? view.x(t) : 0;
    if (shown) this.#place(t, x, view);
    this.charts.forEach((chart, i) => this.#placeRings(shown ? chart.ringsAt(t) : [], this.#rings[i], x));
  }

  #place(t, x, view) {
    this.#line.style.transform = `translateX(${Math.round(x)}px)`;
    setText(this.axis.flag, clock(t));
    const half = 31 * view.unit;
    const left = Math.min(Math.max(x, half), view.width - half);
    this.axis.flag.style.transform = `translateX(${left.toFixed(1)}px) translateX(-50%)`;
  }

  #placeRings(places, rings, x) {
    rings.forEach((ring, i) => {
      const place = places[i];
      ring.hidden = !place?.there;
      if (!ring.hidden) ring.style.transform = `translate(${x.toFixed(1)}px, ${place.y.toFixed(1)}px)`;
    });
  }
}
