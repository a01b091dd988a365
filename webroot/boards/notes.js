import { ask } from './api.js';

const PATH = '/api/v1/annotations';
/** Asked for with this much before what is in sight, so that a step back is there already. */
const MARGIN_MILLIS = 3_600_000;

/**
 * Annotations: what people say about moments. Asked for as far back as somebody looks, and told by the server as they
 * come and go. A want of the conversation, see net/wants.js.
 */
export class Notes {
  topics = ['annotation'];
  #notes = new Map();
  #from = Infinity;
  #asking = Infinity;

  constructor(page) {
    this.page = page;
    page.conversation.follow(this);
  }

  /** {id, t, until, text, tags} of those that touch a stretch, the earliest first. */
  in(from, until) {
    if (from < this.#from) this.#fetch(from - MARGIN_MILLIS);
    return [...this.#notes.values()].filter(note => note.t <= until && note.until >= from).sort((a, b) => a.t - b.t);
  }

  /** The link is new, or something was missed. */
  joined() {
    const from = Math.min(this.#from, this.#asking);
    this.#from = Infinity;
    if (Number.isFinite(from)) this.#fetch(from);
  }

  heard({ annotation, removed }) {
    if (annotation) this.#take(annotation);
    if (removed !== undefined) this.#notes.delete(removed);
    this.page.invalidate();
  }

  /** Keeps a note: {time, timeEnd?, text, tags}. */
  async add(note) {
    this.#take(await ask(PATH, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(note) }));
    this.page.invalidate();
  }

  async remove(id) {
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
    this.#notes.delete(id);
    this.page.invalidate();
  }

  #take({ id, time, timeEnd = time, text, tags = [] }) {
    this.#notes.set(id, { id, t: time, until: timeEnd, text, tags });
  }

  async #fetch(from) {
    const first = Math.max(0, Math.floor(from));
    if (this.#asking <= first) return;
    this.#asking = first;
    try {
      const { annotations } = await ask(`${PATH}?from=${first}`);
      this.#notes.clear();
      for (const annotation of annotations) this.#take(annotation);
      this.#from = first;
      this.page.invalidate();
    } catch {
      // The next join, or the next look further back, asks again.
    } finally {
      this.#asking = Infinity;
    }
  }
}
