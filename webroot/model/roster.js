/** The states of devices, as on the wire by their first letter, those that need someone first. */
export const STATES = ['offline', 'stale', 'live'];
const BY_LETTER = { o: 0, s: 1, l: 2 };

export const SORTS = ['name', 'need', 'age', 'refused'];

/**
 * All devices that the server knows, in columns: ten thousand of them are searched and sorted within a
 * few milliseconds. A row is named by its index, which holds until the next `load`.
 */
export class Roster {
  constructor() {
    this.clear();
  }

  clear() {
    this.names = [];
    this.lower = [];
    this.state = new Uint8Array(0);
    this.lastSeen = new Float64Array(0);
    this.cadence = new Float64Array(0);
    this.refused = new Float64Array(0);
    this.byName = new Map();
    this.loaded = false;
    this.version = (this.version ?? 0) + 1;
  }

  get size() {
    return this.names.length;
  }

  /** The answer of GET /api/v1/devices?form=columns. */
  load({ t, device, state, age, cadence, refused }) {
    this.names = device;
    this.lower = device.map(name => name.toLowerCase());
    this.state = Uint8Array.from(state, letter => BY_LETTER[letter] ?? 0);
    this.lastSeen = Float64Array.from(age, millis => (millis < 0 ? 0 : t - millis));
    this.cadence = Float64Array.from(cadence);
    this.refused = Float64Array.from(refused);
    this.byName = new Map(device.map((name, i) => [name, i]));
    this.loaded = true;
    this.version++;
  }

  /** A message device.state. False for a device that is not known yet. */
  told({ deviceId, state, lastSeen, cadence }) {
    const i = this.byName.get(deviceId);
    if (i === undefined) return false;
    this.state[i] = Math.max(0, STATES.indexOf(state));
    if (lastSeen) this.lastSeen[i] = Math.max(this.lastSeen[i], lastSeen);
    if (cadence) this.cadence[i] = cadence;
    this.version++;
    return true;
  }

  /** A value of it has just come. */
  heard(name, t) {
    const i = this.byName.get(name);
    if (i !== undefined && t > this.lastSeen[i]) this.lastSeen[i] = t;
  }

  stateOf(i) {
    return STATES[this.state[i]];
  }

  /**
   * {rows, counts}: the rows that fit, in order; and how many the search finds of each state.
   * `state` is one of STATES, 'refused' or ''; `among` a Set of names, or null for all.
   */
  find({ search = '', state = '', sort = 'name', descending = false, among = null }) {
    const words = wordsOf(search);
    const counts = { all: 0, live: 0, stale: 0, offline: 0, refused: 0 };
    const rows = [];
    for (let i = 0; i < this.names.length; i++) {
      if (among ? !among.has(this.names[i]) : !words.every(word => this.lower[i].includes(word))) continue;
      const own = STATES[this.state[i]];
      counts.all++;
      counts[own]++;
      if (this.refused[i]) counts.refused++;
      if (!state || state === own || (state === 'refused' && this.refused[i])) rows.push(i);
    }
    if (sort !== 'name') rows.sort(this.#order(sort));
    if (descending) rows.reverse();
    return { rows: Uint32Array.from(rows), counts };
  }

  /** Rows come by name, and sorting is stable: ties stay so. */
  #order(sort) {
    if (sort === 'need') return (a, b) => this.state[a] - this.state[b];
    if (sort === 'age') return (a, b) => this.lastSeen[a] - this.lastSeen[b];
    return (a, b) => this.refused[b] - this.refused[a];
  }
}

export const wordsOf = search => search.toLowerCase().split(/\s+/).filter(Boolean);

/** Whether a search is meant for the server: a selector rather than words. */
export const isSelector = search => /[{=]/.test(search);

/** [text, found] pieces of a name, so that what was searched can be seen in it. */
export function marked(name, words) {
  const lower = name.toLowerCase();
  const hit = new Uint8Array(name.length);
  for (const word of words) for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) hit.fill(1, at, at + word.length);
  const pieces = [];
  for (let i = 0; i < name.length; i++) {
    if (pieces.length && pieces.at(-1)[1] === Boolean(hit[i])) pieces.at(-1)[0] += name[i];
    else pieces.push([name[i], Boolean(hit[i])]);
  }
  return pieces;
}
