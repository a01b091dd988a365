import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Server, inside, launch, live, missing, open, reads, state, waitUntil } from './support.js';

const TICKS = 6;

describe('recovery', { skip: missing }, () => {
  let browser, server, opened;
  before(async () => (browser = await launch()));
  after(() => browser?.close());
  beforeEach(async () => {
    server = await Server.start();
    opened = await open(browser, server.url);
    await live(opened.page);
    await opened.page.evaluate(() => (globalThis.sameDocument = true));
    await ticks(opened.page, TICKS);
  });
  afterEach(async () => {
    await opened?.context.close();
    await server?.kill();
  });

  /** Waits until the page has seen so many ticks more. */
  async function ticks(page, count) {
    const head = await inside(page, parts => parts.store.headTime);
    await waitUntil(page, (parts, wanted) => parts.store.headTime >= wanted, head + count * 1000);
  }

  const caughtUp = page => waitUntil(page, parts => parts.conversation.subscribed && parts.conversation.past.holes.open.length === 0);

  test('server_killedAndRestarted_thePageReturnsAndNamesTheHole', async () => {
    const { page } = opened;
    const port = server.port;
    const held = await inside(page, parts => parts.store.headTime);
    await server.kill();
    await state(page, 'reconnecting');
    await reads(page, '.tile.cpu .delta', /old\s*$/);
    await reads(page, '.gaplabel:not([hidden])', /no link to the server/);
    server = await Server.start(port);
    await live(page);
    await caughtUp(page);
    await ticks(page, 4);
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true, 'no reload');
    const { holes, kinds } = await inside(page, (parts, from) => {
      const found = parts.store.holes(from, parts.store.headTime);
      return { holes: found, kinds: found.map(hole => parts.outages.cause(hole)) };
    }, held - 3000);
    for (const { from, until } of holes) {
      const { series } = await (await fetch(new URL(`/api/v1/history?select=cpu_usage&from=${from}&until=${until - 1}&step=1000`, server.url))).json();
      assert.deepEqual(series, [], 'what the second server sampled is whole');
    }
    for (const kind of kinds) assert.equal(kind, 'server');
    if (holes.length) await reads(page, '.gaplabel:not([hidden])', /server down/);
  });

  test('server_drained_thePageComesBackByItself', async () => {
    const { page } = opened;
    const port = server.port;
    await server.stop();
    await state(page, 'reconnecting');
    assert.equal(await inside(page, parts => parts.link.draining), true, 'the server said that it goes');
    server = await Server.start(port);
    await live(page);
    await caughtUp(page);
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true);
  });

  test('server_standsStill_thePageSaysStaleAndGoesOn', async () => {
    const { page } = opened;
    await page.waitForSelector('.tile.cpu:not(.unknown)'); // a rate needs two samples of the server that has just come back
    server.freeze();
    await state(page, 'stale');
    await reads(page, '.pill', /last tick \d+\ss ago/);
    await reads(page, '.tile.cpu .delta', /old\s*$/);
    server.thaw();
    await live(page);
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true);
  });

  test('link_cut_thePageFillsTheHoleAndRemembersIt', async () => {
    const { page, context } = opened;
    const held = await inside(page, parts => parts.store.headTime);
    await context.setOffline(true);
    await inside(page, parts => parts.link.probe());
    await state(page, 'reconnecting');
    await page.waitForFunction(() => /[6-9]\ss|\d\d\ss/.test(document.querySelector('.pill .n').textContent), undefined, { timeout: 30_000 });
    await context.setOffline(false);
    await page.click('.pill');
    await live(page);
    await caughtUp(page);
    await reads(page, '.mended:not([hidden])', /link down .* filled in/);
    const holes = await inside(page, (parts, from) => parts.store.holes(from, parts.store.headTime), held - 3000);
    assert.deepEqual(holes, []);
  });

  test('tab_hiddenForAnHour_asksForLittleAndIsWholeWhenSeenAgain', async () => {
    const { page, context, seen } = await open(browser, server.url, { before: page => page.clock.install() });
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    const held = async () => {
      for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
      const { metrics } = await cdp.send('Performance.getMetrics');
      return Object.fromEntries(metrics.filter(({ name }) => ['Nodes', 'JSEventListeners'].includes(name)).map(({ name, value }) => [name, value]));
    };
    const look = visible => page.evaluate(visible => {
      if (visible) delete document.visibilityState;
      else Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visible);
    await live(page);
    await page.evaluate(() => (globalThis.sameDocument = true));
    await ticks(page, TICKS);
    const from = await inside(page, parts => parts.store.headTime);
    const before = await held();
    await look(false);
    await waitUntil(page, parts => parts.conversation.subscribed && parts.conversation.interval === 10_000);
    const asked = seen.requests.length;
    for (let minute = 0; minute < 60; minute++) await page.clock.fastForward(60_000);
    const requests = seen.requests.length - asked;
    assert.ok(requests <= 10, `${requests} requests in an hour that nobody looked`);
    await look(true);
    await live(page);
    await ticks(page, 4);
    await waitUntil(page, (parts, from) => parts.conversation.past.holes.open.length === 0 && parts.store.holes(from, parts.store.headTime).length === 0, from);
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true);
    const after = await held();
    for (const name of Object.keys(before)) assert.ok(after[name] <= before[name] * 1.05 + 50, `${name}: ${before[name]}, then ${after[name]}`);
    await context.close();
  });

  test('tab_hidden_asksForLessAndIsWholeWhenSeenAgain', async () => {
    const { page } = opened;
    const held = await inside(page, parts => parts.store.headTime);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    assert.equal(await inside(page, parts => parts.conversation.interval), 10_000);
    await ticks(page, 10);
    await page.evaluate(() => {
      delete document.visibilityState;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await caughtUp(page);
    await ticks(page, 3);
    const bare = await inside(page, (parts, from) => {
      const found = [];
      for (let t = from; t <= parts.store.headTime; t += 1000) if (!parts.store.spans[parts.store.slot(t)]) found.push(t - from);
      return found;
    }, held);
    assert.deepEqual(bare, []);
  });
});
