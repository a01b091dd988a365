/**
 * Keeps the pages for when there is no network. With one, nothing comes from here but files under /v/<hash>/, whose
 * address is their content: an old page is never served while the server can be reached.
 */
const FILES = '/v/dev/';
const CACHE = `tidepole ${FILES}`;
/** What a page keeps of its data lies in another cache, and stays. */
const PICTURE = 'tidepole picture';
const SHELL = '/';
const PAGES = /^\/($|devices|explore|dashboards|system)/;

self.addEventListener('install', event => event.waitUntil(install()));
self.addEventListener('activate', event => event.waitUntil(activate()));
self.addEventListener('message', event => event.waitUntil(keep(event.data.keep ?? [])));

self.addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== 'GET') return;
  if (request.mode === 'navigate' && PAGES.test(pathname)) event.respondWith(navigate(request));
  else if (pathname.startsWith(FILES)) event.respondWith(file(request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(SHELL, { cache: 'no-cache' }));
  await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter(name => name.startsWith('tidepole ') && name !== CACHE && name !== PICTURE);
  await Promise.all(old.map(name => caches.delete(name)));
  await self.clients.claim();
}

/** The page says which files it is made of. */
async function keep(addresses) {
  const cache = await caches.open(CACHE);
  const wanted = addresses.filter(address => new URL(address).pathname.startsWith(FILES));
  await Promise.all(wanted.map(async address => (await cache.match(address)) ?? cache.add(address)));
}

async function navigate(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(CACHE)).match(SHELL);
    if (kept) return kept;
    throw failure;
  }
}

async function file(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) cache.put(request.url, answer.clone());
  return answer;
}
