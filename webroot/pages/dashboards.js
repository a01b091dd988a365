import { Refused, dashboards } from '../boards/api.js';
import { h, setHidden, setText } from '../view/dom.js';
import { icon } from '../view/icons.js';
import { nameFor } from '../boards/schema.js';
import { pathOf } from '../model/routes.js';
import { rowsOf } from '../boards/layout.js';
import { sheet } from '../view/sheet.js';
import { words } from '../boards/words.js';

const w = words.list;

/** All dashboards as cards with their layout. The list follows what is written on the server. */
export function mount(element, visit) {
  const list = new List(element, visit);
  visit.title(w.title);
  visit.follow({ topics: ['dashboard'], joined: () => list.load(), heard: () => list.load() });
  list.load();
}

class List {
  #known = [];
  #editable = false;
  #say = h('p.q.blistsay', { role: 'status', hidden: true });
  #cards = h('ul.cards');

  constructor(element, visit) {
    this.visit = visit;
    this.search = h('input.field.bsearch', { type: 'search', placeholder: w.search, 'aria-label': w.search, oninput: () => this.#show() });
    this.create = h('button.btn.out', { type: 'button', hidden: true, onclick: () => this.#create() }, icon('add'), w.create);
    element.append(h('div.bhead', {}, h('h1', { tabindex: '-1' }, w.title), h('span.grow'), this.search, this.create), this.#say, this.#cards);
    visit.keys({ '/': event => this.#focusSearch(event) });
  }

  async load() {
    try {
      const { dashboards: known, editable } = await dashboards.list(this.visit.signal);
      this.#known = known;
      this.#editable = editable;
      this.#show();
    } catch (problem) {
      if (problem instanceof Refused && !this.#known.length) this.#tell(w.failed);
    }
  }

  #show() {
    const text = this.search.value.trim().toLowerCase();
    const shown = this.#known.filter(one => `${one.title} ${one.name} ${one.description}`.toLowerCase().includes(text));
    setHidden(this.create, !this.#editable);
    this.#tell(shown.length ? '' : text ? w.noMatch(this.search.value.trim()) : `${w.none} ${w.say}`);
    this.#cards.replaceChildren(...shown.map(card));
  }

  #tell(text) {
    setHidden(this.#say, !text);
    setText(this.#say, text);
  }

  #focusSearch(event) {
    event.preventDefault();
    this.search.focus();
  }

  async #create() {
    await sheet('editor.css');
    const c = words.create;
    const title = h('input.field', { required: true, maxlength: '120', autocomplete: 'off' });
    const wrong = h('p.crit', { role: 'alert', hidden: true });
    const form = h('form.askform', {
      onsubmit: async event => {
        event.preventDefault();
        const name = nameFor(title.value, this.#known.map(one => one.name));
        try {
          await dashboards.save(name, { title: title.value.trim(), interval: '1s', range: '5m', panels: [] }, '');
          node.close();
          this.visit.go(`${pathOf('dashboard', { name })}?edit`);
        } catch (problem) {
          setText(wrong, problem.problems?.map(one => one.message).join(' ') || problem.message || words.edit.failed);
          setHidden(wrong, false);
        }
      },
    }, h('label', {}, h('span', {}, c.name), title), wrong, h('div.go', {}, h('button.btn.out.primary', { type: 'submit' }, c.go), h('button.btn', { type: 'button', onclick: () => node.close() }, c.cancel)));
    const node = h('dialog.dialog', { 'aria-label': c.title, onclose: () => node.remove() }, h('div.head', {}, h('h2', {}, c.title)), form);
    document.body.append(node);
    node.showModal();
    title.focus();
  }
}

function card(one) {
  const problems = one.problems.length;
  return h('li', {}, h('a.card', { href: pathOf('dashboard', { name: one.name }) },
    preview(one),
    h('span.ctitle', {}, h('b', {}, one.title), problems ? h('span.warn', {}, icon('warn'), w.broken(problems)) : h('span.qq.num', {}, w.panels(one.outline.length))),
    h('span.cdesc.q', {}, one.description)));
}

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = {
  line: 'M8 62C22 40 34 66 50 48S80 26 92 38', area: 'M8 62C22 40 34 66 50 48S80 26 92 38', stacked: 'M8 70C30 56 60 70 92 52M8 52C30 36 60 48 92 30', mirrored: 'M8 50H92M8 44C28 20 50 44 92 28M8 56C28 76 50 58 92 74',
  stat: 'M12 50H46M56 66C66 50 76 62 92 44', gauge: 'M22 68A32 32 0 1 1 78 68', bar: 'M10 30H70M10 50H90M10 70H46', table: 'M10 30H90M10 50H90M10 70H90', heatmap: 'M10 32H90M10 50H90M10 68H90', states: 'M10 38H44M48 38H90M10 62H66M70 62H90', text: 'M10 30H80M10 48H90M10 66H60',
};

/** The layout in small: what stands where, and of which kind. */
function preview({ title, outline }) {
  const high = Math.min(7, Math.max(3.4, 56 / Math.max(1, rowsOf(outline))));
  const svg = node('svg', { viewBox: '0 0 120 56', class: 'cprev', role: 'img', 'aria-label': w.preview(title), preserveAspectRatio: 'xMidYMin meet' });
  for (const { kind, x, y, w: width, h: height } of outline) {
    const box = node('svg', { x: x * 10 + 0.6, y: y * high + 0.6, width: width * 10 - 1.2, height: height * high - 1.2, viewBox: '0 0 100 100', preserveAspectRatio: 'none' });
    box.append(node('rect', { width: 100, height: 100, class: 'pbox' }), node('path', { d: SHAPES[kind] ?? '', class: `pshape k-${kind}` }));
    svg.append(box);
  }
  return svg;
}

function node(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
