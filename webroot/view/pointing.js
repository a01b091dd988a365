/** How far a press must move to be a drag, in pixels. */
const DRAG = 5;

/**
 * Pointer on the charts: moving walks the cursor, dragging zooms, a double click goes back to live.
 * A finger walks the cursor only, so that the page can still be scrolled.
 */
export class Pointing {
  #from = null;

  constructor(area, { timeAt, isOver, select, point, zoom, back }) {
    Object.assign(this, { area, timeAt, isOver, select, point, zoom, back });
    area.addEventListener('pointermove', event => this.#move(event));
    area.addEventListener('pointerdown', event => this.#down(event));
    area.addEventListener('pointerup', event => this.#up(event));
    area.addEventListener('pointercancel', () => this.#cancel());
    area.addEventListener('pointerleave', event => event.pointerType !== 'touch' && this.#from === null && this.point(null));
    area.addEventListener('dblclick', event => this.isOver(event) && this.back());
  }

  #down(event) {
    if (event.button !== 0 || !this.isOver(event)) return;
    if (event.pointerType === 'touch') return this.point(this.timeAt(event.clientX));
    this.#from = event.clientX;
    this.area.setPointerCapture(event.pointerId);
  }

  #move(event) {
    const over = this.isOver(event);
    if (this.#from !== null && Math.abs(event.clientX - this.#from) > DRAG) this.select(this.#from, event.clientX);
    if (over || this.#from !== null) this.point(this.timeAt(event.clientX));
    else if (event.pointerType !== 'touch') this.point(null);
  }

  #up(event) {
    const from = this.#from;
    this.#cancel();
    if (from === null || Math.abs(event.clientX - from) <= DRAG) return;
    const ends = [this.timeAt(from), this.timeAt(event.clientX)].sort((a, b) => a - b);
    this.zoom(...ends);
  }

  #cancel() {
    this.#from = null;
    this.select(null);
  }
}
