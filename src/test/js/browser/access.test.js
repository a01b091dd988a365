import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Server, launch, live, missing, open, reads, violations, walked } from './support.js';

/** Each page, and what stands there when it is whole. */
const PAGES = [
  ['/', '.tile.cpu .big'], ['/devices', 'main h1'], ['/devices/press-1', 'main h1'], ['/explore', 'main h1'],
  ['/dashboards', 'main h1'], ['/system', 'main h1'],
];

describe('access', { skip: missing }, () => {
  let server, browser;
  before(async () => {
    server = await Server.start();
    const readings = ['press-1', 'press-2'].map(deviceId => ({ deviceId, pressure: 1013, warmth: 21 }));
    await fetch(new URL('/api/v1/readings', server.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(readings) });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
  });

  const visit = async (path, whole, options, work) => {
    const { page, context, seen } = await open(browser, new URL(path, server.url).href, options);
    try {
      await live(page);
      await reads(page, whole, /\S/);
      await work(page);
      assert.deepEqual(seen.console, []);
    } finally {
      await context.close();
    }
  };

  for (const [path, whole] of PAGES) {
    for (const colorScheme of ['dark', 'light']) {
      test(`axe_${path}_${colorScheme}_hasNoViolation`, () => visit(path, whole, { colorScheme, reducedMotion: 'reduce' }, async page => assert.deepEqual(await violations(page), [])));
    }

    test(`keyboard_${path}_reachesEveryControl_andShowsWhereItIs`, () => visit(path, whole, {}, async page => {
      await page.keyboard.press(' ');
      assert.deepEqual(await walked(page), { missed: [], unseen: [] });
    }));
  }

  test('chart_cursor_isWalkedByArrowKeys_inStepsAndTens', () => visit('/', '.tile.cpu .big', {}, async page => {
    const at = () => page.textContent('.flag');
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector('.flag:not([hidden])');
    const first = await at();
    await page.keyboard.press('Shift+ArrowLeft');
    await page.waitForFunction(before => document.querySelector('.flag').textContent !== before, first);
    const seconds = text => text.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
    assert.equal((86_400 + seconds(first) - seconds(await at())) % 86_400, 10);
  }));

  test('motion_reduced_nothingMovesByItself', () => visit('/', '.tile.cpu .big', { reducedMotion: 'reduce' }, async page => {
    assert.deepEqual(await page.evaluate(() => document.getAnimations().map(animation => animation.playState)), []);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--m-panel').trim()), '0ms');
  }));

  test('charts_areDescribed_inWords', () => visit('/', '.tile.cpu .big', {}, async page => {
    await page.waitForFunction(() => [...document.querySelectorAll('.plot')].every(plot => / now .* lowest .* highest /.test(plot.getAttribute('aria-label'))));
  }));

  test('contrast_more_strengthensLines', () => visit('/', '.tile.cpu .big', { contrast: 'more' }, async page => {
    const [line, edge] = await page.evaluate(() => ['--line', '--edge'].map(name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()));
    assert.equal(line, edge);
  }));
});
