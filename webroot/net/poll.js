/**
 * Asks for a JSON document now and then, while someone looks. A failed answer is skipped: what was
 * shown stays, and the pill says how live the page is.
 */
export class Poll {
  #timer = 0;
  #running = false;

  constructor(path, everyMillis, receive) {
    this.path = path;
    this.everyMillis = everyMillis;
    this.receive = receive;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#turn();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  async #turn() {
    await this.#ask();
    if (this.#running) this.#timer = setTimeout(() => this.#turn(), this.everyMillis);
  }

  async #ask() {
    try {
      const answer = await fetch(this.path);
      if (answer.ok) this.receive(await answer.json());
    } catch {
      // The next turn asks again.
    }
  }
}
