/** `{{device}} in {{line}}` with the labels of a series; `{{metric}}` is its name. A label that is missing is left out. */
export function legend(template, meta) {
  return template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name) => (name === 'metric' ? meta.metric : meta.labels?.[name] ?? '')).trim() || meta.metric;
}

/** Whether a choice of a panel takes a series. One that was put together by labels has no others left: its metric tells whose it is. */
export function takes(choice, meta) {
  if (!choice.by?.length) return choice.selection.matches(meta);
  const [, metric] = /^\s*([a-zA-Z_:][\w:]*)/.exec(choice.select) ?? [];
  return metric === undefined || metric === meta.metric;
}

/** A name for each series: by its template, else by the labels that tell it from the others, else its metric. */
export function namesOf(rows) {
  const metas = rows.map(row => row.meta);
  const several = new Set(metas.map(meta => meta.metric)).size > 1;
  const varying = [...new Set(metas.flatMap(meta => Object.keys(meta.labels ?? {})))].filter(label => new Set(metas.map(meta => meta.labels?.[label])).size > 1).sort();
  return rows.map(({ choice, meta }) => {
    if (choice.label) return legend(choice.label, meta);
    const parts = varying.map(label => meta.labels?.[label]).filter(Boolean);
    if (several || !parts.length) parts.push(meta.metric);
    return parts.join(' ');
  });
}
