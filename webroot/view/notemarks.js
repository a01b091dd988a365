import { dayClock } from './format.js';
import { h, setAttribute, setText } from './dom.js';

const POOL = 24;

/** Annotations on the topmost chart: a flag on each moment, with its words when it is pointed at or focused. */
export class NoteMarks {
  #marks = Array.from({ length: POOL }, () => {
    const text = h('span.notetext');
    return { node: h('button.notemark', { type: 'button', hidden: true }, text), text };
  });

  constructor(page) {
    this.page = page;
    this.nodes = this.#marks.map(mark => mark.node);
  }

  /** `notes` are {id, t, text}; the newest ones are shown where there are many. */
  draw(notes, view) {
    const shown = notes.slice(-POOL);
    this.#marks.forEach(({ node, text }, i) => {
      const note = shown[i];
      node.hidden = !note;
      if (!note) return;
      const x = view.x(note.t);
      node.style.transform = `translateX(${x.toFixed(1)}px)`;
      node.classList.toggle('leftward', x > (view.left + view.right) / 2);
      setText(text, `${dayClock(note.t, this.page.clock.now())} ${note.text}`);
      setAttribute(node, 'aria-label', text.textContent);
    });
  }
}
