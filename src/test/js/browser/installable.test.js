import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Server, inside, launch, live, missing, open, reads, state, waitUntil } from './support.js';

/** What Chromium says of a header that only counts over a secure connection. */
const IGNORED = /Cross-Origin-Opener-Policy header has been ignored/;

describe('installable', { skip: missing }, () => {
  let server, browser;
  before(async () => (browser = await launch('--host-resolver-rules=MAP tidepole.test 127.0.0.1')));
  after(() => browser?.close());
  beforeEach(async () => (server = await Server.start()));
  afterEach(() => server?.kill());

  const named = () => server.url.replace('127.0.0.1', 'tidepole.test');
  /** Waits until the worker has kept all that the page is made of. */
  const kept = page => waitUntil(page, async () => {
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType('resource').map(entry => entry.name).filter(name => /\/v\//.test(name));
    const missing = await Promise.all(files.map(async name => !(await caches.match(name))));
    return active?.state === 'activated' && Boolean(await caches.match('/')) && Boolean(await caches.match('/picture')) && !missing.includes(true);
  });

  test('manifest_namesIconsThatExist', async () => {
    const manifest = await (await fetch(new URL('/manifest.webmanifest', server.url))).json();
    assert.equal(manifest.start_url, '/');
    for (const { src, type } of manifest.icons) {
      const answer = await fetch(new URL(src, server.url));
      assert.equal(answer.status, 200, src);
      assert.ok(answer.headers.get('content-type').startsWith(type), src);
      assert.match(answer.headers.get('cache-control'), /immutable/, 'its address names its content');
    }
  });

  test('worker_isNeverTakenFromACacheUnasked', async () => {
    const answer = await fetch(new URL('/sw.js', server.url));
    assert.match(answer.headers.get('cache-control'), /no-cache/);
    assert.doesNotMatch(await answer.text(), /\/v\/dev\//, 'it names the hash of these pages');
  });

  test('withoutNetwork_thePageShowsTheLastPictureAsOld_andGoesOnWhenItIsBack', async () => {
    const { page, context, seen } = await open(browser, server.url);
    await live(page);
    await reads(page, '.tile.cpu .big', /^\d/);
    await kept(page);
    const head = await inside(page, page => page.store.headTime);
    await context.setOffline(true);
    await page.reload();
    await reads(page, '.charts .head', /Not connected\. The picture is of \d\d:\d\d:\d\d\./);
    await reads(page, '.tile.cpu .big', /^\d/);
    await reads(page, '.when', /^as of \d\d:\d\d:\d\d$/);
    assert.ok(await inside(page, page => page.store.headTime) <= head);
    assert.notEqual(await page.getAttribute('.pill', 'data-state'), 'live');
    await context.setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await live(page);
    await reads(page, '.when', /^now$/);
    assert.deepEqual(seen.console.filter(text => !/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/.test(text)), []);
    await context.close();
  });

  test('withNetwork_aNewerVersionIsShownAtOnce', async () => {
    const { page, context } = await open(browser, server.url);
    await live(page);
    await kept(page);
    const poisoned = await page.evaluate(async () => {
      const name = (await caches.keys()).find(key => key.includes('/v/'));
      const cache = await caches.open(name);
      await cache.put('/', new Response('<!doctype html><title>an old version</title>', { headers: { 'content-type': 'text/html' } }));
      return name;
    });
    assert.ok(poisoned);
    await page.reload();
    await live(page);
    assert.notEqual(await page.title(), 'an old version', 'the server was asked');
    await context.close();
  });

  test('withNetwork_cachesOfOlderVersionsAreThrownAway', async () => {
    const { page, context } = await open(browser, server.url, { before: page => page.addInitScript(() => globalThis.caches?.open('tidepole /v/old/')) });
    await live(page);
    await kept(page);
    await waitUntil(page, async () => !(await caches.keys()).includes('tidepole /v/old/') || (await navigator.serviceWorker.ready).active.state !== 'activated');
    await context.close();
  });

  test('plainHttp_onAnotherName_worksAndSaysWhatIsReduced', async () => {
    const { page, context, seen } = await open(browser, named());
    await live(page);
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await page.click('.pill');
    await reads(page, '.pop', /Over plain HTTP the browser gives no clipboard/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'CPU: table, files, link' }).click();
    await page.getByRole('menuitem', { name: 'Copy link to this moment' }).click();
    const field = page.getByRole('textbox', { name: 'The link to this moment' });
    assert.match(await field.inputValue(), /^http:\/\/tidepole\.test:\d+\/\?from=\d+&until=\d+$/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await page.keyboard.press('t');
    await state(page, 'live');
    assert.deepEqual(seen.console.filter(text => !IGNORED.test(text)), []);
    await context.close();
  });
});
