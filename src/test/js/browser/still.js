import { Selection } from '../../../../webroot/model/selector.js';

/** A server whose clock stands at T, and what it says: so that a page looks the same each time. */
export const T = Date.UTC(2026, 10, 21, 10, 42, 0);
const HOST = 'quay-01';
const SERIES = [
  ['cpu_usage', {}, '%', t => 24 + 4 * wave(t, 60)], ...['user', 'system', 'iowait', 'irq', 'steal'].map((mode, i) => ['cpu_mode_usage', { mode }, '%', t => [14, 6, 3, 0.6, 0.2][i] * (1 + 0.3 * wave(t, 20 + 9 * i))]),
  ['memory_usage', {}, '%', () => 46], ['memory_total', {}, 'By', () => 31.2 * 2 ** 30], ['memory_used', {}, 'By', t => (14.4 + 0.2 * wave(t, 90)) * 2 ** 30], ['memory_cached', {}, 'By', () => 7.4 * 2 ** 30], ['memory_buffers', {}, 'By', () => 0.7 * 2 ** 30], ['swap_used', {}, 'By', () => 0.3 * 2 ** 30],
  ['network_received', {}, 'By/s', t => (11 + 6 * wave(t, 25)) * 2 ** 20], ['network_sent', {}, 'By/s', t => (5 + 3 * wave(t, 40)) * 2 ** 20], ['network_errors', {}, '1/s', () => 0], ['network_drops', {}, '1/s', () => 0],
  ['disk_read', {}, 'By/s', t => (60 + 50 * wave(t, 70)) * 2 ** 20], ['disk_written', {}, 'By/s', t => (30 + 9 * wave(t, 15)) * 2 ** 20], ['disk_busy', {}, '%', () => 61], ['disk_wait', {}, 'ms', () => 4.2],
  ['filesystem_usage', { mount: '/' }, '%', () => 78.3], ['filesystem_size', { mount: '/' }, 'By', () => 2e12], ['filesystem_used', { mount: '/' }, 'By', () => 1.57e12],
  ['load_average', { period: '1m' }, '1', () => 2.4], ['uptime', {}, 's', () => 3_564_000],
  ['jvm_cpu_usage', {}, '%', t => 7 + 3 * wave(t, 30)], ['jvm_heap_used', {}, 'By', t => (180 + 60 * wave(t, 50)) * 2 ** 20], ['jvm_gc_time', {}, 'ms/s', t => 2 + 2 * wave(t, 45)],
  ...['oven-1', 'oven-2', 'oven-3'].map((device, i) => ['temperature', { device }, 'Cel', t => 190 + 20 * i + 6 * wave(t, 50 + 20 * i)]),
  ...['press-1', 'press-2'].map((device, i) => ['pressure', { device }, 'hPa', t => 1000 + 50 * i + 20 * wave(t, 35 + 20 * i)]),
].map(([metric, labels, unit, of], i) => ({ id: i + 1, metric, labels: labels.device ? labels : { host: HOST, ...labels }, unit, interval: 1000, stat: 'last', of }));
/** The series that selectors choose, as they are in a state. */
const chosen = (select, { silent = {}, devices = true }) => {
  const selection = new Selection(select);
  return SERIES.filter(series => selection.matches(series) && (devices || !series.labels.device)).map(series => ({ ...series, until: T - (silent[series.labels.device] ?? 0) }));
};
const meta = ({ of, until, ...series }) => ({ ...series, last: of(until), lastTime: until - 250 });
const wave = (t, seconds) => Math.sin((2 * Math.PI * t) / 1000 / seconds);

