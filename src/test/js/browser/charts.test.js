import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Server, ZOOMED, inside, launch, live, missing, open, reads, waitUntil } from './support.js';

const title = '#charts-title';

describe('charts', { skip: missing }, () => {
  let server, browser;
  before(async () => {
    server = await Server.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
  });

  const visit = async (options, work) => {
    const opened = await open(browser, server.url + (options.search ?? ''), options);
    try {
      await live(opened.page).catch(async failure => { if (!options.search) throw failure; });
      await work(opened.page, opened);
      assert.deepEqual(opened.seen.console, []);
    } finally {
      await opened.context.close();
    }
  };
  const stretch = page => inside(page, parts => { const { from, until } = parts.moment(); return { from, until }; });
  const plot = page => page.locator('.plot').first().boundingBox();
  const drag = async (page, from, to) => {
    const box = await plot(page);
    await page.mouse.move(box.x + box.width * from, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, box.y + 60, { steps: 4 });
    await page.mouse.up();
  };
  const menu = async (page, item) => {
    await page.getByRole('button', { name: 'CPU: table, files, link' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  test('zoom_pausesThePicture_andTheRingGoesOnFilling', () => visit({}, async page => {
    await drag(page, 0.5, 0.8);
    await reads(page, title, ZOOMED);
    const [head, shown] = [await inside(page, parts => parts.store.headTime), await stretch(page)];
    await waitUntil(page, (parts, wanted) => parts.store.headTime > wanted, head + 1000);
    assert.deepEqual(await stretch(page), shown, 'the picture stands still');
    await page.getByRole('button', { name: 'Back to live' }).click();
    await live(page);
    assert.deepEqual(await inside(page, parts => parts.store.holes(parts.store.headTime - 10_000, parts.store.headTime)), [], 'and nothing is missing');
  }));

  test('zoom_shiftDrag_pans', () => visit({}, async page => {
    await drag(page, 0.4, 0.9);
    await reads(page, title, ZOOMED);
    const before = await stretch(page);
    await page.keyboard.down('Shift');
    await drag(page, 0.3, 0.6);
    await page.keyboard.up('Shift');
    const after = await stretch(page);
    assert.ok(after.until < before.until, 'what was dragged to the right lies later');
    assert.equal(after.until - after.from, before.until - before.from);
  }));

  test('wheel_withControl_zoomsAroundThePointer_withoutItScrolls', () => visit({}, async page => {
    const box = await plot(page);
    await page.mouse.move(box.x + box.width / 2, box.y + 50);
    await page.mouse.wheel(0, -100);
    assert.equal(await inside(page, parts => parts.state.zoom), null);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await reads(page, title, ZOOMED);
    const { from, until } = await stretch(page);
    assert.ok(until - from < 300_000 && until - from >= 230_000, String(until - from));
  }));

  test('keys_zoomPanAndReturn', () => visit({}, async page => {
    await page.keyboard.press('+');
    await reads(page, title, ZOOMED);
    const before = await stretch(page);
    await page.keyboard.press('[');
    assert.ok((await stretch(page)).until < before.until);
    await page.keyboard.press('0');
    await live(page);
    await reads(page, title, /^Last 5 minutes$/);
  }));

  test('touch_pinch_zoomsAndPans_oneFingerHoldsTheCursor', () => visit({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }, async (page, { context }) => {
    await page.locator('.plot').first().scrollIntoViewIfNeeded();
    const box = await plot(page);
    const cdp = await context.newCDPSession(page);
    const [width, scrolled] = await page.evaluate(() => [document.querySelector('.plot .u-over').clientWidth, scrollY]);
    const y = box.y + 40;
    const touch = (type, ...xs) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((x, id) => ({ x: box.x + box.width * x, y, id })) });
    await touch('touchStart', 0.5);
    await touch('touchEnd');
    await page.waitForFunction(() => document.querySelector('.when').textContent.startsWith('at '));
    await touch('touchStart', 0.4);
    await touch('touchStart', 0.4, 0.6);
    for (let i = 1; i <= 4; i++) await touch('touchMove', 0.4 - i * 0.05, 0.6 + i * 0.05);
    await touch('touchEnd');
    await waitUntil(page, parts => Boolean(parts.state.zoom));
    const { from, until } = await stretch(page);
    assert.ok(until - from < 200_000, `${until - from} ms are in sight after a pinch`);
    await touch('touchStart', 0.3);
    await touch('touchStart', 0.3, 0.5);
    for (let i = 1; i <= 4; i++) await touch('touchMove', 0.3 + i * 0.1, 0.5 + i * 0.1);
    await touch('touchEnd');
    await waitUntil(page, (parts, before) => parts.moment().until < before, until);
    const moved = await stretch(page);
    assert.ok(Math.abs((moved.until - moved.from) / (until - from) - 1) < 0.05, 'two fingers that stay as far apart show as much');
    assert.ok(Math.abs((until - moved.until) / (until - from) - 0.4 * box.width / width) < 0.05, `what was under them stays under them: ${(until - moved.until) / (until - from)}`);
    assert.equal(await page.evaluate(() => scrollY), scrolled, 'the page has not moved');
  }));

  test('range_chosen_standsInTheAddress_andALinkShowsIt', () => visit({}, async page => {
    await page.keyboard.press('4');
    await reads(page, title, /^Last hour$/);
    await page.waitForFunction(() => location.search === '?range=1h');
    await page.reload();
    await live(page);
    await reads(page, title, /^Last hour$/);
    await waitUntil(page, parts => parts.sheet.store.step >= 2000);
  }));

  test('range_picked_fromUntil_inUtc', () => visit({ timezoneId: 'Asia/Tokyo' }, async page => {
    await page.getByRole('button', { name: 'Choose a time' }).click();
    await page.getByRole('button', { name: 'UTC' }).click();
    await page.getByLabel('From', { exact: true }).fill('2026-01-02T03:04:05');
    await page.getByLabel('Until', { exact: true }).fill('2026-01-02T03:04:07');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await reads(page, '.picker [role=alert]', /Until lies before/);
    await page.getByLabel('Until', { exact: true }).fill('2026-01-02T04:04:05');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await reads(page, title, /Jan 2 03:04 to Jan 2 04:04/);
    assert.deepEqual(await stretch(page), { from: Date.UTC(2026, 0, 2, 3, 4, 5), until: Date.UTC(2026, 0, 2, 4, 4, 5) });
    await page.waitForFunction(() => new URLSearchParams(location.search).get('tz') === 'utc');
  }));

  test('history_isAsked_withAsManyPointsAsThereArePixels', () => visit({}, async (page, { seen }) => {
    seen.requests.length = 0;
    await page.evaluate(() => document.querySelector('.seg button:nth-child(6)').click());
    await waitUntil(page, parts => parts.sheet.store.step > 1000);
    const asked = seen.requests.map(url => new URL(url)).filter(url => url.pathname === '/api/v1/history').at(-1).searchParams;
    const pixels = (await plot(page)).width;
    const points = (asked.get('until') - asked.get('from')) / asked.get('step');
    assert.ok(points <= pixels && points > pixels / 4, `${points} points for ${pixels} pixels`);
  }));

  test('zoom_intoALongRange_asksForFinerData', () => visit({}, async page => {
    await page.evaluate(() => document.querySelector('.seg button:nth-child(6)').click());
    const step = () => inside(page, parts => parts.sheet.store.step);
    await waitUntil(page, parts => parts.sheet.store.step >= 60_000);
    const coarse = await step();
    await drag(page, 0.3, 0.5);
    await waitUntil(page, (parts, before) => parts.sheet.store.step < before, coarse);
  }));

  test('menu_csv_isWhatIsInSight', () => visit({}, async page => {
    await reads(page, '.tile.cpu .big', /^\d/);
    const coming = page.waitForEvent('download');
    await menu(page, 'Save as CSV');
    const file = await coming;
    assert.match(file.suggestedFilename(), /^CPU \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.csv$/);
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    assert.equal(lines[0], 'time,user (%),system (%),waiting for disk (%),interrupts (%),stolen (%)');
    assert.ok(lines.length > 1);
    for (const line of lines.slice(1)) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z(,[\d.e+-]*){5}$/);
  }));

  test('menu_png_isAPicture', () => visit({}, async page => {
    await page.waitForSelector('.plot canvas');
    const coming = page.waitForEvent('download');
    await menu(page, 'Save as PNG');
    const file = await coming;
    assert.match(file.suggestedFilename(), /^CPU .*\.png$/);
    const bytes = readFileSync(await file.path());
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(bytes.readUInt32BE(16) > 600 && bytes.readUInt32BE(20) > 100, 'it has a size');
  }));

  test('menu_link_showsTheSameMomentToOthers', () => visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async page => {
    await menu(page, 'Copy link to this moment');
    await reads(page, '.toast', /The link is copied/);
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    const shown = { from: Number(link.searchParams.get('from')), until: Number(link.searchParams.get('until')) };
    assert.equal(shown.until - shown.from, 300_000);
    const other = await open(browser, link.href);
    await reads(other.page, title, ZOOMED);
    assert.deepEqual(await inside(other.page, parts => parts.state.zoom), shown);
    await other.context.close();
  }));

  test('menu_keys_walkAndEscapeReturnsTheFocus', () => visit({}, async page => {
    const button = page.getByRole('button', { name: 'Disk I/O: table, files, link' });
    await button.focus();
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    await page.waitForFunction(() => document.activeElement.role === 'menuitem' || document.activeElement.getAttribute('role') === 'menuitem');
    const first = await focused();
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await focused(), first);
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), first);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Disk I/O: table, files, link');
    assert.equal(await page.locator('.menu').count(), 0);
  }));

  test('annotation_ofOne_isSeenByAllAtOnce', () => visit({}, async page => {
    const other = await open(browser, server.url);
    await live(other.page);
    await menu(page, 'Note this moment');
    await page.getByLabel('What happened').fill('pump changed');
    await page.keyboard.press('Enter');
    for (const one of [page, other.page]) await reads(one, '.notemark:not([hidden])', /pump changed$/);
    await other.page.locator('.notemark:not([hidden])').last().click();
    await other.page.getByRole('button', { name: 'Remove' }).click();
    await page.waitForFunction(() => !document.querySelector('.notemark:not([hidden])'));
    assert.deepEqual(other.seen.console, []);
    await other.context.close();
  }));

  test('chart_ofAnySeries_comesAndGoesWithItsSubscription', () => visit({}, async page => {
    const answer = await fetch(new URL('/api/v1/readings', server.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([{ deviceId: 'a', warmth: 21.4 }, { deviceId: 'b', warmth: 30 }]) });
    assert.ok(answer.ok);
    await page.evaluate(async () => {
      const source = document.querySelector('script[type=module]').src;
      const [{ page: parts }, { chartOf }] = await Promise.all([import(source), import(new URL('view/tidechart.js', source).href)]);
      globalThis.chart = chartOf(parts, { id: 'warm', name: 'Warmth', select: ['warmth'], limits: [{ value: 25, severity: 'warn', label: '25' }] });
      document.querySelector('main').prepend(globalThis.chart);
    });
    await page.waitForFunction(() => document.querySelectorAll('tide-chart .read li').length === 2);
    await reads(page, 'tide-chart .read', /a.*21.*b.*30/s);
    await fetch(new URL('/api/v1/readings', server.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ deviceId: '0', warmth: 18 }) });
    await page.waitForFunction(() => document.querySelectorAll('tide-chart .read li').length === 3);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('tide-chart .read li')].map(row => [row.querySelector('.name').textContent.trim(), row.querySelector('.key').className])), [['0', 'key s3'], ['a', 'key s1'], ['b', 'key s2']], 'a series keeps its colour');
    const before = await inside(page, parts => [parts.sheets.size, parts.conversation.follows]);
    await page.evaluate(() => globalThis.chart.remove());
    const after = await inside(page, parts => [parts.sheets.size, parts.conversation.follows]);
    assert.deepEqual(after, before.map(count => count - 1));
  }));

  test('print_showsChartsAndNothingToPress', () => visit({}, async page => {
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.charts').isVisible(), true);
    assert.equal(await page.locator('button.btn:visible').count(), 0);
  }));
});
