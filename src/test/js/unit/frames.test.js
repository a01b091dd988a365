import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { ping, read, report, subscribe, unsubscribe } from '../../../../webroot/net/frames.js';
import { CPU, T, welcome } from './support.js';

const GOLDEN = new URL('../../resources/golden/', import.meta.url);
const FROM_SERVER = ['welcome', 'subscribed', 'unsubscribed', 'metric.update', 'series.added', 'series.removed', 'subscription.degraded', 'subscription.restored', 'server.draining', 'pong', 'error'];

const examples = [
  welcome(),
  { type: 'subscribed', requestId: '1', subscription: 1, series: [{ ...CPU, last: 12.5, lastTime: T - 250 }], t: T },
  { type: 'unsubscribed', requestId: '2', subscription: 1 },
  { type: 'metric.update', seq: 17, t: T, newest: T - 250, ids: [4, 5, 9], values: [72.4, 1.5, 3] },
  { type: 'metric.update', seq: 29, t: T, newest: T - 250, since: T - 12000, merged: 240, ids: [4, 5], values: [70.1, 1.4], min: [61, 1.1], max: [88.2, 2] },
  { type: 'series.added', series: [{ id: 31, metric: 'temperature', labels: { device: 'sensor-9' }, unit: 'Cel', interval: 1000, stat: 'last' }] },
  { type: 'series.removed', ids: [31] },
  { type: 'pong', clientTime: T, serverTime: T + 4 },
  { type: 'subscription.degraded', interval: 5000 },
  { type: 'subscription.restored' },
  { type: 'server.draining', reconnectAfterMillis: 1500 },
  { type: 'error', code: 'bad_selector', message: 'select[0]: expected a value in quotes at column 7', requestId: '1', retry: false },
];

test('read_everyExampleOfTheContract_isTaken', () => {
  for (const example of examples) assert.deepEqual(read(JSON.stringify(example)), example);
});

test('read_goldenFrames_areTaken', { skip: !existsSync(GOLDEN) && 'no golden frames yet' }, () => {
  for (const file of readdirSync(GOLDEN).filter(name => name.endsWith('.json'))) {
    const text = readFileSync(new URL(file, GOLDEN), 'utf8');
    const message = JSON.parse(text);
    const flat = message.type === 'metric.update' && !message.ids;
    if (FROM_SERVER.includes(message.type) && !flat) assert.ok(read(text), `${file} was refused`);
  }
});

test('read_whatIsNotOurs_isNull', () => {
  for (const text of ['', 'no json', 'null', '[]', '{}', '{"type":"something.new"}', '{"type":"welcome"}']) assert.equal(read(text), null, text);
});

test('read_columnsOfDifferentLength_isNull', () => {
  assert.equal(read(JSON.stringify({ type: 'metric.update', t: T, ids: [1, 2], values: [3] })), null);
});

test('requests_asInTheContract', () => {
  assert.deepEqual(JSON.parse(subscribe('1', { select: ['cpu_usage'], interval: 1000 })), { type: 'subscribe', requestId: '1', select: ['cpu_usage'], interval: 1000, stat: 'last' });
  assert.deepEqual(JSON.parse(unsubscribe('2', 1)), { type: 'unsubscribe', requestId: '2', subscription: 1 });
  assert.deepEqual(JSON.parse(ping(T)), { type: 'ping', clientTime: T });
  assert.deepEqual(JSON.parse(report(18)), { type: 'client.report', paintMillis: 18 });
});
