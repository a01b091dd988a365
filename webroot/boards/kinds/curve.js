import { chartOf } from '../../view/tidechart.js';
import { Selection } from '../../model/selector.js';
import { judged, limitsOf } from '../thresholds.js';
import { legend, takes } from '../legend.js';
import { slots } from '../source.js';
import { toldLimit } from '../told.js';
import { words } from '../words.js';

/** Lines over time. The chart itself is the one of all pages; here stands only how a panel's file describes it. */
export class Curve {
  /** It follows its series itself. */
  static ownSeries = true;

  constructor(page, panel, { interval }) {
    Object.assign(this, { page, panel });
    const choices = panel.series.map(choice => ({ ...choice, selection: new Selection([choice.select]) }));
    this.choiceOf = meta => choices.findIndex(choice => takes(choice, meta));
    const unit = panel.unit || panel.series.find(choice => choice.unit)?.unit || null;
    this.node = chartOf(page, {
      id: `panel-${panel.key ?? panel.title}`.replace(/\W+/g, '-'), name: panel.title || ' ', kind: panel.kind,
      select: panel.series.map(choice => choice.select), stat: panel.series[0]?.stat ?? 'last', by: panel.series[0]?.by?.length ? panel.series[0].by : undefined, interval,
      limits: limitsOf(panel.thresholds, (value, severity) => `${words.board.states[severity]} ${toldLimit(value, unit ?? '')}`), min: panel.min ?? null, max: panel.max ?? null, unit,
      rowOf: meta => this.#row(meta, choices),
    });
  }

  /** The chart has drawn itself; what is asked is how things are. */
  draw(moment) {
    const sheet = [...this.page.sheets].find(one => this.node.contains(one.node));
    const store = sheet?.sight.newest ?? sheet?.store;
    if (!store) return { rows: [] };
    return { rows: [...store.series.values()].map(series => this.#result(series, store, moment)) };
  }

  #result(series, store, moment) {
    const { first, count } = slots(store, moment.from, moment.until);
    const { level } = judged(this.panel.thresholds, this.panel.thresholds ? count : 0, i => {
      const slot = store.slot(first + i * store.step);
      return slot < 0 ? NaN : series.values[slot];
    }, i => first + i * store.step);
    return { row: { key: series.key, name: series.key, unit: series.meta.unit }, value: series.newest, time: series.newestTime, old: 0, level };
  }

  #row(meta, choices) {
    const order = this.choiceOf(meta);
    const choice = choices[order];
    if (!choice) return {};
    return { order, ...(choice.label ? { name: legend(choice.label, meta) } : {}), ...(this.panel.kind === 'mirrored' ? { below: Boolean(choice.below) } : {}) };
  }
}
