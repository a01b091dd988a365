import { age } from '../../view/format.js';
import { h, setAttribute, setClass, setText } from '../../view/dom.js';
import { icon, setIcon } from '../../view/icons.js';
import { told } from '../told.js';
import { worse } from '../thresholds.js';
import { MOST_ROWS } from '../source.js';
import { words } from '../words.js';

const w = words.panel;
const COLUMNS = ['state', 'name', 'value', 'least', 'mean', 'most', 'age'];
const RANK = { crit: 0, warn: 1, '': 2 };

/** Numbers of each series over what is in sight. A press on a heading sorts by it, and again the other way round. */
export class Table {
  #by = 'name';
  #down = false;
  #lines = new Map();
  #heads;

  constructor(page, panel) {
    Object.assign(this, { page, panel });
    this.columns = panel.thresholds ? COLUMNS : COLUMNS.slice(1);
    this.#heads = this.columns.map(name => this.#head(name));
    this.body = h('tbody');
    this.node = h('div.fillscroll', { tabindex: '0', role: 'region', 'aria-label': panel.title }, h('table.tb', {}, h('thead', {}, h('tr', {}, this.#heads)), this.body));
  }

  draw(moment, rows) {
    const shown = rows.slice(0, MOST_ROWS);
    const results = shown.map(row => this.#read(row, moment));
    this.#arrange(results);
    for (const result of results) this.#lines.get(result.row.key).show(result);
    return { rows: results, cut: rows.length - shown.length };
  }

  #read(row, moment) {
    const now = row.newest(moment);
    let least = Infinity, most = -Infinity, sum = 0, count = 0;
    for (const value of row.values(moment)) {
      if (Number.isNaN(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
      count++;
    }
    const level = now.old ? '' : row.judged(moment).level;
    return { row, ...now, level, name: row.name, state: RANK[worse('', level)], age: now.time ? Math.max(0, moment.now - now.time) : NaN, ...(count ? { least, most, mean: sum / count } : { least: NaN, most: NaN, mean: NaN }) };
  }

  #arrange(results) {
    if (this.#by !== 'name' || this.#down) results.sort((a, b) => this.#compare(a, b));
    const keys = results.map(({ row }) => row.key).join();
    if (keys === this.keys) return;
    this.keys = keys;
    this.#lines = new Map(results.map(({ row }) => [row.key, this.#lines.get(row.key) ?? new Line(this.panel, this.columns)]));
    this.body.replaceChildren(...[...this.#lines.values()].map(line => line.node));
  }

  #compare(a, b) {
    const order = this.#by === 'name' ? a.name.localeCompare(b.name, undefined, { numeric: true }) : (Number.isNaN(a[this.#by]) ? 1 : Number.isNaN(b[this.#by]) ? -1 : a[this.#by] - b[this.#by]);
    return this.#down ? -order : order;
  }

  #head(name) {
    const cell = h(name === 'name' || name === 'state' ? 'th' : 'th.r', { scope: 'col', 'aria-sort': name === this.#by ? 'ascending' : null },
      h('button', { type: 'button', onclick: () => this.#sort(name) }, w[name]));
    return cell;
  }

  #sort(name) {
    this.#down = this.#by === name ? !this.#down : name !== 'name' && name !== 'state';
    this.#by = name;
    this.columns.forEach((column, i) => setAttribute(this.#heads[i], 'aria-sort', column === name ? (this.#down ? 'descending' : 'ascending') : null));
    this.keys = '';
    this.page.invalidate();
  }
}

class Line {
  #cells;
  #sign = icon('done');
  #word = h('span');

  constructor(panel, columns) {
    this.panel = panel;
    this.columns = columns;
    this.#cells = columns.map(name => (name === 'state' ? h('td.st', {}, this.#sign, this.#word) : h(name === 'name' ? 'th' : 'td.r.num', name === 'name' ? { scope: 'row' } : {})));
    this.node = h('tr', {}, this.#cells);
  }

  show(result) {
    const { row, level, old } = result;
    this.columns.forEach((name, i) => {
      if (name === 'state') return this.#state(level, old);
      setText(this.#cells[i], name === 'name' ? row.name : name === 'age' ? (Number.isFinite(result.age) ? age(result.age) : '') : told(result[name], row.unit, this.panel.decimals));
    });
    this.node.title = row.key;
    setClass(this.node, 'old', old > 0);
  }

  #state(level, old) {
    setIcon(this.#sign, old ? 'stale' : level || 'done');
    this.#cells[0].className = `st ${old ? 'warn' : level}`.trim();
    setText(this.#word, old ? '' : level ? w[level] : w.fine);
  }
}
