import { reach } from '../model/store.js';

/** For uPlot: fill and stroke are both clipped to the plot. */
const FILL_AND_STROKE = 3;

/** One drawn row of a chart: from `lower` to `upper` at each slot in sight, NaN where there is no value. */
export class Layer {
  constructor(row) {
    this.row = row;
    this.series = undefined;
    this.lower = new Float64Array(0);
    this.upper = new Float64Array(0);
    /** Minimum and maximum at each slot, where a window stands for several readings. */
    this.low = this.high = new Float64Array(0);
    /** The line as it was drawn last. */
    this.path = null;
  }

  /** The scale of its values, as uPlot knows it: rows of another unit have one of their own. */
  get axis() {
    return this.row.second ? 'y2' : 'y';
  }

  resize(count) {
    if (this.upper.length === count) return;
    this.lower = new Float64Array(count);
    this.upper = new Float64Array(count);
    this.low = new Float64Array(count);
    this.high = new Float64Array(count);
  }

  /** For uPlot: called when it needs the paths anew. */
  pathsFor(spans) {
    return u => this.#paths(geometryOf(u, this.axis), spans());
  }

  #paths(at, spans) {
    const stroke = new Path2D();
    const fill = this.row.dashed || this.row.bare ? null : new Path2D();
    for (const [first, last] of runsOf(this.upper, spans, this.series?.beat)) {
      if (first === last) this.#dash(stroke, at, first);
      else {
        this.#line(stroke, at, first, last);
        if (fill) this.#area(fill, at, first, last);
      }
    }
    this.path = stroke;
    return { stroke, fill, clip: null, flags: FILL_AND_STROKE };
  }

  /** A single value has no line; a short dash lets it be seen. */
  #dash(path, at, i) {
    path.moveTo(at.x(i - 1 / 3), at.y(this.upper[i]));
    path.lineTo(at.x(i + 1 / 3), at.y(this.upper[i]));
  }

  #line(path, at, first, last) {
    path.moveTo(at.x(first), at.y(this.upper[first]));
    for (let i = first + 1; i <= last; i++) if (!Number.isNaN(this.upper[i])) path.lineTo(at.x(i), at.y(this.upper[i]));
  }

  #area(path, at, first, last) {
    this.#line(path, at, first, last);
    for (let i = last; i >= first; i--) if (!Number.isNaN(this.upper[i])) path.lineTo(at.x(i), at.y(this.lower[i]));
    path.closePath();
  }
}

/** Where slots and values lie, in canvas pixels. */
function geometryOf(u, axis) {
  const times = u.data[0];
  const x0 = u.valToPos(times[0], 'x', true);
  const dx = times.length > 1 ? (u.valToPos(times[times.length - 1], 'x', true) - x0) / (times.length - 1) : 0;
  const y0 = u.valToPos(0, axis, true);
  const dy = u.valToPos(1, axis, true) - y0;
  return { x: i => x0 + i * dx, y: value => y0 + value * dy };
}

/** [first, last] of each stretch; it ends where values lie further apart than their rhythm explains. */
export function runsOf(values, spans, beat = 0) {
  const runs = [];
  let first = -1, last = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    if (first >= 0 && i - last > reach(Math.max(spans[i], spans[last], beat))) {
      runs.push([first, last]);
      first = i;
    } else if (first < 0) first = i;
    last = i;
  }
  if (first >= 0) runs.push([first, last]);
  return runs;
}

/**
 * Copies what is in sight into the layers. Stacked rows stand on those before them; a row that is not
 * shown takes no room. Returns the largest value in sight and the least, NaN for none, of each axis.
 */
export function fillLayers(layers, { store, from, count, spec, shows, band }) {
  for (const layer of layers) layer.resize(count);
  const ends = { y: { most: NaN, least: NaN }, y2: { most: NaN, least: NaN } };
  for (let i = 0; i < count; i++) {
    const slot = store.slot(from + i * store.step);
    fillSlot(layers, i, slot, spec, shows, ends);
    if (band) fillBand(band, i, slot);
  }
  return ends;
}

function fillSlot(layers, i, slot, spec, shows, ends) {
  let base = 0;
  for (const layer of layers) {
    const { row, series } = layer;
    const value = slot < 0 || !series || !shows(row) ? NaN : series.values[slot];
    const stands = spec.stacked && !row.dashed;
    layer.lower[i] = stands ? base : 0;
    layer.upper[i] = layer.lower[i] + (row.below ? -value : value);
    if (stands && value > 0) base += value;
    widen(ends[layer.axis], spec.mirrored || !stands ? value : base);
    if (!series?.high) continue;
    const seen = slot >= 0 && shows(row);
    layer.low[i] = seen ? series.low[slot] : NaN;
    layer.high[i] = seen ? series.high[slot] : NaN;
    widen(ends[layer.axis], layer.high[i]);
    widen(ends[layer.axis], layer.low[i]);
  }
}

function widen(ends, value) {
  if (!(value <= ends.most)) ends.most = Number.isNaN(value) ? ends.most : value;
  if (!(value >= ends.least)) ends.least = Number.isNaN(value) ? ends.least : value;
}

function fillBand(band, i, slot) {
  band.low[i] = slot < 0 || !band.series?.low ? NaN : band.series.low[slot];
  band.high[i] = slot < 0 || !band.series?.high ? NaN : band.series.high[slot];
}
