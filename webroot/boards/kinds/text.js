import { h } from '../../view/dom.js';
import { words } from '../words.js';

/** What somebody wrote. Few dashboards have it, so how it is read is loaded when one does. */
export class Text {
  constructor(page, panel) {
    this.node = h('div.prose');
    this.#fill(panel.text ?? '');
  }

  draw() {
    return { rows: [] };
  }

  async #fill(text) {
    const { prose } = await import('../prose.js');
    const blocks = prose(text);
    this.node.replaceChildren(...(blocks.length ? blocks : [h('p.qq', {}, words.panel.noText)]));
  }
}
