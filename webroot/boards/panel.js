import { Bar } from './kinds/bar.js';
import { Curve } from './kinds/curve.js';
import { Gauge } from './kinds/gauge.js';
import { Heatmap } from './kinds/heatmap.js';
import { Source } from './source.js';
import { Stat } from './kinds/stat.js';
import { States } from './kinds/states.js';
import { Table } from './kinds/table.js';
import { Text } from './kinds/text.js';
import { h, setAttribute, setClass, setHidden, setText } from '../view/dom.js';
import { icon, setIcon } from '../view/icons.js';
import { worse } from './thresholds.js';
import { words } from './words.js';

const KINDS = { line: Curve, area: Curve, stacked: Curve, mirrored: Curve, stat: Stat, gauge: Gauge, bar: Bar, table: Table, heatmap: Heatmap, states: States, text: Text };
const DEFAULT_WIDTH = 400;

/** One panel: its title, its body by its kind, and the worst of its states. Between open() and close() it follows its series. */
export class Panel {
  #sign = icon('warn');
  #word = h('span');
  #note = h('span.pnote');
  #source = null;
  level = '';
  results = [];

  constructor(page, panel, { interval }) {
    Object.assign(this, { page, panel, interval });
    const Kind = KINDS[panel.kind] ?? Text;
    this.body = new Kind(page, panel, { interval });
    this.badge = h('span.pbadge', { hidden: true }, this.#sign, this.#word);
    this.empty = h('p.pempty', { hidden: true });
    this.follows = !Kind.ownSeries && panel.kind !== 'text';
    const head = Kind.ownSeries ? this.badge : h('header.phead', {}, h('h2', {}, panel.title || '\u00a0'), this.#note, this.badge);
    this.node = h('div.panel', { role: 'group', 'data-kind': panel.kind, 'aria-label': panel.title || words.edit.untitled }, head, h('div.pbody', {}, this.body.node, this.empty));
  }

  open() {
    if (this.follows) this.#source = new Source(this.page, this.panel, this.interval);
    return this;
  }

  close() {
    this.#source?.close();
    this.#source = null;
    this.body.release?.();
    this.node.remove();
  }

  draw(moment) {
    const rows = this.#source?.look(moment, (this.body.node.clientWidth || DEFAULT_WIDTH) * (globalThis.devicePixelRatio || 1)) ?? [];
    const { rows: results, cut = 0 } = this.body.draw(moment, rows, this.#source);
    this.results = results;
    this.level = results.reduce((level, result) => worse(level, result.level ?? ''), '');
    setAttribute(this.node, 'data-level', this.level || null);
    setText(this.#note, cut > 0 ? words.panel.cut(rows.length - cut, rows.length) : '');
    this.#badgeOf();
    this.#emptyOf(rows);
  }

  #badgeOf() {
    setHidden(this.badge, !this.level || this.panel.kind === 'stat' || this.panel.kind === 'gauge');
    if (!this.level) return;
    setIcon(this.#sign, this.level);
    setClass(this.badge, 'crit', this.level === 'crit');
    setClass(this.badge, 'warn', this.level === 'warn');
    setText(this.#word, words.board.states[this.level]);
  }

  /** A number says it in its own note. */
  #emptyOf(rows) {
    const silent = this.follows && !rows.length && this.panel.kind !== 'stat' && this.panel.kind !== 'gauge';
    setHidden(this.empty, !silent);
    if (silent) setText(this.empty, this.#source.failure ? words.panel.refused(this.#source.failure) : this.#source.waiting ? words.panel.waiting : words.panel.none);
  }
}
