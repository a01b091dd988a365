const PICTURE = 'tidepole picture';
const ADDRESS = '/picture';
const SAVE_EVERY_MILLIS = 60_000;
const KEPT_MILLIS = 900_000;

/**
 * The last picture, for a page that is opened without a network. Only a secure context has the means: over plain HTTP
 * there is neither a worker nor a cache, and the browser says itself that there is no network.
 */
export async function keepForOffline(page) {
  const { active } = await navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready);
  active.postMessage({ keep: performance.getEntriesByType('resource').map(entry => entry.name) });
  const save = () => page.store.head && page.link.everOpen && keep(pictureOf(page.store, page.host)).catch(() => {});
  setInterval(save, SAVE_EVERY_MILLIS);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && save());
  save();
}

/** The store as an answer of history, with the host's name. */
export function pictureOf(store, host) {
  const t = [];
  for (let n = store.headTime - KEPT_MILLIS; n <= store.headTime; n += store.step) if (store.spans[store.slot(n)] > 0) t.push(n);
  const series = [...store.series.values()].map(one => ({ ...one.meta, values: t.map(time => one.values[store.slot(time)]).map(value => (Number.isFinite(value) ? value : null)) }));
  return { host, step: store.step, t, series };
}

async function keep(picture) {
  await (await caches.open(PICTURE)).put(ADDRESS, new Response(JSON.stringify(picture)));
}

/** What was kept, or null. */
export async function lastPicture() {
  try {
    return await (await (await globalThis.caches?.open(PICTURE))?.match(ADDRESS))?.json() ?? null;
  } catch {
    return null;
  }
}
