import { age } from './format.js';
import { h, setHidden, setText } from './dom.js';
import { icon, setIcon } from './icons.js';
import { words } from '../words.js';

const POOL = 4;
/** A gap of less than this many pixels is drawn, but has no room to be named. */
const LEAST_WIDTH = 6;
const ICONS = { server: 'server', link: 'cut', sensor: 'sensor' };

/** The words of a gap: whose silence it was, how long, and what becomes of the data. */
export function gapWords(gap, draining) {
  const length = age(gap.until - gap.from);
  if (gap.kind === 'link') return [gap.open && draining ? words.gap.serverNow : words.gap.link, words.gap.filling(length)];
  return [words.gap[gap.kind], length];
}

/** Labels stand in the topmost chart only, on the newest gaps. */
export class GapLabels {
  #labels = Array.from({ length: POOL }, () => {
    const sign = icon('server');
    const head = h('span'), rest = h('span.q');
    return { node: h('span.gaplabel', { hidden: true }, sign, head, rest), sign, head, rest, text: '', width: 0 };
  });

  constructor() {
    this.nodes = this.#labels.map(label => label.node);
  }

  draw(gaps, view, draining) {
    const named = gaps.filter(gap => view.x(gap.until) - view.x(gap.from) >= LEAST_WIDTH).slice(-POOL);
    this.#labels.forEach((label, i) => this.#place(label, named[i], view, draining));
  }

  #place(label, gap, view, draining) {
    setHidden(label.node, !gap);
    if (!gap) return;
    this.#write(label, gap, draining);
    const left = Math.max(view.left, view.x(gap.from));
    const right = Math.min(view.right, view.x(gap.until));
    const inside = right - left > label.width + 8;
    const x = inside ? (left + right - label.width) / 2 : gap.open ? left - label.width - 6 : right + 6;
    const clamped = Math.min(Math.max(view.left, x), view.right - label.width);
    label.node.style.transform = `translate(${clamped.toFixed(1)}px, -50%)`;
  }

  #write(label, gap, draining) {
    const [head, rest] = gapWords(gap, draining);
    setIcon(label.sign, ICONS[gap.kind]);
    setText(label.head, head);
    setText(label.rest, rest);
    if (label.text === head + rest) return;
    label.text = head + rest;
    label.width = label.node.offsetWidth;
  }
}
