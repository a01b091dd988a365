const loading = new Map();

/** A style sheet of ours, loaded once; resolves when it is in force. */
export function sheet(name) {
  if (!loading.has(name)) loading.set(name, add(new URL(`../${name}`, import.meta.url).href));
  return loading.get(name);
}

function add(href) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: resolve, onerror: reject });
    document.head.append(link);
  });
}
