const MOST = 100;

/** Where an editor can go back to. A state is never changed once it is here; more than a hundred steps are forgotten. */
export class Undo {
  #past = [];
  #future = [];

  constructor(state) {
    this.state = state;
    this.saved = state;
  }

  /** `key` names what is being changed: steps with the same key become one, as while somebody types or drags. */
  put(state, key = '') {
    if (same(state, this.state)) return;
    if (!key || key !== this.key) this.#past.push(this.state);
    if (this.#past.length > MOST) this.#past.shift();
    this.#future = [];
    this.key = key;
    this.state = state;
  }

  undo() {
    this.#move(this.#past, this.#future);
  }

  redo() {
    this.#move(this.#future, this.#past);
  }

  /** What is there now is what is kept. */
  keep(state = this.state) {
    this.state = this.saved = state;
    this.key = '';
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  get dirty() {
    return !same(this.state, this.saved);
  }

  #move(from, to) {
    if (!from.length) return;
    to.push(this.state);
    this.state = from.pop();
    this.key = '';
  }
}

const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
