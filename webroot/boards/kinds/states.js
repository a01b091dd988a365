import { TimeGrid, fitted } from './grid.js';
import { dayClock } from '../../view/format.js';
import { levelOf } from '../thresholds.js';
import { slots } from '../source.js';
import { told } from '../told.js';
import { words } from '../words.js';

const LEVELS = { none: '', ok: 'ok', warning: 'warn', critical: 'crit' };
const NOW_ROOM = 92;

/** A strip for each series: how it was, by name and colour, and at the right how it is. */
export class States extends TimeGrid {
  #values = [];

  constructor(page, panel) {
    super(page, panel, { right: NOW_ROOM });
    this.states = [...panel.states ?? []].sort((a, b) => a.from - b.from);
  }

  result(row, moment) {
    const now = row.newest(moment);
    const state = Number.isFinite(now.value) ? this.#stateOf(now.value) : null;
    return { row, ...now, state, level: now.old || !state || state.level === 'ok' ? '' : state.level };
  }

  row(context, { row, state, old }, top, view) {
    const { unit, high, right } = view;
    const thick = Math.min(high - 3 * unit, 22 * unit);
    const y = top + (high - thick) / 2;
    for (const run of this.#runs(row)) this.#run(context, run, y, thick, view);
    this.#now(context, state, old, top + high / 2, right + 10 * unit, unit);
  }

  readout(row, t) {
    const value = row.at(t);
    const state = Number.isFinite(value) ? this.#stateOf(value) : null;
    return words.panel.at(dayClock(t, this.moment.now), row.name, state ? `${state.text}, ${told(value, row.unit, this.panel.decimals)}` : words.panel.gap);
  }

  describe(results) {
    return results.slice(0, 20).map(({ row, state }) => words.panel.summary(row.name, state?.text ?? words.panel.gap)).join(', ');
  }

  /** Stretches of the same state; what is between two of them is a gap. */
  #runs(row) {
    const { store, reach } = row;
    this.#values = row.values(this.moment, this.#values);
    const { first } = slots(store, this.moment.from, this.moment.until);
    const runs = [];
    let last = -Infinity;
    this.#values.forEach((value, i) => {
      if (Number.isNaN(value)) return;
      const state = this.#stateOf(value);
      const open = runs.at(-1);
      const until = first + i * store.step;
      if (open && open.state === state && i - last <= reach) open.until = until;
      else runs.push({ state, from: i - last <= reach && open ? open.until : until - store.step, until });
      last = i;
    });
    return runs;
  }

  #run(context, { state, from, until }, y, thick, { x, left, right, unit }) {
    const { palette } = this.page;
    const [a, b] = [Math.max(left, x(from)), Math.min(right, x(until))];
    if (b <= a) return;
    const loud = state.level === 'warn' || state.level === 'crit';
    context.fillStyle = state.level === 'ok' ? palette.alpha('accent', 0.34) : loud ? palette[state.level] : palette['line-2'];
    context.fillRect(a, y, Math.max(unit, b - a - 1), thick);
    const room = b - a - 10 * unit;
    if (room < 18 * unit) return;
    const text = fitted(context, state.text, room);
    if (text.length < 3 && text !== state.text) return;
    context.textAlign = 'left';
    context.fillStyle = loud ? palette.bg : palette.ink;
    context.fillText(text, a + 5 * unit, y + thick / 2 + 0.5 * unit);
  }

  #now(context, state, old, y, x, unit) {
    const { palette } = this.page;
    const loud = !old && (state?.level === 'warn' || state?.level === 'crit');
    context.fillStyle = old || !state ? palette['ink-3'] : loud ? palette[state.level] : palette.ink;
    sign(context, old ? 'stale' : state?.level ?? '', x + 5 * unit, y, unit);
    context.textAlign = 'left';
    context.fillText(fitted(context, state?.text ?? words.panel.gap, (NOW_ROOM - 26) * unit), x + 15 * unit, y);
  }

  #stateOf(value) {
    let found = null;
    for (const state of this.states) if (value >= state.from) found = state;
    if (found) return this.#named(found);
    const level = levelOf(this.panel.thresholds, value);
    return FALLBACK[this.panel.thresholds ? level || 'ok' : 'none'];
  }

  #named(state) {
    this.names ??= new Map();
    if (!this.names.has(state)) this.names.set(state, { text: state.text, level: LEVELS[state.level ?? 'none'] });
    return this.names.get(state);
  }
}

const FALLBACK = {
  ok: { text: words.panel.fine, level: 'ok' }, warn: { text: words.panel.warn, level: 'warn' }, crit: { text: words.panel.crit, level: 'crit' }, none: { text: '', level: '' },
};

/** The shape of a state beside its name: a dot, a triangle, an octagon, a ring. */
function sign(context, level, x, y, unit) {
  const r = 4 * unit;
  context.beginPath();
  if (level === 'warn') polygon(context, x, y + unit, r * 1.15, 3, -90);
  else if (level === 'crit') polygon(context, x, y, r * 1.1, 8, 22.5);
  else context.arc(x, y, level === 'stale' ? r * 0.85 : r * 0.7, 0, 2 * Math.PI);
  if (level !== 'stale') return context.fill();
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1.5 * unit;
  context.stroke();
}

function polygon(context, x, y, r, corners, turn) {
  for (let i = 0; i < corners; i++) {
    const angle = ((turn + (i * 360) / corners) * Math.PI) / 180;
    context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  context.closePath();
}
