import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { JAR, Server, inside, launch, live, missing, open, reads, violations, waitUntil } from './support.js';

const PASSWORD = 'correct horse battery staple';

/** A network that breaks WebSockets: it refuses every upgrade, and holds back event streams if told to. */
class Proxy {
  static async start(target, { streams = true } = {}) {
    const proxy = new Proxy();
    proxy.streams = 0;
    proxy.server = createServer((asked, answer) => {
      const isStream = asked.url.startsWith('/api/v1/stream');
      if (isStream && !streams) return;
      const onward = request(new URL(asked.url, target), { method: asked.method, headers: asked.headers }, from => {
        answer.writeHead(from.statusCode, from.headers);
        from.pipe(answer);
      });
      if (isStream) proxy.streams++;
      answer.on('close', () => {
        if (isStream) proxy.streams--;
        onward.destroy();
      });
      onward.on('error', () => answer.destroy());
      asked.pipe(onward);
    });
    proxy.server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    return proxy;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** What a browser says of a handshake that failed is what is tried here. */
const unexpected = seen => seen.console.filter(text => !/WebSocket connection to/.test(text));
const way = page => inside(page, parts => parts.link.way);

describe('fallback', { skip: missing }, () => {
  let server, browser, proxy;
  before(async () => {
    server = await Server.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
  });
  beforeEach(async () => (proxy = await Proxy.start(server.url)));
  afterEach(() => proxy.stop());

  /** Ticks that a page has after those that it has now, and whether one is missing between them. */
  async function goesOn(page, count = 4) {
    const head = await inside(page, parts => parts.store.headTime);
    await waitUntil(page, (parts, wanted) => parts.store.headTime >= wanted && parts.conversation.past.holes.open.length === 0, head + count * 1000);
    return inside(page, (parts, from) => parts.store.holes(from, parts.store.headTime), head);
  }

  /** The one that was replaced ends a moment later. */
  async function oneStream(page) {
    const deadline = Date.now() + 30_000;
    while (proxy.streams !== 1 && Date.now() < deadline) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(proxy.streams, 1);
  }

  test('webSocketsRefused_thePageIsLiveOverAStreamAndSaysSo', async () => {
    const { page, context, seen } = await open(browser, proxy.url);
    await live(page);
    await reads(page, '.tile.cpu .big', /^\d/);
    assert.deepEqual(await way(page), { name: 'stream', shared: false });
    assert.deepEqual(await goesOn(page), []);
    await page.click('.pill');
    await reads(page, '.pillbox .pop', /event stream/);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(unexpected(seen), []);
    await context.close();
  });

  test('browserWithoutWebSockets_goesFromPageToPageWithoutAHole', async () => {
    const { page, context, seen } = await open(browser, server.url, { before: page => page.addInitScript(() => delete globalThis.WebSocket) });
    await live(page);
    await goesOn(page, 2);
    const from = await inside(page, parts => parts.store.headTime);
    for (const path of ['/devices', '/explore', '/']) {
      await page.locator(`.nav a[href^="${path}"]`).first().click();
      await page.waitForFunction(wanted => location.pathname === wanted && document.querySelector('main').children.length, path);
      await live(page);
    }
    await goesOn(page, 3);
    assert.deepEqual(await inside(page, (parts, from) => parts.store.holes(from, parts.store.headTime), from), []);
    assert.deepEqual(seen.console, []);
    await context.close();
  });

  test('twoTabs_shareOneStream_andWhenItsTabClosesTheOtherGoesOn', async () => {
    const { page, context } = await open(browser, proxy.url);
    await live(page);
    const second = await context.newPage();
    await second.goto(`${proxy.url}/explore?select=cpu_usage`);
    await live(second);
    await goesOn(second, 3);
    assert.deepEqual([(await way(page)).shared, (await way(second)).shared], [false, true]);
    await oneStream(second);
    const from = await inside(second, parts => parts.store.headTime);
    await page.close();
    await waitUntil(second, parts => !parts.link.way.shared);
    await goesOn(second, 4);
    assert.equal(await inside(second, parts => parts.link.reconnects), 0, 'it was not cut off');
    await oneStream(second);
    const head = await inside(second, parts => parts.store.headTime);
    assert.ok(head > from, `${head} after ${from}`);
    await context.close();
  });

  test('streamCutOff_thePageComesBackAndNothingIsMissing', async () => {
    const { page, context } = await open(browser, proxy.url);
    await live(page);
    await goesOn(page, 2);
    const from = await inside(page, parts => parts.store.headTime);
    proxy.server.closeAllConnections();
    await waitUntil(page, parts => parts.link.reconnects > 0 && parts.link.phase === 'open');
    await live(page);
    await goesOn(page, 3);
    assert.equal((await way(page)).name, 'stream');
    assert.deepEqual(await inside(page, (parts, from) => parts.store.holes(from, parts.store.headTime), from), []);
    await context.close();
  });

  test('streamsHeldBack_thePageAsksHistoryAndMovesOn', async () => {
    const narrow = await Proxy.start(server.url, { streams: false });
    const { page, context, seen } = await open(browser, narrow.url);
    await live(page);
    await reads(page, '.tile.cpu .big', /^\d/);
    assert.equal((await way(page)).name, 'poll');
    assert.deepEqual(await goesOn(page, 6), []);
    assert.deepEqual(unexpected(seen), []);
    await context.close();
    narrow.stop();
  });

  describe('where a login is needed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidepole-fallback-'));
    let locked;
    const begin = async (...more) => (locked = await Server.start(0, '--auth.enabled=true', `--data=${folder}`, '--history.durability=memory', ...more));
    before(() => execFileSync('java', ['-jar', JAR, 'password', 'set', 'ada', '--read', '*', `--data=${folder}`], { input: `${PASSWORD}\n` }));
    afterEach(() => locked.stop());
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** From the login page to a live one; then what a stranger's requests left on the console is forgotten. */
    async function logIn({ page, seen }) {
      await page.waitForURL(/\/login/);
      await page.getByLabel('Name').fill('ada');
      await page.getByLabel('Password').fill(PASSWORD);
      seen.console.length = 0;
      await page.keyboard.press('Enter');
      await live(page);
      await reads(page, '.person', /ada/);
    }

    for (const streams of [true, false]) {
      test(`webSocketsRefused_${streams ? 'aStream' : 'askingNowAndThen'}_goesWithTheCookie`, async () => {
        await begin();
        const narrow = await Proxy.start(locked.url, { streams });
        const opened = await open(browser, narrow.url);
        await logIn(opened);
        assert.equal((await way(opened.page)).name, streams ? 'stream' : 'poll');
        assert.deepEqual(await goesOn(opened.page, streams ? 4 : 6), []);
        assert.deepEqual(unexpected(opened.seen), []);
        await opened.context.clearCookies();
        if (streams) narrow.server.closeAllConnections();
        await opened.page.waitForURL(/\/login\?next=/, { timeout: 30_000 });
        await opened.context.close();
        narrow.stop();
      });
    }

    test('overTls_thePageComesByHttp2_aStreamAsksAgainWithHttp1_andIsLive', async () => {
      await begin('--tls.dev=true', '--mqtt.enabled=false');
      const opened = await open(browser, locked.url, { ignoreHTTPSErrors: true, serviceWorkers: 'block', before: page => page.addInitScript(() => delete globalThis.WebSocket) });
      await logIn(opened);
      const { page, context, seen } = opened;
      assert.equal((await way(page)).name, 'stream');
      assert.deepEqual(await goesOn(page), []);
      const protocols = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name, nextHopProtocol }) => [new URL(name).pathname, nextHopProtocol]));
      assert.ok(protocols.filter(([path, protocol]) => path.endsWith('.js') && protocol === 'h2').length > 30, JSON.stringify(protocols));
      assert.deepEqual([...new Set(protocols.filter(([path]) => path === '/api/v1/stream').map(([, protocol]) => protocol))], ['http/1.1'], 'see docs/protocol.md');
      const second = await context.newPage();
      await second.goto(new URL('/explore?select=cpu_usage', locked.url).href);
      await live(second);
      await goesOn(second, 3);
      assert.equal((await context.cookies()).find(({ name }) => /tidepole/i.test(name))?.secure, true);
      assert.deepEqual(seen.console.filter(text => !/Service Worker registration blocked/.test(text)), []);
      await context.close();
    });
  });
});
