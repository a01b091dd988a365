import { Alarm, Board } from '../boards/board.js';
import { Refused, dashboards } from '../boards/api.js';
import { h, setHidden, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { millisOf } from '../boards/schema.js';
import { pathOf } from '../model/routes.js';
import { rangeSeconds } from '../model/range.js';
import { sheet } from '../view/sheet.js';
import { words } from '../boards/words.js';

const w = words.board;
const AGAIN_MILLIS = 5000;

/** One dashboard: to look at, and to change in place. */
export function mount(element, visit) {
  const view = new View(element, visit);
  visit.follow({ topics: ['dashboard'], joined: () => view.load(), heard: message => view.heard(message) });
  visit.draw(view);
  visit.keys({ e: () => view.edit(), n: () => view.note(), ...chartKeys(visit.page) });
  view.load();
  return { unmount: () => view.close(), changed: () => {} };
}

/** What the charts of all pages do with these keys. */
function chartKeys(page) {
  return {
    ArrowLeft: event => page.sheet?.walk(event.shiftKey ? -10 : -1), ArrowRight: event => page.sheet?.walk(event.shiftKey ? 10 : 1),
    Escape: () => page.state.letGo(),
  };
}

class View {
  #name;
  #title = h('h1', { tabindex: '-1' });
  #description = h('p.q.bdesc');
  #say = h('div.bbar', { role: 'status', hidden: true });
  #empty = h('div.nothing', { hidden: true });
  #retry = 0;
  #closed = false;

  constructor(element, visit) {
    this.visit = visit;
    this.page = visit.page;
    this.#name = visit.route.params.name;
    this.stored = null;
    this.editor = null;
    this.board = new Board(this.page, { decorate: panel => this.editor?.decorate(panel) });
    this.alarm = new Alarm(text => visit.title(text), (n, level, title) => w.title(n, w.states[level], title));
    this.editButton = h('button.btn.out', { type: 'button', hidden: true, onclick: () => this.edit() }, icon('edit'), w.edit);
    this.tools = h('div.btools', {},
      h('button.btn.bnote', { type: 'button', title: w.noteTitle, onclick: () => this.note() }, icon('flag'), w.note),
      h('a.btn', { href: `/kiosk/${encodeURIComponent(this.#name)}`, target: '_self', title: w.kioskTitle }, icon('wall'), w.kiosk), this.editButton);
    this.head = h('div.bhead', {}, h('a.btn.bback', { href: pathOf('dashboards'), 'aria-label': w.all, title: w.all }, icon('back')), h('div.btitles', {}, this.#title, this.#description), h('span.grow'), this.tools);
    this.node = element;
    element.append(this.head, this.#say, this.board.node, this.#empty);
  }

  async load() {
    clearTimeout(this.#retry);
    try {
      this.show(await dashboards.find(this.#name, this.visit.signal));
    } catch (problem) {
      if (!(problem instanceof Refused) || this.#closed) return;
      if (problem.status === 404) return this.#missing();
      if (!this.stored) setText(this.#title, w.loading);
      this.#retry = setTimeout(() => this.load(), AGAIN_MILLIS);
    }
  }

  /** Somebody has written or deleted it. An editor is told, a viewer sees it at once. */
  heard({ name, etag = '' }) {
    if (name !== this.#name || etag === this.stored?.etag) return;
    if (this.editor) this.editor.changedElsewhere(etag);
    else this.load();
  }

  show(stored) {
    const first = !this.stored;
    this.stored = stored;
    if (this.editor) return;
    const { dashboard, problems } = stored;
    setHidden(this.editButton, false);
    this.#tellProblems(dashboard, problems);
    setText(this.#title, dashboard?.title ?? this.#name);
    setText(this.#description, dashboard?.description ?? '');
    if (dashboard) this.#showBoard(dashboard, first);
    if (first && (this.visit.route.query?.has('edit') || this.page.drafts?.has(this.#name))) this.edit();
  }

  draw(moment) {
    this.board.draw(moment);
    if (this.stored) this.alarm.show(this.stored.dashboard?.title ?? this.#name, this.board.level, this.board.count);
    this.editor?.draw?.();
  }

  async edit() {
    if (this.editor || !this.stored) return;
    const [{ Editor }] = await Promise.all([import('../boards/editor.js'), sheet('editor.css')]);
    if (this.editor || this.#closed) return;
    setHidden(this.#empty, true);
    this.editor = new Editor(this);
    this.editor.open();
  }

  /** The editor is done; `stored` is what is kept now. */
  edited(stored) {
    this.editor = null;
    this.visit.write(pathOf('dashboard', { name: this.#name }) + location.search.replace(/[?&]edit\b=?/, ''));
    this.show(stored);
    this.editButton.focus();
  }

  deleted() {
    this.editor = null;
    this.page.toast.say(w.deleted);
    this.visit.go(pathOf('dashboards'));
  }

  async note() {
    const [{ openNotes }] = await Promise.all([import('../boards/notedialog.js'), sheet('editor.css')]);
    openNotes(this.page);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.editor?.leave();
    this.board.close();
    this.alarm.end();
  }

  #showBoard(dashboard, first) {
    const asked = new URLSearchParams(location.search);
    const seconds = millisOf(dashboard.range) / 1000;
    if (first && !asked.has('range') && !asked.has('from') && Number.isFinite(rangeSeconds(dashboard.range))) this.page.state.setRange(seconds);
    this.board.show(dashboard);
    setHidden(this.#empty, dashboard.panels.length > 0);
    this.#empty.replaceChildren(h('p', {}, w.empty), h('p', {}, h('button.btn.out', { type: 'button', onclick: () => this.edit() }, icon('add'), w.addFirst)));
  }

  #tellProblems(dashboard, problems) {
    setHidden(this.#say, !problems.length);
    if (!problems.length) return;
    this.#say.replaceChildren(icon('warn'), h('div', {}, h('b', {}, dashboard ? w.broken : w.brokenNone), problemList(problems)));
  }

  #missing() {
    this.visit.title(w.missing);
    this.board.close();
    this.head.hidden = true;
    setHidden(this.#empty, false);
    this.#empty.replaceChildren(h('h1', { tabindex: '-1' }, w.missing), h('p', {}, w.missingSay), h('p', {}, h('a', { href: pathOf('dashboards') }, w.all)));
  }
}

export function problemList(problems) {
  return h('ul.problems', {}, problems.slice(0, 8).map(({ line, at, message }) => h('li', {}, h('code', {}, [line ? w.line(line) : '', at].filter(Boolean).join(', ')), ` ${message}`)));
}
