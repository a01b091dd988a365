import { scale, setAttribute } from './dom.js';
import { drawSpark } from './sparkline.js';

/** A small line of the recent past with a dot at now. Empty slots are gaps. */
export class TideSpark extends HTMLElement {
  #canvas = null;
  #size = null;
  #dirty = true;
  #shown = '';

  connectedCallback() {
    if (!this.#canvas) this.append((this.#canvas = document.createElement('canvas')));
    setAttribute(this, 'aria-hidden', 'true');
    this.#size ??= new ResizeObserver(() => this.#resize());
    this.#size.observe(this);
  }

  disconnectedCallback() {
    this.#size.disconnect();
  }

  /** `stamp` names what is drawn: the same stamp is not drawn twice. */
  show(values, options, stamp) {
    if (!this.#dirty && stamp === this.#shown) return;
    if (!this.#canvas?.width) return;
    this.#dirty = false;
    this.#shown = stamp;
    drawSpark(this.#canvas, values, options, (devicePixelRatio || 1) * scale());
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    const width = Math.round(this.clientWidth * ratio);
    const height = Math.round(this.clientHeight * ratio);
    if (width === this.#canvas.width && height === this.#canvas.height) return;
    Object.assign(this.#canvas, { width, height });
    this.#dirty = true;
    this.dispatchEvent(new CustomEvent('redraw', { bubbles: true }));
  }
}

customElements.define('tide-spark', TideSpark);
