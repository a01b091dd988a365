/** How far a press must move to be a drag, in pixels. */
const DRAG = 5;

/**
 * Pointer on the charts: moving walks the cursor, dragging zooms, a double click goes back to live.
 * A finger holds the cursor where it taps and does not zoom, so that the page can still be scrolled.
 */
export class Pointing {
  #from = null;
  #end = new AbortController();

  constructor(area, { timeAt, isOver, select, follow, hold, zoom, back }) {
    Object.assign(this, { area, timeAt, isOver, select, follow, hold, zoom, back });
    area.addEventListener('pointermove', event => this.#move(event));
    area.addEventListener('pointerdown', event => this.#down(event));
    area.addEventListener('pointerup', event => this.#up(event));
    area.addEventListener('pointercancel', event => this.#cancelled(event));
    area.addEventListener('pointerleave', event => this.#leave(event));
    document.addEventListener('pointerdown', event => event.pointerType === 'touch' && !this.isOver(event) && this.hold(null), { signal: this.#end.signal });
    area.addEventListener('dblclick', event => this.isOver(event) && this.back());
  }

  destroy() {
    this.#end.abort();
  }

  #down(event) {
    if (event.button !== 0 || !this.isOver(event)) return;
    if (event.pointerType === 'touch') return this.hold(this.timeAt(event.clientX));
    this.#from = event.clientX;
  }

  #move(event) {
    const over = this.isOver(event);
    if (event.pointerType === 'touch') return over && this.hold(this.timeAt(event.clientX));
    if (this.#from !== null && Math.abs(event.clientX - this.#from) > DRAG) this.#drag(event);
    this.follow(over || this.#from !== null ? event.clientX : null);
  }

  /** Only a drag takes the pointer: a captured double click would not be over a chart. */
  #drag(event) {
    this.area.setPointerCapture(event.pointerId);
    this.select(this.#from, event.clientX);
  }

  #leave(event) {
    if (event.pointerType !== 'touch' && this.#from === null) this.follow(null);
  }

  #up(event) {
    const from = this.#from;
    this.#cancel();
    if (from === null || Math.abs(event.clientX - from) <= DRAG) return;
    this.zoom(...[this.timeAt(from), this.timeAt(event.clientX)].sort((a, b) => a - b));
  }

  /** The browser took the finger for a scroll, so it was no tap. */
  #cancelled(event) {
    this.#cancel();
    if (event.pointerType === 'touch') this.hold(null);
  }

  #cancel() {
    this.#from = null;
    this.select(null);
  }
}
