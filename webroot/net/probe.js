import { Selection } from '../model/selector.js';
import { seriesKey } from '../model/key.js';

/** As seldom as the server can: what is of interest is which series there are. */
const EVERY_MILLIS = 60_000;

/** Which series a selector means, as the server reads it: kept up as they come and go. */
export class Probe {
  #leave;

  /** `changed()` is called when something is known. */
  constructor(visit, selector, changed) {
    this.selector = selector;
    this.series = new Map();
    this.answered = false;
    /** {code, message} of the server, or null. */
    this.refusal = null;
    const selection = new Selection([selector]);
    this.#leave = visit.follow({
      interval: EVERY_MILLIS,
      select: () => [selector],
      takes: (meta, every) => !meta.by && (meta.stat ?? 'last') === 'last' && meta.interval === every && selection.matches(meta),
      target: meta => this.#learn(meta, changed),
      joined: () => {
        this.answered = true;
        changed();
      },
      refused: refusal => {
        this.refusal = refusal;
        changed();
      },
    });
  }

  close() {
    this.#leave();
  }

  #learn(meta, changed) {
    const key = seriesKey(meta.metric, meta.labels);
    this.series.set(key, meta);
    if (this.answered) changed();
    return {
      write: () => {},
      removed: () => {
        this.series.delete(key);
        changed();
      },
    };
  }
}
