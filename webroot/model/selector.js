const MATCHER = /\s*([a-zA-Z_][a-zA-Z0-9_.]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?/y;
const WHOLE = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)?\s*(?:\{(.*)\})?\s*$/s;

const unquoted = text => text.slice(1, -1).replace(/\\(n|.)/g, (_, c) => (c === 'n' ? '\n' : c));

const TESTS = {
  '=': wanted => value => value === wanted,
  '!=': wanted => value => value !== wanted,
  '=~': wanted => matching(wanted),
  '!~': wanted => not(matching(wanted)),
};

const not = test => value => !test(value);
const matching = source => {
  const whole = new RegExp(`^(?:${source})$`, 's');
  return value => whole.test(value);
};

/** One selector in Prometheus matcher syntax, as a test; null for what cannot be read. */
function testOf(selector) {
  const [, metric = '', inside = ''] = WHOLE.exec(selector) ?? [];
  const tests = metric ? [meta => meta.metric === metric] : [];
  MATCHER.lastIndex = 0;
  while (MATCHER.lastIndex < inside.trimEnd().length) {
    const found = MATCHER.exec(inside);
    if (!found) return null;
    const [, name, operator, value] = found;
    const test = TESTS[operator](unquoted(value));
    tests.push(name === '__name__' ? meta => test(meta.metric) : meta => test(meta.labels?.[name] ?? ''));
  }
  return tests.length ? meta => tests.every(test => test(meta)) : null;
}

/** Several selectors: tells whether a series {metric, labels} is one of theirs. The server has the last word on what they mean. */
export class Selection {
  #tests;

  constructor(selectors) {
    this.#tests = selectors.map(safely(testOf)).filter(Boolean);
  }

  matches(meta) {
    return this.#tests.some(test => test(meta));
  }
}

const safely = work => argument => {
  try {
    return work(argument);
  } catch {
    return null;
  }
};
