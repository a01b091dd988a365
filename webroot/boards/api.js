const ROOT = '/api/v1/dashboards';
const pathOf = name => `${ROOT}/${encodeURIComponent(name)}`;

/** What the server said no to: a status, 0 for no answer at all, and in its words why. */
export class Refused extends Error {
  constructor(status, { code = 'unreachable', message = '', problems = [] } = {}) {
    super(message || code);
    Object.assign(this, { status, code, problems });
  }
}

/** Dashboards on the server. Every change says what it began with, so that two editors cannot overwrite each other. */
export const dashboards = {
  list: signal => ask(ROOT, { signal }),
  find: (name, signal) => ask(pathOf(name), { signal }),
  save: (name, dashboard, etag) => ask(pathOf(name), { method: 'PUT', headers: { 'Content-Type': 'application/json', ...condition(etag) }, body: JSON.stringify(dashboard, null, 1) }),
  remove: (name, etag) => ask(pathOf(name), { method: 'DELETE', headers: condition(etag) }),
};

const condition = etag => (etag ? { 'If-Match': `"${etag}"` } : { 'If-None-Match': '*' });

export async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { cache: 'no-store', ...options });
  } catch (problem) {
    if (problem.name === 'AbortError') throw problem;
    throw new Refused(0);
  }
  if (answer.status === 204) return null;
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, body.error);
  return body;
}
