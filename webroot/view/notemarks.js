import { dayClock } from './format.js';
import { h, setAttribute, setHidden, setText } from './dom.js';

const POOL = 24;

/** Annotations on the topmost chart: a flag on each moment, with its words when it is pointed at or focused. */
export class NoteMarks {
  #marks;

  constructor(page, open) {
    this.page = page;
    this.#marks = Array.from({ length: POOL }, () => {
      const text = h('span.notetext');
      const node = page.unattended ? h('span.notemark', { hidden: true }, text) : h('button.notemark', { type: 'button', hidden: true, onclick: () => open(mark.note) }, text);
      const mark = { node, text, note: null };
      return mark;
    });
    this.nodes = this.#marks.map(mark => mark.node);
  }

  /** `notes` are {id, time, text}; the newest ones are shown where there are many. */
  draw(notes, view) {
    const shown = notes.slice(-POOL);
    this.#marks.forEach((mark, i) => {
      const { node, text } = mark;
      const note = mark.note = shown[i];
      setHidden(node, !note);
      if (!note) return;
      const x = Math.max(view.left, view.x(note.time));
      node.style.transform = `translateX(${x.toFixed(1)}px)`;
      node.classList.toggle('leftward', x > (view.left + view.right) / 2);
      setText(text, `${dayClock(note.time, this.page.clock.now())} ${note.text}`);
      if (!this.page.unattended) setAttribute(node, 'aria-label', text.textContent);
    });
  }
}
