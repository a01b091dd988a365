import { h, scale } from './dom.js';

/** The scroll bar of a long list is a map of it: rows that need someone are marks on it. A drag scrolls. What is all in sight needs none. */
export class RowMap {
  #canvas = h('canvas');
  #marks = [];
  #stamp = '';
  #key = '';

  constructor(rows, page) {
    this.rows = rows;
    this.page = page;
    this.node = h('div.cell.rowmap', { 'aria-hidden': 'true' }, this.#canvas);
    this.node.addEventListener('pointerdown', event => this.#grab(event));
    this.node.addEventListener('pointermove', event => this.node.hasPointerCapture(event.pointerId) && this.#to(event.clientY));
    this.size = new ResizeObserver(() => this.#resize());
    this.size.observe(this.node);
  }

  destroy() {
    this.size.disconnect();
  }

  /** `marks` are [position from 0 to 1, colour, dashed]; `key` changes with them. */
  show(marks, key) {
    this.#marks = marks;
    this.#key = key;
  }

  draw() {
    const { top, height, whole } = this.rows.pages;
    const { palette } = this.page;
    const stamp = `${top} ${height} ${whole} ${this.#key} ${palette.version} ${this.#canvas.width} ${this.#canvas.height}`;
    if (stamp === this.#stamp || !this.#canvas.width) return;
    this.#stamp = stamp;
    const unit = scale() * devicePixelRatio;
    const context = this.#canvas.getContext('2d');
    const { width, height: tall } = this.#canvas;
    context.clearRect(0, 0, width, tall);
    if (whole <= height) return;
    const inset = 8 * unit;
    const run = tall - 2 * inset;
    bar(context, 8 * unit, inset, 6 * unit, run, palette.line);
    bar(context, 8 * unit, inset + (top / whole) * run, 6 * unit, Math.max(24 * unit, (height / whole) * run), palette['ink-3']);
    for (const [at, color, dashed] of this.#marks) tick(context, 22 * unit, inset + at * run, 9 * unit, palette[color], dashed, unit);
  }

  #grab(event) {
    this.node.setPointerCapture(event.pointerId);
    this.#to(event.clientY);
    event.preventDefault();
  }

  #to(clientY) {
    const box = this.node.getBoundingClientRect();
    const { height, whole } = this.rows.pages;
    this.rows.scrollTo(((clientY - box.top - 8 * scale()) / (box.height - 16 * scale())) * whole - height / 2);
    this.page.invalidate();
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    Object.assign(this.#canvas, { width: Math.round(this.node.clientWidth * ratio), height: Math.round(this.node.clientHeight * ratio) });
    this.page.invalidate();
  }
}

function bar(context, x, y, width, height, color) {
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x, y, width, height, width / 2);
  context.fill();
}

function tick(context, x, y, width, color, dashed, unit) {
  context.fillStyle = color;
  const height = Math.max(1, Math.round(1.5 * unit));
  if (!dashed) return context.fillRect(x, y, width, height);
  context.fillRect(x, y, width / 3, height);
  context.fillRect(x + (2 * width) / 3, y, width / 3, height);
}