const ANSWERS = {
  '/api/v1/host': { host: HOST, os: 'Debian', cores: 8, bootTime: T - 3_564_000_000, version: '0.1.0', memoryTotal: 31.2 * 2 ** 30, doors: { http: true, websocket: true, mqtt: 0 }, history: { seconds: 900 } },
  '/api/v1/processes': { t: T, count: 214, processes: Array.from({ length: 12 }, (_, i) => ({ pid: 100 + i, command: 'process', user: 'user', cpu: 12 - i, memory: (12 - i) * 1e8 })) },
  '/api/v1/stats': { activeConnections: 3, series: 412, refused: 0 },
  '/api/v1/annotations': { annotations: [{ id: 1, time: T - 90_000, text: 'deployed', tags: [] }] },
  '/api/v1/devices': { t: T, total: 6, counts: { live: 4, stale: 1, offline: 1 }, device: ['oven-1', 'oven-2', 'oven-3', 'press-1', 'press-2', 'pump-1'], state: 'lllslo', age: [400, 300, 200, 9000, 100, 4_000_000], cadence: [1000, 1000, 1000, 1000, 1000, 5000], refused: [0, 0, 0, 0, 3, 0] },
  '/api/v1/me': { authentication: true, userId: 'ada', read: ['*'], write: [], edit: true, admin: true },
  '/api/v1/config': { 'http.port': '8080', 'history.retention': '7d', 'mqtt.enabled': 'true' },
  '/api/v1/series': { total: 3, metrics: 2, series: [['cpu_usage', { host: HOST }, '%'], ['temperature', { device: 'oven-1' }, 'Cel'], ['temperature', { device: 'oven-2' }, 'Cel']].map(([metric, labels, unit]) => ({ metric, labels, unit, kind: 'gauge', lastTime: T })) },
  '/api/v1/system': {
    version: '0.1.0', started: T - 86_400_000, t: T, java: 'OpenJDK 17', pid: 1, cpuSeconds: 400, devices: 6,
    viewers: { now: 3, behind: 0, mostHeldBytes: 0, groups: 2, deflaters: 2, series: 412, deliveries: 90_000, deliveredBytes: 9e6, opened: 14, ended: 11, catchUps: 1, tooSlow: 0, dead: 0, paintMillis: 21 },
    readings: { accepted: 136_530, skippedTexts: 0, late: 2, refusedByWindows: 0, series: 412, refused: { too_old: 3, bad_value: 1 } },
    history: { memoryBytes: 7e6, series: 412, disk: 'good', diskBytes: 9e7, days: 3, waiting: 0, unkept: 0, commitMillis: 4.2 },
  },
  '/api/v1/dashboards': { editable: true, dashboards: [{ name: 'hall', title: 'Hall', description: 'Ovens and this machine.', etag: 'a', modified: T - 86_400_000, outline: [['stat', 0, 0, 4, 3], ['gauge', 4, 0, 4, 3], ['bar', 8, 0, 4, 3], ['line', 0, 3, 8, 5], ['table', 8, 3, 4, 5]].map(([kind, x, y, w, h]) => ({ kind, x, y, w, h })), problems: [] }] },
  '/api/v1/dashboards/hall': {
    name: 'hall', etag: 'a', editable: true, yaml: 'title: Hall\n', problems: [],
    dashboard: {
      title: 'Hall', description: 'Ovens and this machine.', interval: '1s', range: '5m', panels: [
        { title: 'Processor', kind: 'stat', x: 0, y: 0, w: 4, h: 3, series: [{ select: 'cpu_usage' }], thresholds: { warn: 20, critical: 90 } },
        { title: 'Memory', kind: 'gauge', x: 4, y: 0, w: 4, h: 3, series: [{ select: 'memory_usage' }] },
        { title: 'Presses', kind: 'bar', x: 8, y: 0, w: 4, h: 3, series: [{ select: 'pressure' }] },
        { title: 'Ovens', kind: 'line', x: 0, y: 3, w: 8, h: 5, series: [{ select: 'temperature' }], thresholds: { warn: 220 } },
        { title: 'All', kind: 'table', x: 8, y: 3, w: 4, h: 5, series: [{ select: 'temperature' }] },
        { title: 'Heat', kind: 'heatmap', x: 0, y: 8, w: 6, h: 4, series: [{ select: 'temperature' }] },
        { title: 'Network', kind: 'mirrored', x: 6, y: 8, w: 6, h: 4, series: [{ select: 'network_received' }, { select: 'network_sent' }] },
      ],
    },
  },
};

/**
 * What may be otherwise: other `answers` by their paths, no `devices`, those that are `silent` and for how long, what
 * the server `says` once it has answered, that it has no `past`, and that it is `gone` then: for so many milliseconds.
 */
