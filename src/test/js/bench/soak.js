/**
 * Whether a page that stays open grows: node src/test/js/bench/soak.js [minutes] [moved]
 * The overview and four charts at 10 Hz; what the page holds after the collector has been, once a minute, and now and
 * then what of it is data and what is code: V8 compiles more and more of a page for the better part of an hour, and
 * that belongs to the browser. The first minutes count for nothing: the rings are filling. With `moved` the page's
 * clock is moved and the server's own words are said again and again, so that a minute takes two seconds.
 */
import { setTimeout as pass } from 'node:timers/promises';
import WebSocket from 'ws';
import { Server, inside, launch, live, open } from '../browser/support.js';
import { move, prepare } from './moved.js';

const WARM_MINUTES = 4, APART_EVERY_MINUTES = 8;
const CHARTS = 4, SERIES = 3;
const minutes = Number(process.argv[2] ?? 60);
const moved = process.argv[3] === 'moved';
const server = await Server.start();
const socket = new WebSocket(new URL('/ingest', server.url.replace('http', 'ws')));
await new Promise(done => socket.on('open', done));
const feed = setInterval(() => socket.send(JSON.stringify([0, 1, 2, 3].map(n => ({ type: 'sensor.reading', deviceId: `d${n}`, a: Math.random(), b: n + Math.random(), c: 5 })))), 100);

const browser = await launch();
const { page, context, seen } = await open(browser, server.url, { before: moved ? prepare : undefined });
await live(page);
await inside(page, async (parts, count) => {
  const { chartOf } = await import(new URL('view/tidechart.js', document.querySelector('script[type=module]').src).href);
  for (let i = 0; i < count; i++) document.querySelector('main').append(chartOf(parts, { id: `c${i}`, name: `Chart ${i}`, select: [`{device="d${i}"}`], interval: 100, range: 30 }));
}, CHARTS);
await page.waitForFunction(wanted => document.querySelectorAll('tide-chart .read li').length === wanted, CHARTS * SERIES);
const cdp = await context.newCDPSession(page);
await cdp.send('Performance.enable');

async function held() {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = name => metrics.find(metric => metric.name === name).value;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), bytes: of('JSHeapUsedSize') };
}

/** Bytes of V8's heap by what they are for: {data, code}. What the browser itself holds is in neither. */
async function apart() {
  const chunks = [];
  const take = ({ chunk }) => chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot: { meta }, nodes } = JSON.parse(chunks.join(''));
  const size = meta.node_fields.indexOf('self_size');
  const sum = { data: 0, code: 0, native: 0, synthetic: 0, hidden: 0 };
  for (let i = 0; i < nodes.length; i += meta.node_fields.length) {
    const type = meta.node_types[0][nodes[i]];
    sum[type in sum ? type : 'data'] += nodes[i + size];
  }
  return { data: sum.data, code: sum.code };
}

const megabytes = bytes => `${(bytes / 1e6).toFixed(2)} MB`;
if (moved) await move(page, 0);
let first = null, last = null;
for (let minute = 1; minute <= minutes; minute++) {
  await (moved ? move(page, 60) : pass(60_000));
  last = { ...last, ...await held() };
  const warm = minute === Math.min(WARM_MINUTES, minutes);
  const looks = warm || minute === minutes || minute % APART_EVERY_MINUTES === 0;
  if (looks) Object.assign(last, await apart());
  if (warm) first = last;
  console.log(`${minute} min: ${megabytes(last.bytes)}, ${last.nodes} nodes, ${last.listeners} listeners${looks ? `; data ${megabytes(last.data)}, code ${megabytes(last.code)}` : ''}`);
}
const change = name => `${name} ${(100 * (last[name] / first[name] - 1)).toFixed(1)} %`;
console.log(`from minute ${Math.min(WARM_MINUTES, minutes)} to ${minutes}: ${['bytes', 'data', 'code', 'nodes', 'listeners'].map(change).join(', ')}`, seen.console);
clearInterval(feed);
socket.close();
await browser.close();
await server.kill();
process.exit(0);
