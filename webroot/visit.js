/**
 * One stay at a page: what the page uses here ends by itself when the viewer leaves. A page is a module
 * with `mount(element, visit)`; it may return a function, called at the end, or {unmount, changed}:
 * `changed(route)` is called in place of a new visit when only the query of the address differs.
 */
export class Visit {
  #end = new AbortController();
  #undo = [];
  #router;

  constructor(page, router, route) {
    this.page = page;
    this.route = route;
    this.#router = router;
    this.actions = {};
    this.name = '';
  }

  /** Aborted at the end: for listeners and requests. */
  get signal() {
    return this.#end.signal;
  }

  /** Called at the end, the last one first. */
  atEnd(task) {
    this.#undo.push(task);
  }

  /** Parts with `draw(moment)`, called once a frame when something has changed. */
  draw(...parts) {
    this.page.loop.add(...parts);
    this.atEnd(() => this.page.loop.remove(...parts));
    this.page.invalidate();
  }

  /** Asks for a JSON document now and then; `receive(answer)`. */
  poll(path, everyMillis, receive) {
    const poll = this.page.addPoll(path, everyMillis, receive);
    this.atEnd(() => this.page.dropPoll(poll));
    return poll;
  }

  /** Follows series of the present, see net/wants.js. Returns what ends it early. */
  follow(want) {
    const leave = this.page.conversation.follow(want);
    this.atEnd(leave);
    return leave;
  }

  /** Keys of this page: {key: event => …}. */
  keys(actions) {
    Object.assign(this.actions, actions);
  }

  /** What stands before the host in the title of the window. */
  title(text) {
    this.name = text;
    this.page.invalidate();
  }

  go(url, options) {
    this.#router.go(url, options);
  }

  /** Writes what is shown into the address. */
  write(url, options) {
    this.#router.write(url, options);
  }

  end() {
    this.#end.abort();
    for (const task of this.#undo.splice(0).reverse()) task();
  }
}
