const token = new URLSearchParams(globalThis.location?.search).get('token');

/** An address of ours as a framed page asks for it, with the token of its own: a frame gets no cookie. */
export const signed = address => (token ? `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ token })}` : address);

/**
 * Asks for a JSON document now and then, while someone looks. A failed answer is skipped: what was
 * shown stays, and the pill says how live the page is.
 */
export class Poll {
  #timer = 0;
  #running = false;

  /** `reachable` says whether there is any use in asking. */
  constructor(path, everyMillis, receive, reachable = () => true) {
    this.path = path;
    this.reachable = reachable;
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

  /** Something has changed: do not wait for the turn. */
  soon() {
    if (this.#running) this.#ask();
  }

  async #turn() {
    await this.#ask();
    if (this.#running) this.#timer = setTimeout(() => this.#turn(), this.everyMillis);
  }

  async #ask() {
    if (!this.reachable()) return;
    try {
      const answer = await fetch(signed(this.path));
      if (answer.ok) this.receive(await answer.json());
    } catch {
      // The next turn asks again.
    }
  }
}
