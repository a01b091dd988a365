import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Server, inside, launch, missing, waitUntil } from './support.js';

/**
 * What pages look like, compared with stored pictures. Clock and data are given, so nothing moves; both pictures are
 * made small, so that another font or another smoothing of edges is no difference, and a part that is missing, moved or
 * of another colour is. PICTURES=renew stores them anew.
 */
const STORED = new URL('../../resources/pictures/', import.meta.url);
const RENEW = process.env.PICTURES === 'renew';
const T = Date.UTC(2026, 10, 21, 10, 42, 0);
/** Side of the squares that are compared, in pixels of the page. */
const SQUARE = 12;
/** How different a square may be, of 255, and how many of them may be more so. */
const LEAST_DIFFERENCE = 28, MOST_DIFFERENT = 0.03;

const HOST = 'quay-01';
const SERIES = [
  ['cpu_usage', {}, '%', t => 24 + 4 * wave(t, 60)], ...['user', 'system', 'iowait', 'irq', 'steal'].map((mode, i) => ['cpu_mode_usage', { mode }, '%', t => [14, 6, 3, 0.6, 0.2][i] * (1 + 0.3 * wave(t, 20 + 9 * i))]),
  ['memory_usage', {}, '%', () => 46], ['memory_total', {}, 'By', () => 31.2 * 2 ** 30], ['memory_used', {}, 'By', t => (14.4 + 0.2 * wave(t, 90)) * 2 ** 30], ['memory_cached', {}, 'By', () => 7.4 * 2 ** 30], ['memory_buffers', {}, 'By', () => 0.7 * 2 ** 30], ['swap_used', {}, 'By', () => 0.3 * 2 ** 30],
  ['network_received', {}, 'By/s', t => (11 + 6 * wave(t, 25)) * 2 ** 20], ['network_sent', {}, 'By/s', t => (5 + 3 * wave(t, 40)) * 2 ** 20], ['network_errors', {}, '1/s', () => 0], ['network_drops', {}, '1/s', () => 0],
  ['disk_read', {}, 'By/s', t => (60 + 50 * wave(t, 70)) * 2 ** 20], ['disk_written', {}, 'By/s', t => (30 + 9 * wave(t, 15)) * 2 ** 20], ['disk_busy', {}, '%', () => 61], ['disk_wait', {}, 'ms', () => 4.2],
  ['filesystem_usage', { mount: '/' }, '%', () => 78.3], ['filesystem_size', { mount: '/' }, 'By', () => 2e12], ['filesystem_used', { mount: '/' }, 'By', () => 1.57e12],
  ['load_average', { period: '1m' }, '1', () => 2.4], ['uptime', {}, 's', () => 3_564_000],
].map(([metric, labels, unit, of], i) => ({ id: i + 1, metric, labels: { host: HOST, ...labels }, unit, interval: 1000, stat: 'last', of }));
const meta = ({ of, ...series }) => ({ ...series, last: of(T), lastTime: T - 250 });
const wave = (t, seconds) => Math.sin((2 * Math.PI * t) / 1000 / seconds);

const ANSWERS = {
  '/api/v1/host': { host: HOST, os: 'Debian', cores: 8, bootTime: T - 3_564_000_000, version: '0.1.0', memoryTotal: 31.2 * 2 ** 30, doors: { http: true, websocket: true, mqtt: 0 }, history: { seconds: 900 } },
  '/api/v1/processes': { t: T, count: 214, processes: Array.from({ length: 12 }, (_, i) => ({ pid: 100 + i, command: 'process', user: 'user', cpu: 12 - i, memory: (12 - i) * 1e8 })) },
  '/api/v1/stats': { activeConnections: 3, series: 412, refused: 0 },
  '/api/v1/annotations': { annotations: [{ id: 1, time: T - 90_000, text: 'deployed', tags: [] }] },
  '/api/v1/devices': { devices: [] },
};

/** Answers as a server whose clock stands at T. */
async function answer(page) {
  await page.clock.setFixedTime(T);
  await page.route('**/api/v1/**', route => route.fulfill({ json: answerTo(new URL(route.request().url())) }));
  await page.routeWebSocket('**/ws', socket => {
    const say = message => socket.send(JSON.stringify(message));
    socket.onMessage(text => {
      const { type, requestId, select = [], topics } = JSON.parse(text);
      if (type === 'ping') say({ type: 'pong', clientTime: T, serverTime: T });
      if (type !== 'subscribe') return;
      const series = select.some(selector => selector.includes('host=')) ? SERIES.map(meta) : [];
      say({ type: 'subscribed', requestId, subscription: Number(requestId), t: T - 1000, ...(topics ? { topics } : { series }) });
      if (series.length) say({ type: 'metric.update', seq: 1, t: T, newest: T - 250, ids: SERIES.map(({ id }) => id), values: SERIES.map(({ of }) => of(T)) });
    });
    say({ type: 'welcome', connectionId: 'c-1', server: 'Tidepole 0.1.0', instance: 'one', host: HOST, started: T - 86_400_000, serverTime: T, heartbeat: 25000, maxMessageBytes: 65536, subprotocol: 'metrics.v1.columns' });
  });
}

function answerTo({ pathname, searchParams }) {
  if (pathname !== '/api/v1/history') return ANSWERS[pathname] ?? {};
  const [from, until, step] = ['from', 'until', 'step'].map(name => Number(searchParams.get(name)));
  const t = [];
  for (let end = Math.floor(from / step) * step + step; end <= until; end += step) t.push(end);
  /** Half a minute in which the server was away, so that a gap is drawn. */
  const there = time => time < T - 200_000 || time > T - 170_000;
  return { step, stat: 'last', from, until, started: T - 170_000, t, series: SERIES.map(({ metric, labels, unit, of }) => ({ metric, labels, unit, values: t.map(time => (there(time) ? of(time) : null)) })) };
}

describe('pictures', { skip: missing }, () => {
  let server, browser;
  before(async () => {
    server = await Server.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
  });

  for (const [name, options] of [
    ['overview-dark', { colorScheme: 'dark', viewport: { width: 1920, height: 1080 } }],
    ['overview-light', { colorScheme: 'light', viewport: { width: 1920, height: 1080 } }],
    ['overview-phone', { colorScheme: 'dark', viewport: { width: 390, height: 1600 } }],
  ]) {
    test(`${name}_looksAsStored`, async () => {
      const context = await browser.newContext({ ...options, reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-GB', serviceWorkers: 'block' });
      const page = await context.newPage();
      await answer(page);
      await page.goto(server.url);
      await waitUntil(page, parts => parts.store.fills > 0 && parts.store.headTime > 0 && parts.info && parts.stats && document.querySelector('.plot canvas') && document.querySelector('.notemark:not([hidden])') && document.querySelector('.processes tbody td')?.textContent);
      await inside(page, parts => new Promise(done => { parts.invalidate(); requestAnimationFrame(() => requestAnimationFrame(done)); }));
      const shot = await page.screenshot();
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
