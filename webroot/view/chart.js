import { drawBand, drawEnd, drawGaps, drawMoments, drawNotes, drawTicks, drawZero } from './backdrop.js';
import { drawLimits } from './limits.js';
import { Labels, paintScale, paintSecond } from './labels.js';
import { Layer, fillLayers } from './layers.js';
import { h, scale, setAttribute } from './dom.js';
import { reach } from '../model/store.js';

/** The minified build, which is half the bytes, is a classic script: the document asks for it, and it comes when it comes. */
const script = globalThis.document?.querySelector('script[src*="uPlot"]');
if (script && !globalThis.uPlot) await new Promise((come, fail) => Object.assign(script, { onload: come, onerror: fail }));
const { uPlot } = globalThis;

/** Room around the lines, in pixels at 16 px type. All charts share it, so one cursor crosses them all. */
export const PLOT = { left: 68, right: 10, top: 13, bottom: 11 };

/** Room for words in the plot: on the halves of a mirrored chart, on a second scale. */
const NOTE = 110;

/** What is about to be scrolled into sight is drawn already. */
const NEAR = '200px';

/**
 * The canvas of one chart: uPlot, fed with what is in sight. It knows nothing of sockets, ranges or the pointer.
 * A spec is {id, rows, scale({most, least}), second({most, least}), stacked, mirrored, band, notes, limits}; see specs.js.
 * `second` is the scale of those rows that say so: of another unit.
 */
export class Chart {
  #plot = null;
  #x = new Float64Array(2);
  #spans = new Uint8Array(2);
  #stamp = '';
  #visible = true;
  #size = { width: 0, height: 0 };
  #watchers;
  #labels = new Labels();

