import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Server, ZOOMED, inside, launch, live, missing, open, reads, state } from './support.js';

const FIRST_LOAD_BYTES = 150 * 1024;
const axe = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it is now. */
async function violations(page) {
  await page.evaluate(axe());
  const found = await page.evaluate(() => globalThis.axe.run());
  return found.violations.map(({ id, nodes }) => [id, nodes.map(node => `${node.target} ${node.failureSummary}`)]);
}

describe('overview', { skip: missing }, () => {
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
    const opened = await open(browser, server.url, options);
    try {
      await live(opened.page);
      await work(opened.page, opened);
    } finally {
      await opened.context.close();
    }
  };

  test('page_opened_isLiveCleanAndStaysHome', () => visit({}, async (page, { seen }) => {
    await reads(page, '.tile.cpu .big', /^\d/);
    await reads(page, '.tile.memory .big', /^\d/);
    assert.deepEqual(seen.console, []);
    const origin = new URL(server.url).origin;
    for (const url of seen.requests) assert.equal(new URL(url).origin, origin, url);
  }));

  test('page_policy_isStrict', async () => {
    const answer = await fetch(server.url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'self'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/);
  });

  test('page_firstLoad_isSmall', () => visit({}, async page => {
    const sizes = await page.evaluate(() => [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
      .filter(entry => !entry.name.includes('/api/')).map(entry => [entry.name, entry.transferSize]));
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    const names = sizes.map(([name]) => name);
    assert.equal(new Set(names).size, names.length, 'nothing is loaded twice');
    assert.ok(total > 0 && total <= FIRST_LOAD_BYTES, `${total} bytes in ${sizes.length} files`);
  }));

  test('charts_everyTick_move', () => visit({}, async page => {
    const picture = () => page.evaluate(() => document.querySelector('.plot canvas').toDataURL());
    await page.waitForSelector('.plot canvas');
    const before = await picture();
    await page.waitForFunction(old => document.querySelector('.plot canvas').toDataURL() !== old, before);
  }));

  test('desktop_1080p_fitsWithoutScrolling', () => visit({}, async page => {
    const [height, width] = await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
    assert.deepEqual([height, width], [1080, 1920]);
  }));

  for (const width of [360, 390, 640, 820, 1180, 1366]) {
    test(`screen_${width}_hasNoSidewaysScroll`, () => visit({ viewport: { width, height: 780 }, hasTouch: width < 700 }, async page => {
      await reads(page, '.tile.cpu .big', /^\d/);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    }));
  }

  test('keyboard_space_pausesAndResumes', () => visit({}, async page => {
    await page.keyboard.press(' ');
    await reads(page, '.pill', /PAUSED/);
    await reads(page, '.when', /^as of \d\d:\d\d:\d\d$/);
    const at = await page.textContent('.when');
    await reads(page, '.pill', /[2-9]\ss behind/);
    assert.equal(await page.textContent('.when'), at, 'the picture stands still');
    await page.keyboard.press(' ');
    await live(page);
    await reads(page, '.when', /^now$/);
  }));

  test('keyboard_arrows_walkTheCursorAndEscapeLetsGo', () => visit({}, async page => {
    await page.keyboard.press('ArrowLeft');
    await reads(page, '.when', /^at \d\d:\d\d:\d\d, \d+\ss ago$/);
    assert.equal(await page.locator('.cursor:visible').count(), 4, 'one cursor through all charts');
    await page.keyboard.press('Escape');
    await reads(page, '.when', /^now$/);
  }));

  test('keyboard_digits_chooseTheRange', () => visit({}, async page => {
    for (const [key, words] of [['1', /^Last minute$/], ['3', /^Last 15 minutes$/], ['2', /^Last 5 minutes$/]]) {
      await page.keyboard.press(key);
      await reads(page, '#charts-title', words);
    }
  }));

  test('pointer_drag_zoomsAndDoubleClickReturns', () => visit({}, async page => {
    const box = await page.locator('.plot').first().boundingBox();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await reads(page, '#charts-title', ZOOMED);
    await reads(page, '.pill', /PAUSED/);
    await page.mouse.dblclick(box.x + box.width * 0.5, box.y + 50);
    await live(page);
    await reads(page, '#charts-title', /^Last 5 minutes$/);
  }));

  test('readout_click_showsOneRowAlone', () => visit({}, async page => {
    const row = page.locator('.read button', { hasText: 'system' });
    await row.click();
    await page.locator('.read button[aria-pressed="true"]', { hasText: 'system' }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.read .away').length === 4);
    await row.click();
    await page.waitForFunction(() => document.querySelectorAll('.read .away').length === 0);
  }));

  test('chart_table_opensByKeyboard', () => visit({}, async page => {
    await page.getByRole('button', { name: 'Memory: table, files, link' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Show as a table' }).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Enter');
    await reads(page, 'dialog[open] tbody', /GiB|MiB/);
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('dialog[open]'));
  }));

  test('theme_chosen_isRemembered', () => visit({}, async page => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    assert.equal(await theme(), 'dark');
    await page.keyboard.press('t');
    assert.equal(await theme(), 'light');
    await page.reload();
    await live(page);
    assert.equal(await theme(), 'light');
  }));

  test('storage_denied_thePageWorks', () => visit({ before: denyStorage }, async (page, { seen }) => {
    await page.keyboard.press('t');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light');
    assert.deepEqual(seen.console, []);
  }));

  test('pill_tap_showsTheDetails', () => visit({}, async page => {
    await page.click('.pill');
    await reads(page, '.pop', /From reading to screen\d+/);
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('.pop').hidden);
  }));

  test('screen_reduced_saysSoUntilItIsRestored', () => visit({}, async page => {
    await inside(page, parts => parts.conversation.message({ type: 'subscription.degraded', interval: 5000 }));
    await state(page, 'reduced');
    await reads(page, '.pill', /LIVE every 5\ss/);
    await reads(page, '.foot', /this screen is reduced to every 5\ss/);
    await inside(page, parts => parts.conversation.message({ type: 'subscription.restored' }));
    await live(page);
  }));

  test('wall_4k_fitsWithoutScrolling', () => visit({ viewport: { width: 3840, height: 2160 } }, async page => {
    const [height, width] = await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
    assert.deepEqual([height, width], [2160, 3840]);
  }));

  test('spoken_status_changesOnlyWithTheWord', () => visit({}, async page => {
    await page.evaluate(() => {
      globalThis.said = [];
      new MutationObserver(list => globalThis.said.push(...list.map(() => document.querySelector('.pillbox [role=status]').textContent)))
        .observe(document.querySelector('.pillbox [role=status]'), { childList: true, characterData: true, subtree: true });
    });
    await page.keyboard.press(' ');
    await reads(page, '.pill', /[2-9]\ss behind/);
    assert.deepEqual(await page.evaluate(() => globalThis.said), ['PAUSED']);
  }));

  for (const colorScheme of ['dark', 'light']) {
    for (const [name, viewport] of [['desktop', { width: 1920, height: 1080 }], ['phone', { width: 360, height: 780 }]]) {
      test(`accessibility_${colorScheme}_${name}_hasNoViolation`, () => visit({ colorScheme, viewport }, async page => {
        await reads(page, '.tile.cpu .big', /^\d/);
        assert.deepEqual(await violations(page), []);
      }));
    }
  }

  test('device_firstReading_itsTileAppearsByItself', () => visit({}, async (page, { seen }) => {
    const { doors } = await (await fetch(new URL('/api/v1/host', server.url))).json();
    if (!doors.http) return;
    const reading = { deviceId: 'sensor-9', temperature: 21.4 };
    const answer = await fetch(new URL('/api/v1/readings', server.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(reading) });
    assert.ok(answer.ok, String(answer.status));
    await reads(page, '.dev .name', /^sensor-9$/);
    await reads(page, '.dev .ms', /21\.4/);
    await page.waitForFunction(() => document.querySelector('.empty').hidden);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(seen.console, []);
  }));
});

const denyStorage = page => page.addInitScript(() => {
  Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
});
