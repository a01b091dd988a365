import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Server, launch, missing, violations, walked } from './support.js';

const PATIENCE = { timeout: 90_000 };
const WALL = `title: Wall
panels:
  - {title: Processor, kind: stat, x: 0, y: 0, w: 6, h: 3, series: [{select: cpu_usage}], thresholds: {warn: -1, hysteresis: 0.5}}
  - {title: Memory, kind: gauge, x: 6, y: 0, w: 6, h: 3, series: [{select: memory_usage}]}
  - {title: Curve, kind: line, x: 0, y: 3, w: 12, h: 5, series: [{select: cpu_usage}]}
`;

let server, browser, folder, arguments_;

before(async () => {
  if (missing) return;
  folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
  writeFileSync(join(folder, 'wall.yaml'), WALL);
  arguments_ = ['--mqtt.enabled=false', `--data=${join(folder, 'data')}`, `--dashboards.folder=${folder}`];
  [server, browser] = await Promise.all([Server.start(0, ...arguments_), launch()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A page that fails the test when something is said on its console. */
async function open(path, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  page.complaints = [];
  page.on('console', message => ['error', 'warning'].includes(message.type()) && page.complaints.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', error => page.complaints.push(String(error)));
  await page.goto(server.url + path);
  return page;
}

async function leave(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

const file = name => readFileSync(join(folder, `${name}.yaml`), 'utf8');

test('dashboard_created_edited_andSaved_isAFileAndShownByAnotherPage', { skip: missing }, async () => {
  const page = await open('/dashboards');
  await page.getByRole('button', { name: 'New dashboard' }).click();
  await page.getByLabel('Title').fill('Cold chain');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Add panel' }).click();
  await page.getByLabel('Title').last().fill('Load');
  await page.getByLabel('Kind').selectOption('stat');
  await page.getByLabel('Selector').fill('load_average{period="1m"}');
  await page.locator('.pfview .stat .big').filter({ hasText: /\d/ }).waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('.panel .eover').waitFor();
  const watcher = await open('/dashboards/cold-chain');
  await watcher.getByText('no panels yet').waitFor();

  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await watcher.locator('.panel .stat .big').filter({ hasText: /\d/ }).waitFor();
  assert.match(file('cold-chain'), /^title: Cold chain\n[^]*title: Load\n[^]*select: load_average\{period="1m"\}/);
  await leave(watcher);
  await leave(page);
});

test('panel_movedByKeys_givesWayToOthers_andIsTakenBack', { skip: missing }, async () => {
  const page = await open('/dashboards/wall?edit');
  const move = page.getByRole('button', { name: 'Move Processor.' });
  await move.focus();
  const place = () => page.locator('.panel', { has: move }).evaluate(node => ['--x', '--y', '--w', '--h'].map(name => Number(node.style.getPropertyValue(name))).join());
  assert.equal(await place(), '1,1,6,3');

  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('[aria-label^="Move Processor"]').closest('.panel').style.getPropertyValue('--x') === '2');
  await page.keyboard.press('Shift+ArrowDown');
  assert.equal(await place(), '2,1,6,4');
  await page.keyboard.press('Control+z');

  assert.equal(await place(), '2,1,6,3');
  await page.getByRole('button', { name: 'Discard' }).click();
  assert.equal(file('wall'), WALL);
  await leave(page);
});

test('panel_draggedByPointer_followsTheGrid', { skip: missing }, async () => {
  const page = await open('/dashboards/wall?edit', { viewport: { width: 1280, height: 900 } });
  const move = page.getByRole('button', { name: 'Move Memory.' });
  const box = await move.boundingBox();
  await page.mouse.move(box.x + 60, box.y + box.height - 20);
  await page.mouse.down();
  await page.mouse.move(box.x - 200, box.y + box.height - 20, { steps: 4 });
  await page.mouse.move(box.x - 600, box.y + box.height - 20, { steps: 4 });
  await page.mouse.up();

  await page.waitForFunction(() => document.querySelector('[aria-label^="Move Memory"]').closest('.panel').style.getPropertyValue('--x') === '1');
  await page.getByText('not saved').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await leave(page);
});

/** Fingers as the browser hears them: press, move in steps, and lift. `way` is a list of points. */
async function swipe(page, way) {
  const cdp = await page.context().newCDPSession(page);
  const touch = (type, ...points) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y, id: 0 })) });
  await touch('touchStart', way[0]);
  for (const [i, point] of way.slice(1).entries()) for (let k = 1; k <= 5; k++) await touch('touchMove', point.map((to, axis) => way[i][axis] + ((to - way[i][axis]) * k) / 5));
  await touch('touchEnd');
  await cdp.detach();
}

const FINGER = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const shownOrder = page => page.locator('.panel').evaluateAll(nodes => nodes.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map(node => node.getAttribute('aria-label')));

