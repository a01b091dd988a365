/** How far a press must move to be a drag, in pixels. */
const DRAG = 5;
/** One notch of a wheel. */
const NOTCH = 1.25;

/**
 * Pointer on the charts. Moving walks the cursor, dragging zooms, with Shift it pans; Ctrl and the wheel zoom, Shift and
 * the wheel pan; a double click goes back to live. One finger holds the cursor where it taps and scrolls the page up and
 * down; two pinch and pan.
 */
export class Pointing {
  #press = null;
  /** Fingers on the chart, by pointer: where they are. */
  #fingers = new Map();
  #grip = null;
  #end = new AbortController();

  constructor(area, { timeAt, isOver, select, follow, hold, zoom, stretch, scale, pan, back }) {
    Object.assign(this, { area, timeAt, isOver, select, follow, hold, zoom, stretch, scale, pan, back });
    const on = (target, type, work, options) => target.addEventListener(type, work, { signal: this.#end.signal, ...options });
    on(area, 'pointermove', event => this.#move(event));
    on(area, 'pointerdown', event => this.#down(event));
    on(area, 'pointerup', event => this.#up(event));
    on(area, 'pointercancel', event => this.#cancelled(event));
    on(area, 'pointerleave', event => this.#leave(event));
    on(area, 'wheel', event => this.#wheel(event), { passive: false });
    on(area, 'dblclick', event => this.isOver(event) && this.back());
    on(document, 'pointerdown', event => event.pointerType === 'touch' && !this.isOver(event) && this.hold(null));
  }

  release() {
    this.#end.abort();
  }

  #down(event) {
    if (event.button !== 0 || !this.isOver(event)) return;
    if (event.pointerType === 'touch') return this.#touch(event);
    this.#press = { x: event.clientX, last: event.clientX, pans: event.shiftKey, moved: false };
  }

  #touch(event) {
    this.#fingers.set(event.pointerId, event.clientX);
    if (this.#fingers.size === 1) return this.hold(this.timeAt(event.clientX));
    this.hold(null);
    this.#grip = { ...this.stretch(), at: this.#pinch() };
  }

  #move(event) {
    const over = this.isOver(event);
    if (event.pointerType === 'touch') return this.#finger(event, over);
    const press = this.#press;
    if (press && Math.abs(event.clientX - press.x) > DRAG) press.moved = true;
    if (press?.moved) this.#drag(event, press);
    if (!press?.pans) this.follow(over || press ? event.clientX : null);
  }

  #finger(event, over) {
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, event.clientX);
    if (this.#grip && this.#fingers.size > 1) this.#pinched();
    else if (over && !this.#grip) this.hold(this.timeAt(event.clientX));
  }

  /** The middle of the two fingers and how far they are apart. */
  #pinch() {
    const [a, b] = [...this.#fingers.values()];
    return { middle: (a + b) / 2, apart: Math.max(20, Math.abs(a - b)) };
  }

  /** What was under the fingers stays under them. */
  #pinched() {
    const { from, until, width, at } = this.#grip;
    const now = this.#pinch();
    const span = (until - from) * (at.apart / now.apart);
    const left = this.area.querySelector('.plot').getBoundingClientRect().left;
    const held = from + ((at.middle - left) / width) * (until - from);
    const start = held - ((now.middle - left) / width) * span;
    this.zoom(start, start + span);
  }

  /** Only a drag takes the pointer: a captured double click would not be over a chart. */
  #drag(event, press) {
    this.area.setPointerCapture(event.pointerId);
    if (!press.pans) return this.select(press.x, event.clientX);
    this.pan(press.last - event.clientX);
    press.last = event.clientX;
  }

  #wheel(event) {
    if (!this.isOver(event) || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    const turn = event.deltaY || event.deltaX;
    if (event.shiftKey) this.pan(Math.sign(turn) * 60);
    else this.scale(turn > 0 ? NOTCH : 1 / NOTCH, event.clientX);
  }

  #leave(event) {
    if (event.pointerType !== 'touch' && !this.#press) this.follow(null);
  }

  #up(event) {
    if (event.pointerType === 'touch') return this.#lift(event);
    const press = this.#press;
    this.#cancel();
    if (!press || press.pans || Math.abs(event.clientX - press.x) <= DRAG) return;
    this.zoom(...[this.timeAt(press.x), this.timeAt(event.clientX)].sort((a, b) => a - b));
  }

  #lift(event) {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size === 0) this.#grip = null;
  }

  /** The browser took the finger for a scroll, so it was no tap. */
  #cancelled(event) {
    this.#cancel();
    if (event.pointerType !== 'touch') return;
    this.#lift(event);
    this.hold(null);
  }

  #cancel() {
    this.#press = null;
    this.select(null);
  }
}
