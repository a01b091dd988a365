import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { Server } from '../browser/support.js';

/** Clients that are not ours share one deflate window, and each inflates exactly what was sent. */
let server;
before(async () => (server = await Server.start(0, '--host.enabled=false')));
after(() => server?.kill());

const SELECT = JSON.stringify({ type: 'subscribe', select: ['temperature'], interval: 0 });

class Viewer {
  constructor(options) {
    this.updates = [];
    this.waiting = [];
    this.socket = new WebSocket(server.url.replace('http', 'ws') + '/ws', ['metrics.v1.columns'], options);
    this.subscribed = new Promise((resolve, reject) => {
      this.socket.on('error', reject);
      this.socket.on('message', data => {
        const message = JSON.parse(data);
        if (message.type === 'welcome') this.socket.send(SELECT);
        if (message.type === 'subscribed') resolve();
        if (message.type === 'metric.update') this.take(message);
      });
    });
  }

  take(message) {
    this.updates.push(...message.values);
    this.waiting = this.waiting.filter(each => (this.updates.length < each.count ? true : each.resolve()));
  }

  has(count) {
    return new Promise(resolve => {
      this.waiting.push({ count, resolve });
      this.take({ values: [] });
    });
  }
}

async function feed(value) {
  const answer = await fetch(`${server.url}/api/v1/readings`, { method: 'POST', body: JSON.stringify({ deviceId: 'd', temperature: value }) });
  assert.equal(answer.status, 200);
}

test('viewers_ofEveryKindJoiningOverTime_getTheSameValues', { timeout: 60_000 }, async () => {
  const kinds = [
    { perMessageDeflate: true },
    { perMessageDeflate: { serverNoContextTakeover: true } },
    { perMessageDeflate: { serverMaxWindowBits: 10 } },
    { perMessageDeflate: { clientMaxWindowBits: 10 } },
    { perMessageDeflate: false },
  ];
  const viewers = [];
  const sent = [];
  for (let round = 0; round < 120; round++) {
    if (round % 8 === 0) {
      const viewer = new Viewer(kinds[viewers.length % kinds.length]);
      viewer.from = sent.length;
      await viewer.subscribed;
      viewers.push(viewer);
    }
    const value = Math.round(1e4 * Math.sin(round)) / 100;
    sent.push(value);
    await feed(value);
    await Promise.all(viewers.map(viewer => viewer.has(sent.length - viewer.from)));
  }
  for (const viewer of viewers) assert.deepEqual(viewer.updates, sent.slice(viewer.from));
  assert.equal(viewers[0].socket.extensions, 'permessage-deflate');
  assert.equal(viewers[2].socket.extensions, '', 'a window of 10 bits is passed over');
  for (const viewer of viewers) viewer.socket.close();
});
