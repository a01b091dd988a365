import { ChartSheet } from './chartsheet.js';
import { Sight } from '../net/sight.js';
import { measure, unitName } from './format.js';
import { h, setHidden, setText } from './dom.js';
import { scaleOf } from './scales.js';
import { words } from '../words.js';

/** Lines beyond these are grey; beyond MOST they are not drawn, and the chart says so. */
const COLOURS = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];
const MOST = 40;

/**
 * One chart of any series: lines, axis, cursor, readout, gaps, thresholds, annotations and a menu with table, CSV, PNG
 * and link. What a dashboard, a device's page, Explore or an embed puts on a page:
 *
 *   const chart = chartOf(page, {
 *     id: 'boiler',                       // names it in memory: which rows are shown alone
 *     name: 'Boiler',                     // its title
 *     kind: 'line',                       // line | area | stacked | mirrored
 *     select: ['temperature{device="b"}'],// selectors; each series that matches is a line
 *     by: undefined,                      // labels to aggregate across series by
 *     stat: 'last', interval: 1000,       // the statistic, and the finest rhythm wanted, in milliseconds
 *     range: null,                        // seconds (live) or {from, until}; null follows the page's choice
 *     limits: [{ value: 70, severity: 'warn', below: false, label: '70 °C' }],
 *     min: null, max: null, unit: null,   // ends of the scale and UCUM unit, where the series' own will not do
 *     rowOf: meta => ({}),                // {name, title, color, below, dashed, order} of a series, all optional
 *   });
 *   parent.append(chart);                 // begins: subscribes, asks history, draws
 *   chart.remove();                       // ends: nothing is left
 *   chart.configure({ … });               // another of the same place
 *
 * `page` is the page's shared state (page.js). The element takes the size that CSS gives it (--chart-height, 16rem by
 * default). It fires `series` when lines come or go.
 */
export class TideChart extends HTMLElement {
  #page = null;
  #options = null;
  #sheet = null;
  #sight = null;
  #shown = '';
  #colours = new Map();
  #empty = h('p.noline.qq', { hidden: true });

  configure(options, page = this.#page) {
    const open = this.isConnected && this.#page;
    if (open) this.disconnectedCallback();
    this.#page = page;
    this.#options = { kind: 'line', stat: 'last', interval: 1000, range: null, limits: [], rowOf: () => ({}), id: `chart-${name(options)}`, ...options };
    if (this.isConnected) this.connectedCallback();
  }

