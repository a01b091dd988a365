/**
 * Whether a page that stays open grows: node src/test/js/bench/soak.js [minutes]
 * The overview and four charts at 10 Hz; what the page holds after the collector has been, once a minute. The first
 * minutes count for nothing: the rings are filling.
 */
import { setTimeout as pass } from 'node:timers/promises';
import WebSocket from 'ws';
import { Server, inside, launch, live, open } from '../browser/support.js';

const WARM_MINUTES = 4;
const minutes = Number(process.argv[2] ?? 60);
const server = await Server.start();
const socket = new WebSocket(new URL('/ingest', server.url.replace('http', 'ws')));
await new Promise(done => socket.on('open', done));
const feed = setInterval(() => socket.send(JSON.stringify([0, 1, 2, 3].map(n => ({ type: 'sensor.reading', deviceId: `d${n}`, a: Math.random(), b: n + Math.random(), c: 5 })))), 100);

const browser = await launch();
const { page, context, seen } = await open(browser, server.url);
await live(page);
await inside(page, async parts => {
  const { chartOf } = await import(new URL('view/tidechart.js', document.querySelector('script[type=module]').src).href);
  for (let i = 0; i < 4; i++) document.querySelector('main').append(chartOf(parts, { id: `c${i}`, name: `Chart ${i}`, select: [`{device="d${i}"}`], interval: 100, range: 30 }));
});
const cdp = await context.newCDPSession(page);
await cdp.send('Performance.enable');

async function held() {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = name => metrics.find(metric => metric.name === name).value;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), bytes: of('JSHeapUsedSize') };
}

let first = null, last = null;
for (let minute = 1; minute <= minutes; minute++) {
  await pass(60_000);
  last = await held();
  if (minute === Math.min(WARM_MINUTES, minutes)) first = last;
  console.log(`${minute} min: ${(last.bytes / 1e6).toFixed(2)} MB, ${last.nodes} nodes, ${last.listeners} listeners`);
}
const change = name => `${name} ${(100 * (last[name] / first[name] - 1)).toFixed(1)} %`;
console.log(`from minute ${Math.min(WARM_MINUTES, minutes)} to ${minutes}: ${['bytes', 'nodes', 'listeners'].map(change).join(', ')}`, seen.console);
clearInterval(feed);
socket.close();
await browser.close();
await server.kill();
process.exit(0);
