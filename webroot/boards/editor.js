import { Refused, dashboards } from './api.js';
import { COLUMNS, firstFree, placed, risen } from './layout.js';
import { INTERVALS, sizeOf, tidied } from './schema.js';
import { Undo } from './undo.js';
import { drag } from './dragging.js';
import { h, setAttribute, setClass, setHidden, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { problemList } from '../pages/dashboard.js';
import { words } from './words.js';
import { yamlOf } from './yamltext.js';

const w = words.edit;
const RANGES = ['1m', '5m', '15m', '1h', '6h', '24h', '7d', '30d'];
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Changes a dashboard where it stands: places by pointer or keys, panels in a form, every step can be taken back. */
export class Editor {
  #undo;
  #etag;
  #end = new AbortController();
  #saving = false;
  #say = h('span.sr', { role: 'status' });
  #mark = h('span.qq');
  #bar = h('div.bbar', { role: 'alert', hidden: true });

  constructor(view) {
    this.view = view;
    this.page = view.page;
    this.board = view.board;
    this.name = view.stored.name;
    this.#etag = view.stored.etag;
    const base = view.stored.dashboard ?? { title: this.name, interval: '1s', range: '5m', panels: [] };
    this.#undo = new Undo(base);
    this.#build(base);
  }

  get dashboard() {
    return this.#undo.state;
  }

  open() {
    const draft = this.page.drafts?.get(this.name);
    this.page.drafts?.delete(this.name);
    this.board.node.classList.add('editing');
    this.view.head.after(this.bar, this.#bar);
    this.view.tools.hidden = true;
    this.board.close();
    this.board.show(this.dashboard);
    if (draft) {
      this.#put(draft.dashboard);
      this.#etag = draft.etag;
      this.page.toast.say(w.kept);
    }
    document.addEventListener('keydown', event => this.#key(event), { signal: this.#end.signal });
    addEventListener('beforeunload', event => this.#undo.dirty && event.preventDefault(), { signal: this.#end.signal });
    this.#refresh();
    this.title.focus();
  }

  /** The page is left: what was not saved is kept until somebody comes back. */
  leave() {
    if (this.#undo.dirty) (this.page.drafts ??= new Map()).set(this.name, { dashboard: this.dashboard, etag: this.#etag });
    this.#close();
  }

  changedElsewhere(etag) {
    if (etag === this.#etag) return;
    setHidden(this.#bar, false);
    this.#bar.replaceChildren(icon('warn'), h('b', {}, words.board.changed));
  }

  /** Handles for a panel: they cover it, so that nothing in it is pressed while it is being moved. */
  decorate(panel) {
    const name = panel.panel.title || w.untitled;
    const index = () => this.board.panels.indexOf(panel);
    const move = h('button.emove', { type: 'button', 'aria-label': w.move(name), title: w.move(name), onkeydown: event => this.#nudge(event, index(), event.shiftKey) });
    const grip = h('button.egrip', { type: 'button', 'aria-label': w.resize(name), title: w.resize(name), onkeydown: event => this.#nudge(event, index(), true) });
    const act = (sign, label, work) => h('button.btn.tiny', { type: 'button', 'aria-label': label, title: label, onclick: work }, icon(sign));
    const tools = h('div.etools', {}, act('edit', w.change(name), () => this.#change(index())), act('copy', w.copy(name), () => this.#copy(index())), act('close', w.remove(name), () => this.#remove(index())));
    move.addEventListener('pointerdown', event => this.#drag(event, index(), false));
    grip.addEventListener('pointerdown', event => this.#drag(event, index(), true));
    move.addEventListener('dblclick', () => this.#change(index()));
    panel.node.append(h('div.eover', {}, move, tools, grip));
  }

  #build({ title, description = '', interval = '1s', range = '5m' }) {
    this.title = h('input.field.etitle', { value: title, maxlength: '120', 'aria-label': w.title, oninput: () => this.#set('title', this.title.value) });
    this.description = h('input.field.edesc', { value: description, maxlength: '500', placeholder: w.description, 'aria-label': w.description, oninput: () => this.#set('description', this.description.value) });
    this.interval = choose(w.interval, INTERVALS, interval, value => this.#set('interval', value));
    this.range = choose(w.range, RANGES.includes(range) ? RANGES : [range, ...RANGES], range, value => this.#set('range', value));
    this.undoButton = button('undo', w.undo, () => this.#step('undo'));
    this.redoButton = button('redo', w.redo, () => this.#step('redo'));
    this.saveButton = h('button.btn.out.primary', { type: 'button', onclick: () => this.save() }, w.save);
    const cancel = h('button.btn', { type: 'button', onclick: () => this.#finish(this.view.stored) }, w.cancel);
    this.bar = h('div.ebar', { role: 'group', 'aria-label': words.board.edit },
      h('button.btn.out', { type: 'button', onclick: () => this.#add() }, icon('add'), w.add), this.title, this.description, this.interval.node, this.range.node, h('span.grow'), this.#mark,
      this.undoButton, this.redoButton, button('table', w.asYaml, () => this.#showYaml()), button('bin', w.deleteBoard, () => this.#delete()), cancel, this.saveButton, this.#say);
  }

  #set(name, value) {
    this.#undo.put({ ...this.dashboard, [name]: value }, name);
    this.#refresh(name === 'interval');
  }

  #put(dashboard, key = '') {
    this.#undo.put(dashboard, key);
    this.#refresh(true);
  }

  #step(way) {
    this.#undo[way]();
    const { title, description = '', interval = '1s', range = '5m' } = this.dashboard;
    Object.assign(this.title, { value: title });
    Object.assign(this.description, { value: description });
    this.interval.select.value = interval;
    this.range.select.value = range;
    this.#refresh(true);
  }

  #refresh(draws = true) {
    if (draws) this.board.show(this.dashboard);
    const { dirty, canUndo, canRedo } = this.#undo;
    setAttribute(this.undoButton, 'disabled', canUndo ? null : '');
    setAttribute(this.redoButton, 'disabled', canRedo ? null : '');
    setText(this.#mark, dirty ? w.unsaved : '');
    setClass(this.bar, 'dirty', dirty);
  }

  /** Ctrl+Z, Ctrl+Shift+Z, Ctrl+S. In a field the keys are the field's. */
  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 's') this.save();
    else if (key === 'z' && !event.target.matches?.('input, textarea')) this.#step(event.shiftKey ? 'redo' : 'undo');
    else if (key === 'y' && !event.target.matches?.('input, textarea')) this.#step('redo');
    else return;
    event.preventDefault();
  }

  #nudge(event, index, resizes) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const { x, y, w: width, h: height } = this.dashboard.panels[index];
    const wish = resizes ? { x, y, w: Math.min(COLUMNS - x, width + step[0]), h: height + step[1] } : { x: x + step[0], y: y + step[1] + (step[1] > 0 ? this.#jump(index) : 0), w: width, h: height };
    this.#put(this.#arranged(index, wish), `nudge ${index} ${resizes}`);
    const { x: a, y: b, w: c, h: d } = this.dashboard.panels[index];
    setText(this.#say, w.moved(a + 1, b + 1, c, d));
    event.currentTarget?.focus();
  }

  /** Downwards a panel has to pass the one below it whole, or it would rise back at once. */
  #jump(index) {
    const panel = this.dashboard.panels[index];
    const below = this.dashboard.panels.filter((other, i) => i !== index && other.y >= panel.y + panel.h && other.x < panel.x + panel.w && panel.x < other.x + other.w);
    return below.length ? Math.min(...below.map(other => other.h)) - 1 : 0;
  }

  #arranged(index, wish) {
    const places = placed(this.dashboard.panels.map(placeOf), index, wish);
    return { ...this.dashboard, panels: this.dashboard.panels.map((panel, i) => ({ ...panel, ...places[i] })) };
  }

  /** One drag is one step back. */
  #drag(event, index, resizes) {
    if (event.button !== 0) return;
    const start = this.dashboard;
    drag(event, this.board, start.panels.map(placeOf), index, resizes, places => {
      if (places) this.#put({ ...start, panels: start.panels.map((panel, i) => ({ ...panel, ...places[i] })) });
    });
  }

  async #add() {
    const made = await this.#form({ kind: 'line', title: '', series: [{ select: '' }] });
    if (!made) return;
    const [width, height] = sizeOf(made.kind);
    const place = firstFree(this.dashboard.panels.map(placeOf), width, height);
    this.#put({ ...this.dashboard, panels: [...this.dashboard.panels, tidied({ ...made, ...place })] });
    this.board.panels.at(-1)?.node.scrollIntoView({ block: 'nearest' });
    this.board.panels.at(-1)?.node.querySelector('.emove')?.focus();
  }

  async #change(index) {
    const before = this.dashboard.panels[index];
    const made = await this.#form(before);
    if (!made) return;
    const panels = this.dashboard.panels.map((panel, i) => (i === index ? tidied({ ...made, ...placeOf(panel) }) : panel));
    this.#put({ ...this.dashboard, panels });
    this.board.panels[index]?.node.querySelector('.emove')?.focus();
  }

  #copy(index) {
    const original = this.dashboard.panels[index];
    const place = firstFree(this.dashboard.panels.map(placeOf), original.w, original.h);
    this.#put({ ...this.dashboard, panels: [...this.dashboard.panels, { ...structuredClone(original), ...place }] });
    this.board.panels.at(-1)?.node.querySelector('.emove')?.focus();
  }

  #remove(index) {
    const panels = this.dashboard.panels.filter((_, i) => i !== index);
    const places = risen(panels.map(placeOf));
    this.#put({ ...this.dashboard, panels: panels.map((panel, i) => ({ ...panel, ...places[i] })) });
    (this.board.panels[Math.min(index, panels.length - 1)]?.node.querySelector('.emove') ?? this.bar.querySelector('button')).focus();
  }

  async #form(panel) {
    const { editPanel } = await import('./panelform.js');
    return editPanel(this.page, panel, this.dashboard.interval);
  }

  /** Writes it. `etag` is what it is written over. */
  async save(etag = this.#etag) {
    if (this.#saving) return;
    if (!this.dashboard.title.trim()) return this.title.focus();
    this.#saving = true;
    const sent = this.dashboard;
    try {
      const stored = await dashboards.save(this.name, sent, etag);
      this.#undo.keep();
      this.page.toast.say(w.saved);
      this.#finish(stored);
    } catch (problem) {
      this.#refused(problem);
    } finally {
      this.#saving = false;
    }
  }

  #refused(problem) {
    if (!(problem instanceof Refused)) throw problem;
    if (problem.status === 412) return this.#conflict();
    if (problem.status === 403) return this.#showYaml(w.readOnly);
    setHidden(this.#bar, false);
    this.#bar.replaceChildren(icon('warn'), h('div', {}, h('b', {}, problem.problems.length ? w.problems : w.failed), problem.problems.length ? problemList(problem.problems) : h('p', {}, problem.message)));
  }

  #conflict() {
    const c = words.conflict;
    const theirs = async () => {
      node.close();
      this.#undo.keep();
      this.#finish(await dashboards.find(this.name).catch(() => this.view.stored));
    };
    const mine = async () => {
      node.close();
      const etag = await dashboards.find(this.name).then(stored => stored.etag, problem => (problem.status === 404 ? '' : this.#etag));
      await this.save(etag);
    };
    const node = ask(c.title, [h('p', {}, c.say)], [
      h('button.btn.out', { type: 'button', onclick: theirs }, c.theirs), h('button.btn.out', { type: 'button', onclick: mine }, c.mine), h('button.btn.out.primary', { type: 'button', onclick: () => node.close() }, c.stay)]);
  }

  #delete() {
    const gone = async () => {
      node.close();
      try {
        await dashboards.remove(this.name, this.#etag);
        this.#undo.keep();
        this.#close();
        this.view.deleted();
      } catch (problem) {
        this.#refused(problem);
      }
    };
    const node = ask(w.sure, [], [h('button.btn.out.danger', { type: 'button', onclick: gone }, w.yes), h('button.btn.out', { type: 'button', onclick: () => node.close() }, w.no)]);
  }

  #showYaml(why = '') {
    const text = yamlOf({ ...this.dashboard, panels: this.dashboard.panels.map(tidied) });
    const area = h('textarea.field.yaml', { readonly: true, rows: '18', 'aria-label': w.yamlTitle(this.name) });
    area.value = text;
    const copy = h('button.btn.out.primary', { type: 'button', onclick: () => this.#copyText(area, copy) }, w.copyYaml);
    const node = ask(w.yamlTitle(this.name), [...(why ? [h('p.q', {}, why)] : []), area], [copy, h('button.btn', { type: 'button', onclick: () => node.close() }, w.close)]);
  }

  /** Over plain HTTP there is no clipboard: then the text is selected. */
  async #copyText(area, button) {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      setText(button, w.copied);
    } catch {
      area.focus();
    }
  }

  #finish(stored) {
    this.#close();
    this.view.edited(stored);
  }

  #close() {
    this.#end.abort();
    this.bar.remove();
    this.#bar.remove();
    this.board.node.classList.remove('editing');
    this.view.tools.hidden = false;
    for (const over of this.board.node.querySelectorAll('.eover')) over.remove();
  }
}

const placeOf = ({ x, y, w: width, h: height }) => ({ x, y, w: width, h: height });

function button(sign, label, onclick) {
  return h('button.btn', { type: 'button', 'aria-label': label, title: label, onclick }, icon(sign));
}

function choose(label, values, value, changed) {
  const select = h('select.field', { onchange: () => changed(select.value) }, values.map(one => h('option', { value: one }, one)));
  select.value = value;
  return { select, node: h('label.echoose', {}, h('span', {}, label), select) };
}

/** A question in front of everything. */
function ask(title, content, buttons) {
  const node = h('dialog.dialog.bask', { 'aria-label': title, onclose: () => node.remove() }, h('div.head', {}, h('h2', {}, title)), h('div.body', {}, content), h('div.go', {}, buttons));
  document.body.append(node);
  node.showModal();
  return node;
}
