/** The name of a series that outlives ids: metric and sorted labels, as Prometheus writes it. */
export function seriesKey(metric, labels = {}) {
  const names = Object.keys(labels).sort();
  if (names.length === 0) return metric;
  return `${metric}{${names.map(name => `${name}=${quoted(labels[name])}`).join(',')}}`;
}

/** A selector's value in quotes. */
export function quoted(text) {
  return `"${String(text).replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

/** Text that a regular expression takes for itself. */
export function literal(text) {
  return String(text).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
