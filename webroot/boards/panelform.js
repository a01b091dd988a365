import { KINDS, STATS, CHARTS, tidied } from './schema.js';
import { Panel } from './panel.js';
import { h, setHidden, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { millisOf } from './schema.js';
import { words } from './words.js';

const w = words.form;
const PREVIEW_MILLIS = 350;

/** A form for one panel, with what it will look like beside it. Yields the panel, or null if it was left. */
export function editPanel(page, panel, interval = '1s') {
  return new Promise(done => new PanelForm(page, panel, millisOf(interval) || 1000, done).open());
}

class PanelForm {
  #timer = 0;
  #preview = null;
  #shown = '';
  #place = h('div.board.pvboard');
  #wrong = h('p.crit', { role: 'alert', hidden: true });
  #result = null;
  #drawing = { draw: moment => this.#preview?.draw(moment) };

  constructor(page, panel, interval, done) {
    Object.assign(this, { page, interval, done });
    this.draft = structuredClone({ series: [{ select: '' }], ...panel });
    this.node = h('dialog.dialog.pform', { 'aria-label': w.title(panel.title || words.edit.untitled), onclose: () => this.#closed() });
    this.node.append(h('div.head', {}, h('h2', {}, w.title(panel.title || words.edit.untitled)), h('span.grow'), h('button.btn', { type: 'button', 'aria-label': w.cancel, title: w.cancel, onclick: () => this.node.close() }, icon('close'))), this.#build());
  }

  open() {
    document.body.append(this.node);
    this.node.showModal();
    this.page.loop.add(this.#drawing);
    this.#kindChanged();
    this.title.focus();
  }

  #closed() {
    clearTimeout(this.#timer);
    this.page.loop.remove(this.#drawing);
    this.#preview?.close();
    this.node.remove();
    this.done(this.#result);
  }

  #build() {
    const { draft } = this;
    this.title = field(draft.title ?? '', value => (draft.title = value), { maxlength: '120' });
    this.kind = h('select.field', { onchange: () => this.#kindChanged() }, KINDS.map(kind => h('option', { value: kind }, w.kinds[kind])));
    this.kind.value = draft.kind;
    this.series = h('fieldset', {}, h('legend', {}, w.series));
    this.text = h('textarea.field', { rows: '9', maxlength: '8000', oninput: () => (draft.text = this.text.value) });
    this.text.value = draft.text ?? '';
    this.textPart = h('fieldset', {}, h('legend', {}, w.text), this.text, h('p.qq', {}, w.textSay));
    this.scalePart = this.#scale();
    this.limitPart = this.#limits();
    this.statePart = h('fieldset', {}, h('legend', {}, w.states));
    this.#listSeries();
    this.#listStates();
    const form = h('form.pfields', { novalidate: true, oninput: () => this.#soon(), onchange: () => this.#soon(), onsubmit: event => this.#submit(event) },
      h('div.two', {}, labelled(w.panelTitle, this.title), labelled(w.kind, this.kind)), this.series, this.textPart, this.scalePart, this.limitPart, this.statePart, this.#wrong,
      h('div.go', {}, h('button.btn.out.primary', { type: 'submit' }, w.ok), h('button.btn', { type: 'button', onclick: () => this.node.close() }, w.cancel)));
    return h('div.pfbody', {}, form, h('div.pfview', {}, h('h3', {}, w.preview), this.#place));
  }

  #scale() {
    const { draft } = this;
    const number = (name, label) => labelled(label, field(draft[name] ?? '', value => set(draft, name, value), { type: 'number', step: 'any', placeholder: w.automatic }));
    return h('fieldset.four', {}, labelled(w.unit, field(draft.unit ?? '', value => (draft.unit = value.trim()), { maxlength: '40', placeholder: w.automatic })), number('min', w.min), number('max', w.max),
      labelled(w.decimals, field(draft.decimals ?? '', value => set(draft, 'decimals', value), { type: 'number', min: '0', max: '6', placeholder: w.automatic })));
  }

  #limits() {
    const limits = { ...this.draft.thresholds };
    const write = () => {
      const { warn, critical, direction, hysteresis } = limits;
      this.draft.thresholds = warn === undefined && critical === undefined ? undefined
        : { ...(warn === undefined ? {} : { warn }), ...(critical === undefined ? {} : { critical }), ...(direction === 'below' ? { direction } : {}), ...(hysteresis ? { hysteresis } : {}) };
    };
    const number = (name, label, more = {}) => labelled(label, field(limits[name] ?? '', value => {
      set(limits, name, value);
      write();
    }, { type: 'number', step: 'any', ...more }));
    const direction = h('select.field', { onchange: () => {
      limits.direction = direction.value;
      write();
    } }, [['above', w.above], ['below', w.belowLimit]].map(([value, text]) => h('option', { value }, text)));
    direction.value = limits.direction ?? 'above';
    return h('fieldset.four', {}, h('legend', {}, w.thresholds), number('warn', w.warn), number('critical', w.critical), labelled(w.direction, direction), number('hysteresis', w.hysteresis, { min: '0' }));
  }

  #listSeries() {
    const { series } = this.draft;
    const lines = series.map((one, i) => this.#seriesLine(one, i));
    this.series.replaceChildren(h('legend', {}, w.series), ...lines, h('button.btn.out', { type: 'button', onclick: () => this.#addSeries() }, icon('add'), w.add));
  }

  #seriesLine(one, i) {
    const select = field(one.select, value => (one.select = value), { placeholder: 'temperature{device=~"oven-.*"}', autocomplete: 'off', spellcheck: 'false', 'aria-label': w.select });
    const stat = h('select.field', { 'aria-label': w.stat, onchange: () => (one.stat = stat.value) }, STATS.map(name => h('option', { value: name }, name)));
    stat.value = one.stat ?? 'last';
    const pick = async () => {
      const { pickSeries } = await import('./seriespicker.js');
      const found = await pickSeries(select.value);
      if (!found) return;
      one.select = select.value = found;
      this.#soon();
    };
    const by = field((one.by ?? []).join(', '), value => (one.by = value.split(',').map(label => label.trim()).filter(Boolean)), { placeholder: w.by, title: w.bySay, 'aria-label': w.by, autocomplete: 'off' });
    const below = this.kind?.value === 'mirrored' ? check(w.below, one.below, on => (one.below = on)) : null;
    return h('div.sline', {}, select, h('button.btn.out', { type: 'button', 'aria-label': w.pick, title: w.pick, onclick: pick }, icon('search')), stat,
      field(one.label ?? '', value => (one.label = value), { placeholder: w.label, title: w.labelSay, 'aria-label': w.label }), by, below,
      h('button.btn', { type: 'button', 'aria-label': w.remove(i + 1), title: w.remove(i + 1), onclick: () => this.#dropSeries(i) }, icon('close')));
  }

  #addSeries() {
    this.draft.series.push({ select: '' });
    this.#listSeries();
    this.series.querySelectorAll('.sline').item(this.draft.series.length - 1).querySelector('input').focus();
  }

  #dropSeries(i) {
    this.draft.series.splice(i, 1);
    if (!this.draft.series.length) this.draft.series.push({ select: '' });
    this.#listSeries();
    this.#soon();
  }

  #listStates() {
    const states = (this.draft.states ??= []);
    const lines = states.map((state, i) => this.#stateLine(state, i));
    this.statePart.replaceChildren(h('legend', {}, w.states), ...lines, h('button.btn.out', { type: 'button', onclick: () => {
      states.push({ from: (states.at(-1)?.from ?? -1) + 1, text: '' });
      this.#listStates();
    } }, icon('add'), w.addState));
  }

  #stateLine(state, i) {
    const level = h('select.field', { 'aria-label': w.stateLevel, onchange: () => (state.level = level.value) }, Object.entries(w.levels).map(([value, text]) => h('option', { value }, text)));
    level.value = state.level ?? 'none';
    return h('div.stline', {}, field(state.from, value => (state.from = value === '' ? 0 : Number(value)), { type: 'number', step: 'any', 'aria-label': w.stateFrom }), field(state.text, value => (state.text = value), { maxlength: '120', placeholder: w.stateText, 'aria-label': w.stateText }), level,
      h('button.btn', { type: 'button', 'aria-label': w.removeState(i + 1), title: w.removeState(i + 1), onclick: () => {
        this.draft.states.splice(i, 1);
        this.#listStates();
        this.#soon();
      } }, icon('close')));
  }

  #kindChanged() {
    const kind = (this.draft.kind = this.kind.value);
    setHidden(this.textPart, kind !== 'text');
    for (const part of [this.series, this.scalePart, this.limitPart]) setHidden(part, kind === 'text');
    setHidden(this.statePart, kind !== 'states');
    this.#listSeries();
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(), PREVIEW_MILLIS);
  }

  /** What the server could not read is not asked of it while it is being typed. */
  #show() {
    const panel = this.#made();
    const stamp = JSON.stringify(panel);
    if (stamp === this.#shown) return;
    this.#shown = stamp;
    this.#preview?.close();
    this.#preview = null;
    if (panel.kind !== 'text' && !panel.series.length) return;
    this.#preview = new Panel(this.page, { ...panel, key: 'preview' }, { interval: this.interval }).open();
    this.#place.replaceChildren(this.#preview.node);
    this.#place.dataset.kind = panel.kind;
    this.page.invalidate();
  }

  /** All lines of one chart answer the same question: the first one's. */
  #made() {
    const series = this.draft.series.map(one => ({ ...one, select: one.select.trim() })).filter(one => one.select);
    const same = CHARTS.includes(this.draft.kind) ? { stat: series[0]?.stat, by: series[0]?.by } : {};
    return tidied({ ...this.draft, states: this.draft.states?.filter(state => state.text), series: series.map(one => ({ ...one, ...same })) });
  }

  #submit(event) {
    event.preventDefault();
    const panel = this.#made();
    const { warn, critical, direction } = panel.thresholds ?? {};
    const turned = warn !== undefined && critical !== undefined && (direction === 'below' ? critical > warn : critical < warn);
    const wrong = panel.kind !== 'text' && !panel.series.length ? w.needsSelect : turned ? w.wrongLimits : '';
    setText(this.#wrong, wrong);
    setHidden(this.#wrong, !wrong);
    if (wrong) return;
    this.#result = panel;
    this.node.close();
  }
}

function field(value, changed, attributes = {}) {
  const input = h('input.field', { value: String(value), oninput: () => changed(input.value), ...attributes });
  return input;
}

function labelled(text, control) {
  return h('label.lab', {}, h('span', {}, text), control);
}

function check(text, on, changed) {
  const input = h('input', { type: 'checkbox', checked: Boolean(on), onchange: () => changed(input.checked) });
  return h('label.check', {}, input, text);
}

function set(object, name, text) {
  if (text === '' || !Number.isFinite(Number(text))) delete object[name];
  else object[name] = Number(text);
}
