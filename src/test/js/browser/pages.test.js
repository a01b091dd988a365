import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Server, inside, launch, live, missing, open, reads, state, violations } from './support.js';

const MANY = 10_000;
const AT_A_TIME = 1000;

/** One reading of each of so many devices. */
async function send(url, count, nameOf) {
  for (let first = 0; first < count; first += AT_A_TIME) {
    const readings = Array.from({ length: Math.min(AT_A_TIME, count - first) }, (_, i) => ({ deviceId: nameOf(first + i), hall: `hall ${(first + i) % 3}`, temperature: 20 + ((first + i) % 7) }));
    const answer = await fetch(new URL('/api/v1/readings', url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(readings) });
    assert.ok(answer.ok, await answer.text());
  }
}

describe('pages', { skip: missing }, () => {
  let server, browser;
  before(async () => {
    server = await Server.start();
    browser = await launch();
    await send(server.url, 3, i => `sensor-${i}`);
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
  });

  const visit = async (path, work, options) => {
    const opened = await open(browser, new URL(path, server.url).href, options);
    try {
      await live(opened.page);
      await work(opened.page, opened);
      assert.deepEqual(opened.seen.console, []);
    } finally {
      await opened.context.close();
    }
  };

  const heading = (page, pattern) => reads(page, 'main h1', pattern);

  test('navigation_eachPage_isShownWithoutLoadingAnew', () => visit('/', async page => {
    await page.evaluate(() => (globalThis.sameDocument = true));
    for (const [name, path] of [['Devices', '/devices'], ['Explore', '/explore'], ['Dashboards', '/dashboards'], ['System', '/system'], ['Overview', '/']]) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await heading(page, new RegExp(`^${name}$`));
      assert.equal(new URL(page.url()).pathname, path);
      assert.match(await page.title(), name === 'Overview' ? /^[^,]+, Tidepole$/ : new RegExp(`^${name}, .+, Tidepole$`));
      assert.equal(await page.getAttribute('.nav [aria-current="page"]', 'href'), path);
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the new page is where the keyboard is');
    }
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true);
    await state(page, 'live');
    assert.equal(await inside(page, parts => parts.link.reconnects), 0, 'one socket for all of it');
  }));

  test('diskThatKeepsNothing_isSaidOnEachPage_untilItDoes', async () => {
    let state = 'full';
    const before = page => page.route('**/api/v1/stats', async route => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...await response.json(), disk: { state } } });
    });
    await visit('/', async page => {
      await reads(page, '[role=alert].fault:not([hidden])', /^The disk is full\.Readings of devices are refused/);
      assert.deepEqual(await violations(page), []);
      await page.locator('.fault').getByRole('link', { name: 'System' }).click();
      await heading(page, /^System$/);
      assert.equal(await page.locator('.fault').isVisible(), true);
      state = 'good';
      await inside(page, parts => parts.polls.forEach(poll => poll.soon()));
      await page.waitForSelector('.fault', { state: 'hidden' });
    }, { before, bypassCSP: true });
  });

  test('deepLink_eachPage_isServedAndShown', async () => {
    for (const [path, pattern] of [['/devices', /^Devices$/], ['/devices/sensor-1', /^sensor-1$/], ['/explore?select=temperature', /^Explore$/], ['/system', /^System$/]]) {
      await visit(path, page => heading(page, pattern));
    }
    assert.equal((await fetch(new URL('/nothing', server.url))).status, 404);
  });

  test('back_leadsToThePlaceThatWasLeft', () => visit('/devices?q=sensor', async page => {
    await page.getByRole('link', { name: 'sensor-2' }).click();
    await heading(page, /^sensor-2$/);
    await page.goBack();
    await heading(page, /^Devices$/);
    assert.equal(await page.inputValue('.find input'), 'sensor');
    await page.goForward();
    await heading(page, /^sensor-2$/);
  }));

  test('stretchOfTime_goesAlongFromPageToPage', () => visit('/', async page => {
    await page.keyboard.press('1');
    await page.getByRole('navigation').getByRole('link', { name: 'System' }).click();
    await heading(page, /^System$/);
    assert.equal(new URL(page.url()).searchParams.get('range'), '1m');
  }));

  test('device_itsPage_showsWhatItMeasuresAndHowToSend', () => visit('/devices/sensor-1', async page => {
    await reads(page, '.badge', /live|stale/);
    await reads(page, 'tide-chart .read', /temperature.*°C/);
    await reads(page, '.send pre', /curl --json '\{"deviceId":"sensor-1",\s+"temperature":21/);
    await reads(page, '.fact', /Last heard.*ago/);
  }));

  test('device_nobodyHeardOf_isSaidAndAppearsWithItsFirstReading', () => visit('/devices/late%20one', async page => {
    await reads(page, '.nothing:not([hidden])', /Nothing was heard of this device/);
    await send(server.url, 1, () => 'late one');
    await reads(page, '.badge', /live/);
    await reads(page, 'tide-chart .read', /temperature.*°C/);
  }));

  test('device_refused_isShownWithTheReason', () => visit('/devices/sensor-0', async page => {
    await fetch(new URL('/api/v1/readings', server.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"deviceId":"sensor-0","mode":{"a":1}}' });
    await reads(page, '.facts', /Refused1nested,/);
  }));

  test('explore_address_saysWhatIsShown', () => visit('/explore?select=temperature&stat=mean&kind=area', async page => {
    await reads(page, '.query [role=status]', /^\d+ series$/);
    await page.waitForSelector('tide-chart .plot canvas');
    await reads(page, '.values tbody', /temperature\{device="sensor-1".*°C/);
    assert.equal(await page.inputValue('select[aria-label="Statistic"]'), 'mean');
    await page.selectOption('select[aria-label="Statistic"]', 'max');
    await page.waitForFunction(() => new URLSearchParams(location.search).get('stat') === 'max');
    await page.reload();
    await live(page);
    assert.equal(await page.inputValue('select[aria-label="Statistic"]'), 'max');
  }));

  test('explore_threeUnits_twoAreDrawn_theThirdIsReadAndNamed', () => visit('/explore?select=cpu_usage&select=memory_total&select=uptime', async page => {
    await reads(page, 'tide-chart .head .warn', /^s is not drawn: a chart has two scales$/);
    await page.waitForFunction(() => [...document.querySelectorAll('tide-chart .read li b')].filter(value => /\d/.test(value.textContent)).length === 3);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('tide-chart .read li .key')].map(key => key.classList.contains('none'))), [false, false, true]);
    await page.selectOption('select[aria-label="Shape"]', 'stacked');
    await reads(page, 'tide-chart .head .warn', /^B, s is not drawn: a chart has one scale$/);
  }));

  test('explore_wrongSelector_isNamedWithItsPlace', () => visit('/explore', async page => {
    const input = page.getByLabel('Selector');
    await input.fill('temperature{device=sensor}');
    await input.press('Enter');
    await reads(page, '.query.wrong [role=status]', /^This selector cannot be read, at column \d+$/);
    await input.fill('temperature{device="sensor-1"}');
    await input.press('Enter');
    await reads(page, '.query:not(.wrong) [role=status]', /^1 series$/);
    await page.waitForSelector('tide-chart .plot canvas');
  }));

  test('explore_seriesPicked_areLaidOverEachOther', () => visit('/explore', async page => {
    await page.keyboard.press('/');
    await page.keyboard.type('temperature sensor');
    await page.waitForFunction(() => document.querySelectorAll('.browser .one').length === 3);
    await page.locator('.browser .one button').nth(0).click();
    await page.locator('.browser .one button').nth(1).click();
    await page.waitForFunction(() => document.querySelectorAll('.values tbody tr').length === 2);
    assert.equal(new URL(page.url()).searchParams.getAll('select').length, 2);
    await page.locator('.browser .one button[aria-pressed="true"]').first().click();
    await page.waitForFunction(() => document.querySelectorAll('.values tbody tr').length === 1);
  }));

  test('system_figuresAndSettings_areShown', () => visit('/system', async page => {
    await reads(page, '.figure', /Viewers[1-9]/);
    await reads(page, '.config tbody', /http\.port/);
    await page.fill('.config input', 'push.');
    assert.ok(await page.locator('.config tr:visible').evaluateAll(rows => rows.length > 0 && rows.every(row => row.textContent.includes('push.'))));
    await reads(page, 'tide-chart .read', /of one core/);
  }));

  test('language_chosenByTheBrowserAndTheSwitch', () => visit('/', async page => {
    assert.equal(await page.getAttribute('html', 'lang'), 'de');
    await reads(page, '.nav', /Übersicht/);
    await reads(page, '.tile.cpu .big', /^\d+,\d/);
    await page.getByRole('button', { name: 'English' }).click();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await reads(page, '.tile.cpu .big', /^\d+\.\d/);
    await page.reload();
    await reads(page, '.nav', /Overview/);
  }, { locale: 'de-DE' }));

  for (const path of ['/devices', '/devices/sensor-1', '/explore?select=temperature', '/system']) {
    for (const width of [360, 390, 820, 1180, 1440]) {
      test(`screen_${width}_${path.split(/[/?]/)[1]}_hasNoSidewaysScroll_${path.length}`, () => visit(path, async page => {
        await page.waitForSelector('main h1');
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      }, { viewport: { width, height: 800 }, hasTouch: width < 700 }));
    }
  }
});

