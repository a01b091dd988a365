import { signed } from '../net/poll.js';

const PATH = '/api/v1/annotations';

/**
 * What people have noted about moments: {id, time, timeEnd, text}. All viewers see a new one at once. The list is kept
 * while someone looks at charts; `open` and `close` count them.
 */
export class Annotations {
  #list = [];
  #users = 0;
  #leave = null;

  constructor({ follow, changed, fetch = (...all) => globalThis.fetch(...all) }) {
    Object.assign(this, { follow, changed, fetch });
    /** Whether the server keeps annotations at all. */
    this.writable = false;
  }

  open() {
    if (this.#users++ === 0) this.#leave = this.follow({ topics: ['annotation'], joined: () => this.#load(), heard: message => this.#hear(message) });
  }

  close() {
    if (--this.#users > 0) return;
    this.#leave();
    this.#list = [];
  }

  /** Those that touch a stretch, the earliest first. */
  in(from, until) {
    return this.#list.filter(note => note.time <= until && (note.timeEnd ?? note.time) > from);
  }

  async add(time, text, tags = []) {
    await this.#ask(PATH, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ time: Math.round(time), text, tags }) });
  }

  async remove(id) {
    await this.#ask(`${PATH}/${id}`, { method: 'DELETE' });
  }

  async #load() {
    try {
      const { annotations } = await (await this.#ask(PATH)).json();
      this.#list = annotations.sort(byTime);
      this.writable = true;
    } catch {
      this.writable = false;
    }
    this.changed();
  }

  #hear({ annotation, removed }) {
    this.#list = this.#list.filter(note => note.id !== (annotation?.id ?? removed));
    if (annotation) this.#list = [...this.#list, annotation].sort(byTime);
    this.changed();
  }

  async #ask(path, options) {
    const answer = await this.fetch(signed(path), options);
    if (!answer.ok) throw new Error(`annotations answered ${answer.status}`);
    return answer;
  }
}

const byTime = (a, b) => a.time - b.time || a.id - b.id;