  constructor(spec, page) {
    this.spec = spec;
    this.page = page;
    this.layers = spec.rows.filter(row => row.color).map(row => new Layer(row));
    this.band = spec.band ? { series: null, low: new Float64Array(0), high: new Float64Array(0) } : null;
    this.scale = spec.scale({ most: NaN, least: NaN });
    this.second = spec.second?.({ most: NaN, least: NaN }) ?? null;
    this.view = { ticks: [], gaps: [], notes: [] };
    this.node = h('div.plot', { role: 'figure' });
    this.#watchers = [
      new ResizeObserver(() => this.#resize()),
      new IntersectionObserver(entries => this.#seen(entries.at(-1).isIntersecting), { rootMargin: NEAR }),
    ];
    for (const watcher of this.#watchers) watcher.observe(this.node);
  }

  /** `view` is what all charts of a sheet share: {from, until, store, frozen, ticks, gaps, notes, key}. */
  draw(view) {
    if (!this.#visible || !this.#size.width) return;
    const { store } = view;
    const stamp = `${view.from} ${view.until} ${view.frozen ? `f${store.fills}` : store.version} ${store.step} ${this.page.state.version} ${this.page.palette.version} ${view.key}`;
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.view = view;
    this.#fill(view);
    this.#plot ??= this.#create();
    this.#plot.setData([this.#x, ...this.layers.map(layer => layer.upper)]);
  }

  describe(text) {
    setAttribute(this.node, 'aria-label', text);
  }

  /** Where the rows stand at `t`, in pixels of the node: for the rings on the cursor. */
  ringsAt(t) {
    const i = this.#x.length > 1 ? Math.round((t - this.#x[0]) / (this.#x[1] - this.#x[0])) : 0;
    if (!this.#plot || i < 0 || i >= this.#x.length) return [];
    return this.layers.map(layer => {
      const value = layer.row.quiet ? NaN : layer.upper[i];
      return { y: this.#plot.valToPos(value, layer.axis) + this.#plot.bbox.top / devicePixelRatio, color: layer.row.color, there: !Number.isNaN(value) };
    });
  }

  /** What is drawn, for a picture of it. */
  get canvas() {
    return this.#plot?.ctx.canvas ?? null;
  }

  /** Nothing is left of a chart that is taken away. */
  release() {
    for (const watcher of this.#watchers) watcher.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
    this.#visible = false;
  }

  #fill({ from, until, store }) {
    const { state } = this.page;
    const first = Math.ceil(from / store.step) * store.step;
    const count = Math.max(2, Math.floor((until - first) / store.step) + 1);
    this.#grow(count);
    for (let i = 0; i < count; i++) {
      this.#x[i] = first + i * store.step;
      const slot = store.slot(this.#x[i]);
      this.#spans[i] = slot < 0 ? 0 : store.spans[slot];
    }
    for (const layer of this.layers) layer.series = store.get(layer.row.key());
    if (this.band) this.band.series = store.get(this.spec.band());
    const ends = fillLayers(this.layers, { store, from: first, count, spec: this.spec, shows: row => state.shows(this.spec.id, row.id), band: this.band });
    this.range = [from, until];
    this.scale = this.#rescaled(this.scale, this.spec.scale, ends.y);
    if (this.second) this.second = this.#rescaled(this.second, this.spec.second, ends.y2);
  }

  #grow(count) {
    if (this.#x.length === count) return;
    this.#x = new Float64Array(count);
    this.#spans = new Uint8Array(count);
    if (this.band) Object.assign(this.band, { low: new Float64Array(count), high: new Float64Array(count) });
  }

  /** A scale grows at once and shrinks only when half of it is empty: it should not breathe. */
  #rescaled(scale, scaleOf, ends) {
    const next = scaleOf(ends);
    const { low, high } = scale;
    const holds = ends.most <= high && ends.least >= low;
    const keep = this.spec.mirrored
      ? next.high < high && ends.most > high * 0.4
      : !next.fixed && holds && next.high - next.low > (high - low) * 0.45;
    return keep && !scale.unknown ? scale : next;
  }

  #create() {
    const unit = scale();
    const plot = new uPlot(this.#options(unit), [this.#x, ...this.layers.map(layer => layer.upper)], this.node);
    plot.root.setAttribute('aria-hidden', 'true');
    return plot;
  }

  #options(unit) {
    const { palette } = this.page;
    return {
      ...this.#size,
      legend: { show: false },
      cursor: { show: false },
      select: { show: false },
      padding: [PLOT.top * unit, PLOT.right * unit, PLOT.bottom * unit, 0],
      scales: { x: { time: false, range: () => this.range }, y: { range: () => [this.scale.low, this.scale.high] }, ...(this.second && { y2: { range: () => [this.second.low, this.second.high] } }) },
      axes: [
        { show: false },
        {
          size: PLOT.left * unit,
          splits: () => splitsOf(this.scale), values: () => [], ticks: { show: false }, grid: { stroke: () => palette.line, width: Math.max(1, unit) },
        },
      ],
      series: [{}, ...this.layers.map(layer => this.#seriesOf(layer, unit))],
      hooks: { drawClear: [kept(u => this.#drawBehind(u, unit))], drawAxes: [kept(u => this.#drawUnder(u, unit))], draw: [kept(u => this.#drawOver(u, unit))] },
    };
  }

  #seriesOf(layer, unit) {
    const { palette } = this.page;
    const { color, quiet, dashed, bare } = layer.row;
    return {
      scale: layer.axis,
      paths: layer.pathsFor(() => this.#spans),
      points: { show: false },
      width: quiet ? 0 : 1.25 * unit,
      dash: dashed ? [5 * unit, 4 * unit] : undefined,
      stroke: () => palette[color],
      fill: dashed || bare ? undefined : () => palette.alpha(color, quiet ? 0.6 : palette.fill),
    };
  }

  #pixels(unit) {
    return unit * devicePixelRatio;
  }

  #drawBehind(u, unit) {
    const { palette } = this.page;
    drawTicks(u, this.view.ticks, palette.line, this.#pixels(unit));
    if (this.view.notes.length) drawMoments(u, this.view.notes, palette, this.#pixels(unit));
  }

  #drawUnder(u, unit) {
    const { palette } = this.page;
    if (this.scale.low <= 0 && this.scale.high >= 0) drawZero(u, palette['line-2'], this.#pixels(unit));
    drawGaps(u, this.view.gaps, palette, this.#pixels(unit));
    if (this.band?.series?.low) drawBand(u, this.band.low, this.band.high, 1, palette.alpha('ink-3', 0.35));
    if (!this.spec.stacked) for (const layer of this.layers) this.#drawLayerBand(u, layer);
  }

  #drawLayerBand(u, { series, low, high, row, axis }) {
    if (series?.low) drawBand(u, low, high, row.below ? -1 : 1, this.page.palette.alpha(row.color, 0.35), axis);
  }

  #drawOver(u, unit) {
    const { palette } = this.page;
    if (this.spec.limits?.length) drawLimits(u, this.spec.limits, this.layers, palette, this.#pixels(unit));
    this.#drawWords(u, this.#pixels(unit));
    if (!this.spec.stacked) for (const layer of this.layers) this.#drawEndOf(u, layer, unit);
  }

  #drawWords(u, unit) {
    const { palette } = this.page;
    const { low, high, labels } = this.scale;
    const width = Math.ceil(u.bbox.left + (this.spec.notes || this.second ? NOTE * unit : 0));
    this.#labels.draw(u, width, `${low} ${high} ${labels} ${this.second?.labels} ${unit} ${palette.version}`, ctx => {
      paintScale(ctx, u, { splits: splitsOf(this.scale), labels }, palette, unit);
      if (this.second) paintSecond(ctx, u, { ...this.second, splits: splitsOf(this.second) }, palette, unit);
      drawNotes(ctx, u.bbox, this.spec.notes ?? [], palette, unit);
    });
  }

  #drawEndOf(u, layer, unit) {
    const n = layer.upper.length;
    let last = n - 1;
    while (last >= 0 && Number.isNaN(layer.upper[last])) last--;
    if (last >= 0 && n - 1 - last <= reach(Math.max(this.#spans[last], layer.series?.beat ?? 0))) drawEnd(u, last, layer.upper[last], this.page.palette[layer.row.color], this.#pixels(unit), layer.axis);
  }

  #seen(visible) {
    this.#visible = visible;
    if (visible) this.page.invalidate();
  }

  /** Another size of type needs other room, so the plot is made anew; another size of chart does not. */
  #resize() {
    const { clientWidth: width, clientHeight: height } = this.node;
    if (!width || !height) return;
    const unit = scale();
    this.#size = { width, height };
    if (this.#plot && this.unit !== unit) {
      this.#plot.destroy();
      this.#plot = null;
    } else this.#plot?.setSize(this.#size);
    this.unit = unit;
    this.#stamp = '';
    this.page.invalidate();
  }
}

const splitsOf = ({ low, high, splits }) => splits ?? [low, (low + high) / 2, high];

/** uPlot remembers what it has set on the context, so what we set must not stay. */
function kept(draw) {
  return u => {
    u.ctx.save();
    draw(u);
    u.ctx.restore();
  };
}
