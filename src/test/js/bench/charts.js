/**
 * What twelve charts of three series cost: node src/test/js/bench/charts.js [hertz] [seconds] [profile]
 * CPU time of the browser's renderer, from a real server that is fed over a WebSocket; `profile` names a file for a
 * CPU profile of the page. TIDEPOLE_JAR names the server.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import WebSocket from 'ws';
import { Server, inside, launch, live, open } from '../browser/support.js';

const CHARTS = 12, SERIES = 3;
const [hertz = 10, seconds = 30] = process.argv.slice(2).map(Number);
const profile = process.argv[4];

const server = await Server.start();
const socket = new WebSocket(new URL('/ingest', server.url.replace('http', 'ws')));
await new Promise(done => socket.on('open', done));
let turn = 0;
const feed = setInterval(() => {
  turn++;
  const readings = Array.from({ length: CHARTS }, (_, chart) => ({
    deviceId: `d${chart}`, ...Object.fromEntries(Array.from({ length: SERIES }, (_, i) => [`m${i}`, 50 + 20 * Math.sin(turn / 40 + chart + i) + 5 * Math.random()])),
  }));
  socket.send(JSON.stringify(readings.map(reading => ({ type: 'sensor.reading', ...reading }))));
}, 1000 / hertz);

const browser = await launch();
const { page, context } = await open(browser, new URL('/explore', server.url).href);
await live(page);
await inside(page, async (parts, [charts, hertz]) => {
  const { chartOf } = await import(new URL('view/tidechart.js', document.querySelector('script[type=module]').src).href);
  const main = document.querySelector('main');
  main.replaceChildren();
  main.style.cssText = 'display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:12px;padding:12px';
  for (let i = 0; i < charts; i++) {
    main.append(chartOf(parts, { id: `c${i}`, name: `Chart ${i}`, select: [`{device="d${i}"}`], interval: 1000 / hertz, range: 30 }));
  }
}, [CHARTS, hertz]);
await page.waitForFunction(wanted => document.querySelectorAll('tide-chart .read li').length === wanted, CHARTS * SERIES, { timeout: 60_000 });
await pass(10_000);

const cdp = await browser.newBrowserCDPSession();
const used = async type => (await cdp.send('SystemInfo.getProcessInfo')).processInfo.filter(one => one.type === type).reduce((sum, one) => sum + one.cpuTime, 0);
const pageCdp = await context.newCDPSession(page);
await pageCdp.send('Performance.enable');
const durations = async () => Object.fromEntries((await pageCdp.send('Performance.getMetrics')).metrics.filter(({ name }) => name.endsWith('Duration')).map(({ name, value }) => [name.replace('Duration', ''), value]));
const first = await durations();
if (profile) {
  await pageCdp.send('Profiler.enable');
  await pageCdp.send('Profiler.start');
}
const begun = performance.now();
const before = [await used('renderer'), await used('GPU')];
const ticks = await inside(page, parts => parts.store.headTime);
await pass(seconds * 1000);
const after = [await used('renderer'), await used('GPU')];
const wall = (performance.now() - begun) / 1000;
if (profile) writeFileSync(profile, JSON.stringify((await pageCdp.send('Profiler.stop')).profile));
const share = i => `${(100 * (after[i] - before[i]) / wall).toFixed(1)} %`;
const step = await inside(page, parts => [...parts.sheets][0].store.step);
console.log(`${CHARTS} charts of ${SERIES} series at ${hertz} Hz (windows of ${step} ms), ${wall.toFixed(0)} s: renderer ${share(0)} of a core, GPU process ${share(1)}`);
const last = await durations();
console.log(Object.entries(last).map(([name, value]) => `${name} ${(100 * (value - first[name]) / wall).toFixed(1)} %`).join(', '));
clearInterval(feed);
socket.close();
await browser.close();
await server.kill();
process.exit(0);
