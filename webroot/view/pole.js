import { h, setAttribute } from './dom.js';

/** The staff: ten notches, a level, small wedges where the thresholds are. */
export class TidePole extends HTMLElement {
  #fill = h('span.pole-fill');
  #shown = '';

  connectedCallback() {
    setAttribute(this, 'aria-hidden', 'true');
    if (!this.#fill.isConnected) this.prepend(h('span.pole-track', {}, this.#fill, h('span.pole-notches')));
  }

  marks(levels) {
    for (const level of levels) {
      const wedge = h('span.pole-mark');
      wedge.style.bottom = `${level * 100}%`;
      this.append(wedge);
    }
  }

  /** `level` from 0 to 1; `severity` is '', 'warn' or 'crit'. */
  show(level, severity = '') {
    const height = Number.isFinite(level) ? Math.min(1, Math.max(0, level)) : 0;
    const next = `${height.toFixed(3)} ${severity}`;
    if (next === this.#shown) return;
    this.#shown = next;
    this.#fill.style.height = `${height * 100}%`;
    this.#fill.className = `pole-fill ${severity}`.trim();
  }
}

customElements.define('tide-pole', TidePole);
