import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Server, inside, launch, missing, waitUntil } from './support.js';
import { STATES, answer } from './still.js';

/**
 * What pages look like, compared with stored pictures. Clock and data are given, so nothing moves; both pictures are
 * made small, so that another font or another smoothing of edges is no difference, and a part that is missing, moved or
 * of another colour is. PICTURES=renew stores them anew.
 */
const STORED = new URL('../../resources/pictures/', import.meta.url);
const RENEW = process.env.PICTURES === 'renew';
/** A folder for the pictures as they are, to be looked at. */
const LARGE = process.env.PICTURES_IN;
/** Side of the squares that are compared, in pixels of the page. */
const SQUARE = 12;
const STILL_MILLIS = 30_000;
/** How different a square may be, of 255, and how many of them may be more so. */
const LEAST_DIFFERENCE = 28, MOST_DIFFERENT = 0.03;

const folder = mkdtempSync(join(tmpdir(), 'tidepole-pictures-'));

describe('pictures', { skip: missing }, () => {
  let server, locked, browser;
  before(async () => {
    [server, locked, browser] = await Promise.all([Server.start(), Server.start(0, '--auth.enabled=true', `--data=${folder}`, '--history.durability=memory'), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
    await locked?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page with the data of still.js, once all of it is there; then what is `otherwise`, once that is seen. */
  async function stands(page, path, isWhole, state = 'well', otherwise = () => true) {
    const stub = await answer(page, STATES[state]);
    await page.goto(server.url + path);
    await waitUntil(page, parts => (parts ? parts.store.headTime > 0 : true));
    await waitUntil(page, isWhole);
    await waitUntil(page, () => globalThis.asking === 0);
    if (STATES[state].gone) await stub.lose();
    await waitUntil(page, otherwise);
  }

  /** The page's picture once two in a row are the same: what has just appeared gives charts another size, with which they are drawn frames later. */
  async function stillPicture(page) {
    const deadline = Date.now() + STILL_MILLIS;
    for (let before = null; ; ) {
      await inside(page, parts => new Promise(done => { parts?.invalidate(); requestAnimationFrame(() => requestAnimationFrame(done)); }));
      const shot = await page.screenshot();
      if (before?.equals(shot)) return shot;
      assert.ok(Date.now() < deadline, 'the page does not come to rest');
      before = shot;
    }
  }

  const whole = {
    '/': parts => parts.info && parts.stats && document.querySelector('.plot canvas') && document.querySelector('.notemark:not([hidden])') && document.querySelector('.processes tbody td')?.textContent,
    '/devices': () => [...document.querySelectorAll('.space .m b')].filter(value => /\d/.test(value.textContent)).length >= 5,
    '/explore?select=temperature&select=cpu_usage': () => document.querySelectorAll('tide-chart .read li').length === 4 && document.querySelector('.browser li, .browser button'),
    '/dashboards': () => document.querySelector('.card'),
    '/dashboards/hall': () => document.querySelector('.stat .big')?.textContent && document.querySelector('.plot canvas'),
    '/dashboards/hall?edit': () => document.querySelector('.ebar') && document.querySelector('.plot canvas'),
    '/system': () => document.querySelectorAll('.plot canvas').length === 3 && document.querySelector('.config:not([hidden])'),
    '/kiosk/hall': () => document.querySelector('.stat .big')?.textContent && document.querySelectorAll('.plot canvas').length === 2,
    '/embed?select=cpu_usage&range=5m': () => document.querySelector('.plot canvas'),
  };
  const DESK = { width: 1440, height: 900 }, PHONE = { width: 390, height: 1600 };
  const shots = [
    ['overview', '/', { width: 1920, height: 1080 }], ['devices', '/devices', DESK], ['explore', '/explore?select=temperature&select=cpu_usage', DESK], ['dashboards', '/dashboards', DESK],
    ['dashboard', '/dashboards/hall', DESK], ['editor', '/dashboards/hall?edit', DESK], ['system', '/system', DESK], ['kiosk', '/kiosk/hall', { width: 1920, height: 1080 }],
    ['embed', '/embed?select=cpu_usage&range=5m', { width: 640, height: 320 }], ['login', null, { width: 480, height: 480 }],
  ].flatMap(([name, path, viewport]) => ['dark', 'light'].map(theme => [`${name}-${theme}`, path && (name === 'kiosk' ? `${path}?theme=${theme}` : path), { colorScheme: theme, viewport }, whole[path]]));
  for (const [name, path] of [['overview', '/'], ['dashboard', '/dashboards/hall'], ['system', '/system']]) shots.push([`${name}-phone`, path, { colorScheme: 'dark', viewport: PHONE }, whole[path]]);

  const pill = word => `() => document.querySelector('.pill').dataset.state === '${word}'`;
  const fault = () => document.querySelector('.fault:not([hidden])');
  const states = [
    ['overview-empty', '/', 'light', { width: 1920, height: 1080 }, parts => parts.info && parts.stats && document.querySelector('.plot canvas') && document.querySelector('.empty:not([hidden]) pre')],
    ['overview-stale', '/', 'dark', { width: 1920, height: 1080 }, whole['/'], () => document.querySelector('.dev.stale')],
    ['overview-lost', '/', 'dark', { width: 1920, height: 1080 }, whole['/'], pill('reconnecting')],
    ['overview-reduced', '/', 'light', { width: 1920, height: 1080 }, whole['/'], pill('reduced')],
    ['overview-full', '/', 'dark', PHONE, whole['/'], fault],
    ['explore-empty', '/explore', 'light', DESK, () => document.querySelector('.examples button')],
    ['dashboards-empty', '/dashboards', 'dark', { width: 390, height: 780 }, () => document.querySelector('.blistsay:not([hidden])')],
    ['dashboard-offline', '/dashboards/hall', 'light', PHONE, whole['/dashboards/hall'], pill('offline')],
    ['devices-stale', '/devices', 'light', DESK, whole['/devices']],
    ['system-full', '/system', 'dark', DESK, whole['/system'], fault],
    ['kiosk-lost', '/kiosk/hall?theme=dark', 'dark', { width: 1920, height: 1080 }, whole['/kiosk/hall'], () => document.querySelector('.kbar:not([hidden])')],
    ['kiosk-new', '/kiosk/hall?theme=dark', 'dark', { width: 1920, height: 1080 }, whole['/kiosk/hall'], () => document.querySelector('.kbar:not([hidden])')],
  ];
  for (const [name, path, colorScheme, viewport, isWhole, otherwise] of states) shots.push([name, path, { colorScheme, viewport }, isWhole, name.split('-')[1], otherwise]);

  for (const [name, path, options, isWhole, state, otherwise] of shots) {
    test(`${name}_looksAsStored`, async () => {
      const context = await browser.newContext({ ...options, reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-GB', serviceWorkers: 'block' });
      const page = await context.newPage();
      if (path === null) await page.goto(new URL('/login', locked.url).href).then(() => page.waitForSelector('.login-languages button'));
      else await stands(page, path, isWhole, state, otherwise);
      const shot = await stillPicture(page);
      if (LARGE) writeFileSync(join(LARGE, `${name}.png`), shot);
      const small = await shrunk(page, shot.toString('base64'), SQUARE);
      const stored = new URL(`${name}.png`, STORED);
      if (RENEW) writeFileSync(stored, Buffer.from(small.png, 'base64'));
      assert.ok(existsSync(stored), `no stored picture ${name}: PICTURES=renew makes it`);
      const wanted = await shrunk(page, readFileSync(stored).toString('base64'), 1);
      await context.close();
      assert.equal(small.values.length, wanted.values.length, 'the size of the picture');
      const different = small.values.filter((value, i) => Math.abs(value - wanted.values[i]) > LEAST_DIFFERENCE).length;
      assert.ok(different <= small.values.length * MOST_DIFFERENT, `${different} of ${small.values.length} values are different`);
    });
  }

  test('aPartThatIsMissing_isSeen', async () => {
    const page = await browser.newPage();
    const picture = async color => shrunk(page, (await page.setContent(`<body style="margin:0;background:#111"><div style="width:40%;height:40%;position:absolute;background:${color}">`), await page.screenshot()).toString('base64'), SQUARE);
    const [a, b] = [await picture('#111'), await picture('#4a4a5a')];
    const different = a.values.filter((value, i) => Math.abs(value - b.values[i]) > LEAST_DIFFERENCE).length;
    assert.ok(different > a.values.length * MOST_DIFFERENT);
    await page.close();
  });
});

/** A picture by squares of so many pixels: {png, values} with red, green and blue of each. */
function shrunk(page, base64, square) {
  return page.evaluate(async ([data, side]) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), c => c.charCodeAt(0))]));
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(image.width / side);
    canvas.height = Math.floor(image.height / side);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const values = [...context.getImageData(0, 0, canvas.width, canvas.height).data].filter((_, i) => i % 4 < 3);
    return { png: canvas.toDataURL('image/png').split(',')[1], values };
  }, [base64, square]);
}
