const CHANNEL = 'tidepole stream';
/** How long a newcomer waits for somebody who leads. */
const GREET_MILLIS = 250;
const WATCH_MILLIS = 5000;
const CALL_MILLIS = 30_000;
const MISSED_CALLS = 2;

/**
 * One stream for all pages of a browser, which gives an origin six connections over HTTP/1.1. One page leads: it holds
 * the stream, asks for what all of them want and says to all what it hears. The rest follow; when the one that leads
 * goes, the others greet, and the first to wait in vain leads. Two that lead hear of each other, and the one with the
 * lower (term, name) steps back. A browser without channels asks history, each page for itself.
 */
export class Shared {
  #channel = null;
  #carrier = null;
  #leader = '';
  #term = 0;
  #welcome = null;
  #mine = {};
  /** What other pages want, by their names, with how often they did not answer a call. */
  #others = new Map();
  #greeting = null;
  #watch = null;
  #greetedAt = 0;
  #heardAt = 0;

  /** `waiting()` says whether this page waits for an answer. */
  constructor({ heard, lost, waiting }, env) {
    Object.assign(this, { heard, lost, waiting, env });
    this.name = `${env.now()}-${Math.floor(env.random() * 1e9)}`;
    this.way = '';
    if (!env.Channel) return void this.#lead();
    this.#channel = new env.Channel(CHANNEL);
    this.#channel.onmessage = ({ data }) => HEARD[data.kind]?.call(this, data);
    this.#greet();
    this.#look();
  }

  get leads() {
    return this.#carrier !== null;
  }

  want(asks) {
    this.#mine = asks;
    this.#ask();
  }

  close() {
    this.#carrier?.close();
    this.#carrier = null;
    this.#post('bye');
    this.#channel?.close();
    this.#channel = null;
    this.env.cancel(this.#greeting);
    this.env.cancel(this.#watch);
  }

  hello() {
    if (this.leads) this.#announce();
  }

  led({ from, term, way, welcome }) {
    if (this.leads) {
      if (term < this.#term || (term === this.#term && from < this.name)) return this.#announce();
      this.#carrier.close();
      this.#carrier = null;
    } else if (term < this.#term) return;
    this.env.cancel(this.#greeting);
    Object.assign(this, { way });
    this.#leader = from;
    this.#term = term;
    this.#heardAt = this.env.now();
    if (welcome) this.#say(welcome.message, this.env.now() - welcome.at);
    this.#ask();
  }

  wanted({ from, asks, again }) {
    if (!this.leads) return;
    this.#others.set(from, { asks, missed: 0 });
    this.#gather(again);
  }

  left({ from }) {
    if (this.leads && this.#others.delete(from)) this.#gather(false);
    else if (from === this.#leader) this.#greet();
  }

  said({ from, message }) {
    if (from !== this.#leader) return;
    this.#heardAt = this.env.now();
    this.#say(message, 0);
  }

  gone({ from, code }) {
    if (from === this.#leader) this.lost(code);
  }

  #greet() {
    this.env.cancel(this.#greeting);
    this.#greetedAt = this.env.now();
    this.#greeting = this.env.later(() => this.#lead(), GREET_MILLIS);
    this.#post('hello');
  }

  #lead() {
    this.#leader = this.name;
    this.#term++;
    this.#others.clear();
    this.#welcome = null;
    this.#carry(this.#channel && this.env.Stream ? this.env.Stream : this.env.Polling);
  }

  #carry(Carrier) {
    this.way = Carrier.way;
    const carrier = new Carrier({ heard: message => this.#pass(message), lost: code => this.#drop(Carrier, code) }, this.env);
    this.#carrier = carrier;
    this.#announce();
    this.#gather(false);
  }

  /** A stream that never began is one that something between holds back; history gets through where a page does. */
  #drop(Carrier, code) {
    if (!this.leads) return;
    if (Carrier !== this.env.Polling && !this.#welcome) return void this.#carry(this.env.Polling);
    this.#post('gone', { code });
    this.lost(code);
  }

  #pass(message) {
    if (message.type === 'welcome') this.#welcome = { message, at: this.env.now() };
    this.#post('say', { message });
    this.#say(message, 0);
  }

  /** A welcome that was kept is as much older than its time. */
  #say(message, age) {
    this.heard(message.type === 'welcome' ? { ...message, serverTime: message.serverTime + age } : message);
  }

  #ask() {
    if (this.leads) this.#gather(this.waiting());
    else this.#post('want', { asks: this.#mine, again: this.waiting() });
  }

  #gather(again) {
    this.#carrier?.want(Object.assign({}, this.#mine, ...[...this.#others.values()].map(({ asks }) => asks)), again);
  }

  #announce() {
    this.#post('lead', { term: this.#term, way: this.way, welcome: this.#welcome });
  }

  #post(kind, more = {}) {
    this.#channel?.postMessage({ kind, from: this.name, ...more });
  }

  /** Who leads calls now and then; who follows a silent one greets, and leads if that is not answered. */
  #look() {
    this.env.cancel(this.#watch);
    this.#watch = this.env.later(() => this.#look(), this.leads ? CALL_MILLIS : WATCH_MILLIS);
    if (this.leads) this.#call();
    else if (this.env.now() - Math.max(this.#heardAt, this.#greetedAt) >= WATCH_MILLIS) this.#greet();
  }

  #call() {
    for (const [name, other] of this.#others) if (++other.missed > MISSED_CALLS) this.#others.delete(name);
    this.#gather(false);
    this.#announce();
  }
}

const HEARD = {
  hello() { this.hello(); },
  lead(m) { this.led(m); },
  want(m) { this.wanted(m); },
  bye(m) { this.left(m); },
  say(m) { this.said(m); },
  gone(m) { this.gone(m); },
};
