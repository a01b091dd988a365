const AGAIN_MILLIS = 10_000;

/** Loads the page anew when the server serves another version of it. Nobody is asked: nobody is there. */
export class Renewal {
  #own;

  /** `address` is that of a module: /v/<hash>/…. */
  constructor(address) {
    this.#own = /\/v\/([^/]+)\//.exec(address)?.[1];
    this.check = () => this.#check();
  }

  async #check() {
    try {
      const answer = await fetch(location.pathname + location.search, { cache: 'no-store' });
      if (!answer.ok) throw new Error(String(answer.status));
      const served = answer.headers.get('etag')?.replace(/W\/|"/g, '');
      if (served && served !== this.#own) location.reload();
    } catch {
      setTimeout(this.check, AGAIN_MILLIS);
    }
  }
}