test('panel_draggedByAFinger_onAPhone_goesAmongTheOthers_andItsBodyScrolls', { skip: missing }, async () => {
  const page = await open('/dashboards/wall?edit', FINGER);
  await page.locator('.ebar').waitFor();
  assert.deepEqual(await shownOrder(page), ['Processor', 'Memory', 'Curve']);
  const head = page.getByRole('button', { name: 'Move Processor.' });
  await head.scrollIntoViewIfNeeded();
  const box = await head.boundingBox();
  assert.ok(box.height >= 44 && box.height < 60, `a head of ${box.height} pixels is for the finger`);
  const body = await page.locator('.panel', { has: head }).boundingBox();

  await swipe(page, [[box.x + 60, box.y + 22], [box.x + 60, box.y + 22 + body.height * 1.2]]);

  await page.waitForFunction(() => document.querySelector('.panel').getAttribute('aria-label') === 'Memory');
  assert.deepEqual(await shownOrder(page), ['Memory', 'Processor', 'Curve']);
  const before = await page.evaluate(() => scrollY);
  const curve = await page.locator('.panel', { has: page.getByRole('button', { name: 'Move Processor.' }) }).boundingBox();
  await swipe(page, [[curve.x + 80, curve.y + curve.height - 40], [curve.x + 80, curve.y + curve.height - 240]]);
  await page.waitForFunction(wanted => scrollY > wanted, before);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Edit' }).waitFor();
  const { dashboard } = await (await fetch(`${server.url}/api/v1/dashboards/wall`)).json();
  assert.deepEqual(dashboard.panels.map(({ title, x, y }) => [title, x, y]), [['Processor', 6, 0], ['Memory', 0, 0], ['Curve', 0, 3]]);
  writeFileSync(join(folder, 'wall.yaml'), WALL);
  await leave(page);
});

test('panel_resizedByItsGrip_byAFinger_onATablet_andOnAPhone', { skip: missing }, async () => {
  const size = page => page.locator('.panel', { has: page.getByRole('button', { name: 'Resize Memory.' }) }).evaluate(node => ['--w', '--h'].map(name => Number(node.style.getPropertyValue(name))).join());
  for (const [viewport, wanted] of [[{ width: 820, height: 1180 }, '5,5'], [FINGER.viewport, '6,5']]) {
    const page = await open('/dashboards/wall?edit', { ...FINGER, viewport });
    const grip = page.getByRole('button', { name: 'Resize Memory.' });
    await grip.scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollBy(0, 200));
    const box = await grip.boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44);

    await swipe(page, [[box.x + 22, box.y + 22], [box.x + 22 - (viewport.width - 40) / 12, box.y + 22 + 98]]);

    await page.getByText('not saved').waitFor();
    assert.equal(await size(page), wanted);
    await page.getByRole('button', { name: 'Discard' }).click();
    await leave(page);
  }
});

test('secondEditor_isTold_andOverwritesOnlyWhenItSaysSo', { skip: missing }, async () => {
  writeFileSync(join(folder, 'shared.yaml'), 'title: Shared\n');
  const first = await open('/dashboards/shared?edit');
  const second = await open('/dashboards/shared?edit');
  for (const page of [first, second]) await page.getByLabel('Title').waitFor();
  await first.getByLabel('Title').fill('First');
  await second.getByLabel('Title').fill('Second');
  await first.getByRole('button', { name: 'Save', exact: true }).click();
  await second.getByText('Someone has changed this dashboard').waitFor();

  await second.getByRole('button', { name: 'Save', exact: true }).click();

  await second.getByText('Someone else has saved').waitFor();
  assert.match(file('shared'), /title: First/);
  await second.getByRole('button', { name: 'Save mine over theirs' }).click();
  await second.getByRole('heading', { name: 'Second' }).waitFor();
  assert.match(file('shared'), /title: Second/);
  second.complaints = second.complaints.filter(text => !text.includes('412'));
  await leave(second);
  await leave(first);
});

test('file_writtenByHand_changesOpenPages_andABrokenOneSaysWhereAndKeepsThePicture', { skip: missing }, async () => {
  writeFileSync(join(folder, 'hand.yaml'), WALL.replace('Wall', 'By hand'));
  const page = await open('/dashboards/hand');
  await page.getByRole('heading', { name: 'By hand' }).waitFor();

  writeFileSync(join(folder, 'hand.yaml'), WALL.replace('Wall', 'Mended'));
  await page.getByRole('heading', { name: 'Mended' }).waitFor();
  writeFileSync(join(folder, 'hand.yaml'), 'title: Broken\npanels: 3\n');

  await page.getByText('line 2').waitFor();
  await page.getByRole('heading', { name: 'Mended' }).waitFor();
  assert.equal(await page.locator('.panel').count(), 3);
  await leave(page);
});

test('threshold_isShownInTheTile_theTitleAndTheIconOfTheWindow', { skip: missing }, async () => {
  const page = await open('/dashboards/wall');

  await page.locator('.panel[data-level="warn"] .snote.warn').waitFor();
  await page.waitForFunction(() => document.title.startsWith('1 warning, Wall'));
  assert.match(await page.locator('link[rel="icon"]').getAttribute('href'), /icon-warn\.svg$/);
  await page.getByRole('link', { name: 'Devices' }).click();
  await page.waitForFunction(() => !document.title.includes('warning'));
  assert.match(await page.locator('link[rel="icon"]').getAttribute('href'), /icon\.svg$/);
  await leave(page);
});

