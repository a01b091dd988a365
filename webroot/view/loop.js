/** One animation frame drives everything that is drawn. Without a change there is no frame. */
export class Loop {
  #parts = [];
  #asked = false;
  #frame = () => this.#run();

  constructor(moment) {
    this.moment = moment;
    this.painted = null;
  }

  add(...parts) {
    this.#parts.push(...parts);
  }

  remove(...parts) {
    this.#parts = this.#parts.filter(part => !parts.includes(part));
  }

  /** A browser gives hidden tabs no frames, so what changed there waits until the page is seen. */
  invalidate() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(this.#frame);
  }

  #run() {
    this.#asked = false;
    const moment = this.moment();
    for (const part of this.#parts) part.draw(moment);
    this.painted?.();
  }
}