describe('ten thousand devices', { skip: missing }, () => {
  let server, browser, opened;
  before(async () => {
    server = await Server.start(0, '--limits.address_rate=100000000');
    browser = await launch();
    await send(server.url, MANY, i => `line-${i % 5}-press-${String(i).padStart(5, '0')}`);
    opened = await open(browser, new URL('/devices', server.url).href);
    await live(opened.page);
    await reads(opened.page, '.chip[data-state=""]', /10\s000/);
  });
  after(async () => {
    await opened?.context.close();
    await browser?.close();
    await server?.kill();
  });

  test('list_onlyTheRowsInSightExist', async () => {
    const { page } = opened;
    const rows = await page.locator('.space .row').count();
    assert.ok(rows > 20 && rows < 80, `${rows} rows`);
    await page.evaluate(() => (document.querySelector('.rows').scrollTop = 150_000));
    await reads(page, '.rowsseen', /^rows 5\s00\d to /);
    assert.ok(await page.locator('.space .row').count() < 100, 'rows are used again');
  });

  test('list_search_findsAndMarks', async () => {
    const { page } = opened;
    await page.keyboard.press('/');
    await page.keyboard.type('line-3 0042');
    await reads(page, '.find .num', /^\d+ of 10\s000$/);
    await page.waitForFunction(() => [...document.querySelectorAll('.space .row')].filter(row => row.style.visibility !== 'hidden').every(row => /^line-3-press-.*0042/.test(row.querySelector('a').textContent)));
    assert.ok(await page.locator('.space mark').count() > 0);
    assert.equal(new URL(page.url()).searchParams.get('q'), 'line-3 0042');
    await page.keyboard.press('Escape');
    await reads(page, '.chip[data-state=""]', /10\s000/);
  });

  test('list_selector_isAskedOfTheServer', async () => {
    const { page } = opened;
    await page.fill('.find input', 'temperature{device=~"line-1-press-0001."}');
    await reads(page, '.find .num', /^2 of 10\s000$/);
    await page.fill('.find input', 'temperature{device=');
    await reads(page, '.none.warn', /selector/);
    await page.fill('.find input', '');
    await reads(page, '.chip[data-state=""]', /10\s000/);
  });

  test('list_arrowKeys_walkTheRowsAndEnterOpensOne', async () => {
    const { page } = opened;
    await page.evaluate(() => (document.querySelector('.rows').scrollTop = 0));
    await page.focus('.rows');
    for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await reads(page, '.row.sel .name', /^line-0-press-00010$/);
    await page.keyboard.press('End');
    await reads(page, '.row.sel .name', /^line-4-press-09999$/);
    await page.keyboard.press('Enter');
    await reads(page, 'main h1', /^line-4-press-09999$/);
    await page.goBack();
    await reads(page, '.row.sel .name', /^line-4-press-09999$/);
    assert.deepEqual(opened.seen.console, []);
  });

  test('list_rowsInSight_showTheirNewestValues', async () => {
    const { page } = opened;
    await page.focus('.rows');
    await page.keyboard.press('Home');
    await reads(page, '.row.sel .m', /^\d\d(\.\d)?°C\s*temperature$/);
    await reads(page, '.row.sel .place', /^hall \d$/);
  });
});
