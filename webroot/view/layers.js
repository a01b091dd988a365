import { reach } from '../model/store.js';

/**
 * One drawn row of a chart: from `lower` to `upper` at each slot in sight, NaN where there is no value.
 * The path breaks wherever values lie further apart than their rhythm explains.
 */
export class Layer {
  constructor(row) {
    this.row = row;
    this.lower = new Float64Array(0);
    this.upper = new Float64Array(0);
    this.paths = null;
  }

  resize(count) {
    if (this.upper.length === count) return;
    this.lower = new Float64Array(count);
    this.upper = new Float64Array(count);
  }

  /** For uPlot: called when it needs the paths anew. */
  pathsFor(spans) {
    return u => this.#build(u, spans());
  }

  #build(u, spans) {
    const n = this.upper.length;
    const x0 = u.valToPos(u.data[0][0], 'x', true);
    const dx = n > 1 ? (u.valToPos(u.data[0][n - 1], 'x', true) - x0) / (n - 1) : 0;
    const y0 = u.valToPos(0, 'y', true);
    const dy = u.valToPos(1, 'y', true) - y0;
    const stroke = new Path2D();
    const fill = this.row.dashed ? null : new Path2D();
    let first = -1, last = -1;
    for (let i = 0; i <= n; i++) {
      if (i < n && Number.isNaN(this.upper[i])) continue;
      const broken = first >= 0 && (i === n || i - last > reach(Math.max(spans[i], spans[last])));
      if (broken) {
        this.#close(fill, stroke, first, last, x0, dx, y0, dy);
        first = -1;
      }
      if (i === n) break;
      if (first < 0) first = i;
      last = i;
    }
    return { stroke, fill, clip: null, flags: 3 };
  }

  /** Draws one run without a gap; a single value becomes a short dash so that it can be seen. */
  #close(fill, stroke, first, last, x0, dx, y0, dy) {
    const { upper, lower } = this;
    if (first === last) {
      const x = x0 + first * dx, y = y0 + upper[first] * dy;
      stroke.moveTo(x - dx / 3, y);
      stroke.lineTo(x + dx / 3, y);
      return;
    }
    stroke.moveTo(x0 + first * dx, y0 + upper[first] * dy);
    fill?.moveTo(x0 + first * dx, y0 + upper[first] * dy);
    for (let i = first + 1; i <= last; i++) {
      if (Number.isNaN(upper[i])) continue;
      stroke.lineTo(x0 + i * dx, y0 + upper[i] * dy);
      fill?.lineTo(x0 + i * dx, y0 + upper[i] * dy);
    }
    if (!fill) return;
    for (let i = last; i >= first; i--) if (!Number.isNaN(upper[i])) fill.lineTo(x0 + i * dx, y0 + lower[i] * dy);
    fill.closePath();
  }
}

/**
 * Copies what is in sight into the layers. Stacked rows stand on those before them; a row that is not
 * shown takes no room. Returns the largest size in sight, NaN for none.
 */
export function fillLayers(layers, { store, from, count, spec, shows, band }) {
  let most = NaN;
  for (const layer of layers) layer.resize(count);
  for (let i = 0; i < count; i++) {
    const slot = store.slot(from + i * 1000);
    let base = 0;
    for (const layer of layers) {
      const value = slot < 0 || !layer.series || !shows(layer.row) ? NaN : layer.series.values[slot];
      const below = layer.row.below ? -1 : 1;
      const stands = spec.stacked && !layer.row.dashed;
      layer.lower[i] = stands ? base : 0;
      layer.upper[i] = (stands ? base : 0) + value * below;
      if (stands && value >= 0) base += value;
      if (!(value <= most)) most = Number.isNaN(value) ? most : value;
      if (layer.series?.high && slot >= 0 && layer.series.high[slot] > most) most = layer.series.high[slot];
    }
    if (band) fillBand(band, i, slot);
  }
  return most;
}

function fillBand(band, i, slot) {
  band.low[i] = slot < 0 || !band.series?.low ? NaN : band.series.low[slot];
  band.high[i] = slot < 0 || !band.series?.high ? NaN : band.series.high[slot];
}