export const STATES = {
  well: {},
  empty: { devices: false, answers: { '/api/v1/devices': { t: T, total: 0, counts: { live: 0, stale: 0, offline: 0 }, device: [], state: '', age: [], cadence: [], refused: [] }, '/api/v1/dashboards': { editable: true, dashboards: [] }, '/api/v1/series': { total: 1, metrics: 1, series: [['cpu_usage', { host: HOST }, '%']].map(([metric, labels, unit]) => ({ metric, labels, unit, kind: 'gauge', lastTime: T })) } } },
  stale: { silent: { 'oven-2': 72_000, 'press-2': 7_200_000 }, answers: { '/api/v1/devices': { ...ANSWERS['/api/v1/devices'], counts: { live: 3, stale: 1, offline: 2 }, state: 'lslloo', age: [400, 72_000, 200, 100, 7_200_000, 4_000_000] } } },
  lost: { gone: 12_000 },
  new: { gone: 12_000, past: false },
  offline: { gone: 660_000 },
  reduced: { says: [{ type: 'subscription.degraded', subscription: 1, interval: 5000, reason: 'slow' }] },
  full: { answers: { '/api/v1/stats': { ...ANSWERS['/api/v1/stats'], disk: { state: 'full', reason: 'the disk is full' } }, '/api/v1/system': { ...ANSWERS['/api/v1/system'], history: { ...ANSWERS['/api/v1/system'].history, disk: 'full', waiting: 4096, unkept: 180 } } } },
};

/** Answers as a server whose clock stands at T. Returns lose(): the link is cut, and later nobody is there. */
export async function answer(page, state = STATES.well) {
  const sockets = [];
  let gone = false;
  await page.clock.setFixedTime(T);
  await page.addInitScript(countAsks);
  await page.route('**/api/v1/**', route => (gone ? route.abort() : route.fulfill({ json: answerTo(new URL(route.request().url()), state) })));
  await page.routeWebSocket('**/ws', socket => {
    const say = message => socket.send(JSON.stringify(message));
    if (gone) return socket.close();
    sockets.push(socket);
    socket.onMessage(text => {
      const { type, requestId, select = [], interval, topics } = JSON.parse(text);
      if (type === 'ping') say({ type: 'pong', clientTime: T, serverTime: T });
      if (type !== 'subscribe') return;
      const found = topics ? [] : chosen(select, state), series = found.map(one => ({ ...meta(one), interval }));
      say({ type: 'subscribed', requestId, subscription: Number(requestId), t: T - 1000, ...(topics ? { topics } : { series }) });
      const heard = interval > 10_000 ? [] : found.filter(({ until }) => until === T);
      if (heard.length) say({ type: 'metric.update', seq: 1, t: T, newest: T - 250, ids: heard.map(({ id }) => id), values: heard.map(({ of }) => of(T)) });
      if (heard.length) state.says?.forEach(say);
    });
    say({ type: 'welcome', connectionId: 'c-1', server: 'Tidepole 0.1.0', instance: 'one', host: HOST, started: T - 86_400_000, serverTime: T, heartbeat: 25000, maxMessageBytes: 65536, subprotocol: 'metrics.v1.columns' });
  });
  return {
    async lose() {
      gone = true;
      for (const socket of sockets) socket.close();
      await page.clock.setFixedTime(T + state.gone);
    },
  };
}

/** `asking` is how many requests of the page have no answer yet. Those that have one have all of it. */
function countAsks() {
  const { fetch } = globalThis;
  globalThis.asking = 0;
  globalThis.fetch = async (...all) => {
    globalThis.asking++;
    try {
      const answer = await fetch(...all);
      return new Response(await answer.arrayBuffer(), answer);
    } finally {
      globalThis.asking--;
    }
  };
}

function answerTo({ pathname, searchParams }, state) {
  if (pathname !== '/api/v1/history') return state.answers?.[pathname] ?? ANSWERS[pathname] ?? {};
  const [from, until, step] = ['from', 'until', 'step'].map(name => Number(searchParams.get(name)));
  const t = [];
  for (let end = Math.floor(from / step) * step + step; end <= until; end += step) t.push(end);
  /** Half a minute in which the server was away, so that a gap is drawn. */
  const there = time => state.past !== false && (time < T - 200_000 || time > T - 170_000);
  return { step, stat: 'last', from, until, started: T - 170_000, t, series: chosen(searchParams.getAll('select'), state).map(({ metric, labels, unit, of, until: last }) => ({ metric, labels, unit, values: t.map(time => (there(time) && time <= last ? of(time) : null)) })) };
}