  /** The metas {metric, labels, unit} of the series that are known. */
  get series() {
    return [...(this.#sight?.newest ?? this.#sheet?.store)?.series.values() ?? []].map(series => series.meta);
  }

  /** What is drawn: {rows, store, moment}, for who shows the same in another way; null before the first frame. */
  get drawn() {
    const { specs, store, moment } = this.#sheet ?? {};
    return store && moment ? { rows: specs[0].rows, store, moment } : null;
  }

  connectedCallback() {
    if (!this.#page || this.#sight) return;
    const { select, stat, interval, by } = this.#options;
    this.#sight = new Sight(this.#page, { select: () => select, stat, by, finest: interval });
    this.#show();
    this.#page.loop.add(this);
  }

  disconnectedCallback() {
    this.#page?.loop.remove(this);
    this.#sheet?.close();
    this.#sight?.close();
    this.#sheet = this.#sight = null;
    this.#shown = '';
    this.replaceChildren();
  }

  /** Lines that have come or gone ask for another sheet; its sight stays. */
  draw() {
    const keys = [...this.#sheet.store?.series.keys() ?? []].sort().join();
    if (keys !== this.#shown) this.#show(keys);
    setHidden(this.#empty, Boolean(this.#sheet.specs[0].rows.length));
    setText(this.#empty, this.#sight.failure ? words.time.refused(this.#sight.failure) : words.time.silent);
  }

  #show(keys = '') {
    this.#shown = keys;
    const store = this.#sheet?.store ?? null;
    const found = [...store?.series.values() ?? []];
    this.#sheet?.leave();
    this.#sheet = new ChartSheet(this.#page, { specs: [this.#spec(found)], sight: this.#sight, id: this.#options.id, name: this.#options.name ?? ' ', range: this.#options.range });
    this.#sheet.store = store;
    this.replaceChildren(this.#sheet.node);
    this.#sheet.charts[0].node.append(this.#empty);
    this.#sheet.open();
    this.dispatchEvent(new CustomEvent('series', { bubbles: true }));
  }

  #spec(found) {
    const { kind, id, limits, min, max } = this.#options;
    const { drawn: [unit = '', other], left } = this.#units(found);
    const rows = this.#rows(found).map(row => (left.includes(row.meta.unit) ? { ...row, color: null } : other !== undefined && row.meta.unit === other ? { ...row, second: true, dashed: true } : row));
    const note = [found.length > MOST && words.time.cut(MOST, found.length), left.length && words.time.undrawn(left.map(unitName).join(', '), other === undefined ? 1 : 2)];
    return {
      id, name: this.#options.name ?? words.charts.label, rows, limits, unit,
      stacked: kind === 'stacked', mirrored: kind === 'mirrored',
      note: note.filter(Boolean).join(', '),
      scale: scaleOf({ unit, min, max, kind, limits }),
      second: other === undefined ? undefined : scaleOf({ unit: other, kind }),
    };
  }

  /** The unit of the scale, and of a second one where lines of two units are laid over each other; what is `left` has none, and is not drawn. */
  #units(found) {
    const { unit, kind } = this.#options;
    if (unit !== null && unit !== undefined) return { drawn: [unit], left: [] };
    const units = [...new Set(found.map(({ meta }) => meta.unit).filter(Boolean))].sort();
    const scales = ['line', 'area'].includes(kind) ? 2 : 1;
    return { drawn: units.slice(0, scales), left: units.slice(scales) };
  }

  #rows(found) {
    const { kind, rowOf, unit } = this.#options;
    if (this.#colours.size > 4 * MOST) this.#colours.clear();
    const varying = labelsThatVary(found.map(series => series.meta));
    const rows = found.map(({ key, meta }) => {
      const format = value => joined(measure(value, unit ?? meta.unit));
      return { id: key, key: () => key, name: nameOf(meta, varying), title: key, format, bare: kind === 'line', meta, ...rowOf(meta) };
    });
    rows.sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || a.name.localeCompare(b.name, undefined, { numeric: true }));
    return rows.slice(0, MOST).map((row, i) => ({ ...row, color: row.color ?? this.#colourOf(row.id), below: row.below ?? (kind === 'mirrored' && i % 2 === 1) }));
  }

  /** A series keeps its colour, whoever comes or goes beside it. */
  #colourOf(key) {
    if (!this.#colours.has(key)) this.#colours.set(key, COLOURS[this.#colours.size] ?? 's0');
    return this.#colours.get(key);
  }
}

export function chartOf(page, options) {
  const chart = document.createElement('tide-chart');
  chart.configure(options, page);
  return chart;
}

const name = ({ name: title = '', select = [] }) => `${title}${select.join()}`.replace(/\W+/g, '-');
const joined = ([number, unit]) => (unit ? `${number}\u202f${unit}` : number);

/** What tells series apart: labels that are not the same in all of them, and the metric where there are several. */
function labelsThatVary(metas) {
  const names = new Set(metas.flatMap(meta => Object.keys(meta.labels ?? {})));
  return {
    metric: new Set(metas.map(meta => meta.metric)).size > 1,
    labels: [...names].filter(label => new Set(metas.map(meta => meta.labels?.[label])).size > 1).sort(),
  };
}

function nameOf(meta, { metric, labels }) {
  const parts = labels.map(label => meta.labels?.[label]).filter(Boolean);
  if (metric || !parts.length) parts.push(meta.metric);
  return parts.join(' ');
}

customElements.define('tide-chart', TideChart);