test('annotation_ofOnePage_appearsInAnotherAtOnce', { skip: missing }, async () => {
  const [writer, reader] = [await open('/dashboards/wall'), await open('/dashboards/wall')];
  await reader.locator('tide-chart .plot canvas').waitFor();
  await writer.getByRole('button', { name: 'Note' }).click();
  await writer.getByLabel('Text').fill('deploy 1.2');
  await writer.getByRole('button', { name: 'Add note' }).click();

  await reader.locator('.notemark:not([hidden])').filter({ hasText: 'deploy 1.2' }).waitFor({ state: 'attached' });
  await leave(writer);
  await leave(reader);
});

test('embed_standsInAFrameOfASiteThatIsAllowed_andNoOtherPageDoes', { skip: missing }, async () => {
  let allowing;
  const frame = (name, path) => `<iframe name="${name}" width="600" height="300" src="${allowing.url}${path}"></iframe>`;
  const site = createServer((request, response) => response.setHeader('content-type', 'text/html').end(frame('good', '/embed?select=cpu_usage&amp;range=5m') + frame('bad', '/dashboards/wall')));
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const origin = `http://127.0.0.1:${site.address().port}`;
  allowing = await Server.start(0, ...arguments_, `--embed.frame_ancestors=${origin}`);
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  try {
    await page.goto(origin);

    await page.frameLocator('[name="good"]').locator('.evalue').filter({ hasText: /\d/ }).waitFor();
    await page.frameLocator('[name="good"]').locator('.plot canvas').waitFor();
    assert.equal(await page.frameLocator('[name="bad"]').locator('#page').count(), 0);
  } finally {
    await context.close();
    await allowing.stop();
    site.close();
  }
});

for (const colorScheme of ['dark', 'light']) {
  for (const [path, whole] of [['/dashboards', '.card'], ['/dashboards/wall', '.stat .big'], ['/dashboards/wall?edit', '.ebar'], [`/kiosk/wall?theme=${colorScheme}`, '.stat .big'], [`/embed?select=cpu_usage&theme=${colorScheme}`, '.evalue']]) {
    test(`axe_${path}_${colorScheme}_hasNoViolation`, { skip: missing }, async () => {
      const page = await open(path, { colorScheme, reducedMotion: 'reduce', bypassCSP: true });
      await page.locator(whole).first().waitFor();
      assert.deepEqual(await violations(page), []);
      await leave(page);
    });
  }
}

for (const [path, whole] of [['/dashboards/wall', '.stat .big'], ['/dashboards/wall?edit', '.ebar'], ['/embed?select=cpu_usage', '.evalue']]) {
  test(`keyboard_${path}_reachesEveryControl_andShowsWhereItIs`, { skip: missing }, async () => {
    const page = await open(path, { reducedMotion: 'reduce' });
    await page.locator(whole).first().waitFor();
    await page.locator('.plot canvas').first().waitFor();
    if (!path.startsWith('/embed')) await page.locator('tide-chart .read li b').filter({ hasText: /\d/ }).first().waitFor();
    await page.evaluate(() => {
      document.body.tabIndex = -1; // from the top
      document.body.focus();
    });
    assert.deepEqual(await walked(page), { missed: [], unseen: [] });
    await leave(page);
  });
}

test('kiosk_hasNothingThatWaitsForAKey', { skip: missing }, async () => {
  const { status } = await fetch(`${server.url}/api/v1/annotations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'deploy 1.3' }) });
  assert.equal(status, 201);
  const page = await open('/kiosk/wall');
  await page.locator('.stat .big').filter({ hasText: /\d/ }).waitFor();
  await page.getByText('deploy 1.3').waitFor();
  const waiting = page.locator('button:visible, a[href]:visible, input:visible, dialog[open]');
  assert.deepEqual(await waiting.evaluateAll(nodes => nodes.map(node => node.outerHTML)), []);
  await leave(page);
});

test('kiosk_livesThroughARestartOfTheServer_byItself', { skip: missing }, async () => {
  const page = await open('/kiosk/wall');
  await page.locator('.stat .big').filter({ hasText: /\d/ }).waitFor();
  await page.evaluate(() => (globalThis.mark = 'same document'));
  const { port } = server;
  await server.stop();
  await page.locator('.kbar').filter({ hasText: 'No link to the server' }).waitFor();
  assert.equal(await page.locator('dialog[open]').count(), 0);

  server = await Server.start(port, ...arguments_);

  await page.locator('.pill[data-state="live"]').waitFor();
  await page.locator('.kbar').waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => globalThis.mark), 'same document', 'the same pages are not loaded anew');
  assert.ok(existsSync(join(folder, 'wall.yaml')));
  await page.context().close();
});
