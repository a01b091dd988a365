/**
 * What twelve charts of three series cost, beside uPlot alone with as many points of the same size in the same browser:
 * node src/test/js/bench/charts.js [hertz] [seconds] [rounds] [profile]
 * CPU time of the browser's renderers, from a real server that is fed over a WebSocket; each round measures both, and
 * medians are told. `profile` names a file for a CPU profile of our page's last round. TIDEPOLE_JAR names the server.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pass } from 'node:timers/promises';
import WebSocket from 'ws';
import { Server, inside, launch, live, open } from '../browser/support.js';

const CHARTS = 12, SERIES = 3, RANGE_SECONDS = 30;
const SETTLE_MILLIS = 8000;
const [hertz = 10, seconds = 30, rounds = 3] = process.argv.slice(2, 5).map(Number);
const profile = process.argv[5];

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
const cdp = await browser.newBrowserCDPSession();

/** Twelve charts of ours; returns the size of their canvases. */
async function ours(page) {
  await live(page);
  await inside(page, async (parts, [charts, interval, range]) => {
    const { chartOf } = await import(new URL('view/tidechart.js', document.querySelector('script[type=module]').src).href);
    const main = document.querySelector('main');
    main.replaceChildren();
    main.style.cssText = 'display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:12px;padding:12px';
    for (let i = 0; i < charts; i++) main.append(chartOf(parts, { id: `c${i}`, name: `Chart ${i}`, select: [`{device="d${i}"}`], interval, range }));
  }, [CHARTS, 1000 / hertz, RANGE_SECONDS]);
  await page.waitForFunction(wanted => document.querySelectorAll('tide-chart .read li').length === wanted, CHARTS * SERIES, { timeout: 60_000 });
  await page.waitForSelector('tide-chart canvas');
  return page.evaluate(() => {
    const { clientWidth, clientHeight } = document.querySelector('tide-chart .plot');
    return { width: clientWidth, height: clientHeight };
  });
}

/** As many of uPlot's own, of that size, with new values as often. */
async function bare(page, size) {
  const file = name => readFileSync(createRequire(import.meta.url).resolve(`uplot/dist/${name}`), 'utf8');
  await page.addStyleTag({ content: `${file('uPlot.min.css')} body { display: grid; grid-template-columns: repeat(3, 1fr); background: #0f1519 }` });
  await page.addScriptTag({ content: file('uPlot.iife.min.js') });
  await page.evaluate(([size, charts, series, points, every]) => {
    const value = (t, chart, i) => 50 + 20 * Math.sin(t / 40 + chart + i) + 5 * Math.random();
    let turn = points;
    const plots = Array.from({ length: charts }, (_, chart) => {
      const data = Array.from({ length: series + 1 }, (_, i) => Array.from({ length: points }, (_, t) => (i ? value(t, chart, i) : Date.now() / 1000 + (t - points) * every / 1000)));
      const lines = ['#6a9cea', '#48cfcb', '#f6dc98'].slice(0, series).map(stroke => ({ stroke, width: 1.25, points: { show: false } }));
      return { chart, data, plot: new globalThis.uPlot({ ...size, legend: { show: false }, cursor: { show: false }, axes: [{ stroke: '#87939a' }, { stroke: '#87939a' }], series: [{}, ...lines] }, data, document.body) };
    });
    const draw = () => plots.forEach(({ plot, data }) => plot.setData(data));
    setInterval(() => {
      turn++;
      for (const { chart, data } of plots) data.forEach((column, i) => { column.shift(); column.push(i ? value(turn, chart, i) : Date.now() / 1000); });
      requestAnimationFrame(draw);
    }, every);
  }, [size, CHARTS, SERIES, RANGE_SECONDS * hertz, 1000 / hertz]);
}

/** Seconds of CPU so far, by kind of process. */
const used = async () => (await cdp.send('SystemInfo.getProcessInfo')).processInfo.reduce((sums, { type, cpuTime }) => ({ ...sums, [type]: (sums[type] ?? 0) + cpuTime }), {});

/** A plot is cleared once each time it is drawn. */
function counting() {
  globalThis.pictures = 0;
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...all) {
    globalThis.pictures++;
    return clearRect.apply(this, all);
  };
}

/**
 * Shares of a core while the page does nothing but draw, in percent, how many pictures each chart drew a
 * second, and the milliseconds of CPU that one took: where a machine is too busy to draw all, these still compare.
 */
async function measured(page, context, name) {
  await pass(SETTLE_MILLIS);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const durations = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.filter(one => one.name.endsWith('Duration')).map(one => [one.name.replace('Duration', ''), one.value]));
  if (name) {
    await session.send('Profiler.enable');
    await session.send('Profiler.start');
  }
  const begun = performance.now();
  const pictures = () => page.evaluate(() => globalThis.pictures);
  const drawn = await pictures();
  const before = { ...await used(), ...await durations() };
  await pass(seconds * 1000);
  const after = { ...await used(), ...await durations() };
  const wall = (performance.now() - begun) / 1000;
  const perSecond = (await pictures() - drawn) / CHARTS / wall;
  if (name) writeFileSync(name, JSON.stringify((await session.send('Profiler.stop')).profile));
  const shares = ['renderer', 'GPU', 'Script', 'Layout', 'RecalcStyle'].map(key => [key, 100 * (after[key] - before[key]) / wall]);
  return { ...Object.fromEntries(shares), perSecond, perPicture: 1000 * (after.renderer - before.renderer) / wall / CHARTS / perSecond };
}

async function round(url, prepare, name) {
  const { page, context } = await open(browser, url, { before: page => page.addInitScript(counting) });
  const made = await prepare(page);
  const shares = await measured(page, context, name);
  await context.close();
  return { made, shares };
}

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];
const UNITS = { perSecond: '', perPicture: ' ms' };
const of = (all, key) => median(all.map(one => one[key]));
const told = all => Object.keys(all[0]).map(key => `${key} ${of(all, key).toFixed(key === 'perPicture' ? 2 : 1)}${UNITS[key] ?? ' %'}`).join(', ');

const found = { ours: [], bare: [] };
for (let i = 1; i <= rounds; i++) {
  const { made, shares } = await round(new URL('/explore', server.url).href, ours, i === rounds ? profile : undefined);
  found.ours.push(shares);
  found.bare.push((await round('about:blank', page => bare(page, made))).shares);
}
console.log(`${CHARTS} charts of ${SERIES} series at ${hertz} Hz, of a core, medians of ${rounds} rounds of ${seconds} s`);
for (const [name, all] of Object.entries(found)) console.log(`${name}: ${told(all)}`);
console.log(`ours to bare: renderer ${(of(found.ours, 'renderer') / of(found.bare, 'renderer')).toFixed(2)}, a picture ${(of(found.ours, 'perPicture') / of(found.bare, 'perPicture')).toFixed(2)}`);
clearInterval(feed);
socket.close();
await browser.close();
await server.kill();
process.exit(0);
