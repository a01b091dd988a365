import assert from 'node:assert/strict';
import test from 'node:test';
import { Clock } from '../../../../webroot/model/clock.js';
import { Conversation } from '../../../../webroot/net/conversation.js';
import { Devices } from '../../../../webroot/model/devices.js';
import { Link } from '../../../../webroot/net/link.js';
import { Outages } from '../../../../webroot/model/gaps.js';
import { Store } from '../../../../webroot/model/store.js';
import { allDevices, ownHost } from '../../../../webroot/net/wants.js';
import { seriesKey } from '../../../../webroot/model/key.js';
import { CPU, FakeTime, FakeWebSocket, T, settle, welcome } from './support.js';

const KEY = seriesKey(CPU.metric, CPU.labels);

/** History that is answered when the test says so: every second in (from, until] has the value t/1000. */
class FakeHistory {
  asked = [];

  ask(question) {
    return new Promise((resolve, reject) => this.asked.push({ ...question, resolve, reject }));
  }

  answer(i = this.asked.length - 1, empty = () => false) {
    const { from, until, resolve } = this.asked[i];
    const t = [];
    for (let end = Math.floor(from / 1000) * 1000 + 1000; end <= until; end += 1000) t.push(end);
    resolve({ step: 1000, stat: 'last', from, until, started: T - 50_000, t, series: [{ metric: CPU.metric, labels: CPU.labels, unit: '%', values: t.map(end => (empty(end) ? null : end / 1000)) }] });
    return settle();
  }
}

function conversing() {
  const time = new FakeTime(T);
  const store = new Store();
  const history = new FakeHistory();
  const events = [];
  const parts = { store, history, devices: new Devices(), clock: new Clock(time.now), outages: new Outages(), changed: (what, detail) => events.push([what, detail]) };
  const conversation = new Conversation(parts);
  const link = new Link('ws://quay/ws', 'metrics.v1.columns', conversation, { WebSocket: FakeWebSocket, now: time.now, later: time.later, cancel: time.cancel, random: () => 0 });
  conversation.link = link;
  conversation.follow(ownHost({ store, conversation }));
  conversation.follow(allDevices({ devices: parts.devices, conversation }));
  link.open();
  const all = { ...parts, conversation, link, time, events, socket: () => FakeWebSocket.last };
  all.value = t => store.at(store.get(KEY), t);
  all.subscribed = (t, id = 4, more = {}) => {
    const [host, devices] = all.socket().sentOf('subscribe').slice(-2);
    all.socket().hear({ type: 'subscribed', requestId: devices.requestId, subscription: 2, series: [], t });
    all.socket().hear({ type: 'subscribed', requestId: host.requestId, subscription: 1, series: [{ ...CPU, id }], t, ...more });
  };
  all.tick = (t, id = 4, more = {}) => all.socket().hear({ type: 'metric.update', seq: 1, t, newest: t - 250, ids: [id], values: [t / 1000], ...more });
  return all;
}

function joined() {
  const all = conversing();
  all.socket().hear(welcome());
  all.subscribed(T);
  return all;
}

/** Every second of (from, until] is there, once and right. */
function assertWhole(all, from, until) {
  for (let t = from + 1000; t <= until; t += 1000) assert.equal(all.store.get(KEY).values[all.store.slot(t)], t / 1000, `window ${t - T}`);
}

test('conversation_welcome_subscribesToHostAndDevices', () => {
  const all = conversing();
  all.socket().hear(welcome());
  const [host, devices] = all.socket().sentOf('subscribe');
  assert.ok(host.select.includes('cpu_usage{host="quay-01"}'));
  assert.deepEqual(devices.select, ['{device=~".+"}']);
  assert.equal(host.interval, 1000);
});

test('conversation_subscribed_asksHistoryForWhatIsInSight', () => {
  const { history } = joined();
  assert.equal(history.asked.length, 1);
  assert.deepEqual([history.asked[0].from, history.asked[0].until, history.asked[0].step], [T - 310_000, T, 1000]);
});

test('conversation_longAnswer_waitsForItsLastPart', () => {
  const all = conversing();
  all.socket().hear(welcome());
  all.subscribed(T, 4, { more: true });
  assert.equal(all.history.asked.length, 0);
  all.subscribed(T, 5);
  assert.equal(all.history.asked.length, 1);
});

test('conversation_framesWhileHistoryIsInFlight_areKept', async () => {
  const all = joined();
  all.tick(T + 1000);
  all.tick(T + 2000);
  await all.history.answer();
  all.tick(T + 3000);
  assertWhole(all, T - 310_000, T + 3000);
  assert.deepEqual(all.store.holes(T - 310_000, T + 3000), []);
});

test('conversation_reconnect_fetchesOnlyTheHole', async () => {
  const all = joined();
  await all.history.answer();
  for (let s = 1; s <= 5; s++) all.tick(T + s * 1000);
  all.socket().drop();
  all.time.advance(1000);
  all.socket().hear(welcome());
  all.subscribed(T + 17_000);
  assert.deepEqual([all.history.asked[1].from, all.history.asked[1].until], [T + 5000, T + 17_000]);
  all.tick(T + 18_000);
  await all.history.answer();
  assertWhole(all, T - 300_000, T + 18_000);
  assert.deepEqual(all.events.filter(([what, detail]) => what === 'history' && detail).at(-1)[1], { away: 12_000, missing: 0 });
});

test('conversation_linkBreaksWhileFilling_theHoleIsStillFilledLater', async () => {
  const all = joined();
  await all.history.answer();
  all.tick(T + 1000);
  all.socket().drop();
  all.time.advance(1000);
  all.socket().hear(welcome());
  all.subscribed(T + 10_000);
  all.tick(T + 11_000);
  all.socket().drop();
  await all.history.answer(1);
  all.time.advance(2000);
  all.socket().hear(welcome());
  all.subscribed(T + 20_000);
  for (let i = 2; i < all.history.asked.length; i++) await all.history.answer(i);
  await settle();
  for (let i = 3; i < all.history.asked.length; i++) await all.history.answer(i);
  assertWhole(all, T, T + 20_000);
});

test('conversation_otherInstance_mapsSeriesByKeyAndKeepsTheData', async () => {
  const all = joined();
  await all.history.answer();
  all.tick(T + 1000);
  all.socket().drop();
  all.time.advance(1000);
  all.socket().hear(welcome({ instance: 'other', started: T + 5000 }));
  all.subscribed(T + 8000, 77);
  all.tick(T + 9000, 4);
  assert.equal(all.store.headTime, T + 1000, 'an old id means nothing now');
  all.tick(T + 10_000, 77);
  assert.equal(all.value(T + 10_000), (T + 10_000) / 1000);
  assert.equal(all.value(T), T / 1000, 'what was held stays');
});

test('conversation_serverWasDown_saysHowLong', async () => {
  const all = joined();
  await all.history.answer();
  all.tick(T + 1000);
  all.socket().drop();
  all.time.advance(1000);
  all.socket().hear(welcome({ instance: 'other', started: T + 10_000 }));
  all.subscribed(T + 14_000);
  await all.history.answer(1, t => t <= T + 11_000);
  const caughtUp = all.events.filter(([what, detail]) => what === 'history' && detail).at(-1)[1];
  assert.deepEqual(caughtUp, { away: 13_000, missing: 10_000 });
});

test('conversation_hiddenTab_asksForLessAndFillsWhenSeenAgain', async () => {
  const all = joined();
  await all.history.answer();
  all.tick(T + 1000);
  all.conversation.pace(10_000);
  assert.deepEqual(all.socket().sentOf('unsubscribe').map(m => m.subscription).sort(), [1, 2]);
  assert.equal(all.socket().sentOf('subscribe').at(-1).interval, 10_000);
  all.subscribed(T + 10_000, 40);
  all.socket().hear({ type: 'series.added', series: [{ ...CPU, id: 41, interval: 10_000 }] });
  all.tick(T + 20_000, 41);
  all.tick(T + 30_000, 41);
  assert.equal(all.store.spans[all.store.slot(T + 30_000)], 10);
  all.conversation.pace(1000);
  all.subscribed(T + 33_000);
  assert.deepEqual([all.history.asked.at(-1).from, all.history.asked.at(-1).until], [T + 1000, T + 33_000]);
  await all.history.answer();
  assertWhole(all, T, T + 33_000);
  assert.equal(all.store.spans[all.store.slot(T + 30_000)], 1);
});

test('conversation_answerToAGivenUpSubscription_isUnsubscribed', () => {
  const all = conversing();
  all.socket().hear(welcome());
  const [host] = all.socket().sentOf('subscribe');
  all.conversation.pace(10_000);
  all.socket().hear({ type: 'subscribed', requestId: host.requestId, subscription: 9, series: [CPU], t: T });
  assert.equal(all.socket().sentOf('unsubscribe').at(-1).subscription, 9);
});

test('conversation_catchUp_isDrawnAsABandAndHealed', async () => {
  const all = joined();
  await all.history.answer();
  all.tick(T + 1000);
  all.tick(T + 13_000, 4, { since: T + 1000, merged: 12, min: [1], max: [9] });
  const slot = all.store.slot(T + 13_000);
  assert.equal(all.store.spans[slot], 12);
  assert.deepEqual([all.store.get(KEY).low[slot], all.store.get(KEY).high[slot]], [1, 9]);
  assert.deepEqual([all.history.asked.at(-1).from, all.history.asked.at(-1).until], [T + 1000, T + 13_000]);
});

test('conversation_reduced_healsOnlyWhenRestored', async () => {
  const all = joined();
  await all.history.answer();
  all.tick(T + 1000);
  all.socket().hear({ type: 'subscription.degraded', interval: 5000 });
  assert.equal(all.conversation.reducedTo, 5000);
  all.tick(T + 5000, 4, { since: T + 1000, merged: 4, min: [1], max: [9] });
  all.tick(T + 10_000, 4, { since: T + 5000, merged: 5, min: [1], max: [9] });
  assert.equal(all.history.asked.length, 1);
  all.socket().hear({ type: 'subscription.restored' });
  all.tick(T + 11_000);
  assert.deepEqual([all.history.asked[1].from, all.history.asked[1].until], [T + 1000, T + 10_000]);
  await all.history.answer();
  assertWhole(all, T, T + 11_000);
});

test('conversation_devicesAndHosts_areKeptApart', () => {
  const all = joined();
  const series = [
    { id: 31, metric: 'temperature', labels: { device: 'sensor-9' }, unit: 'Cel', interval: 1000 },
    { id: 32, metric: 'cpu_usage', labels: { device: 'sensor-9', host: 'quay-02' }, unit: '%', interval: 1000 },
    { id: 33, metric: 'cpu_usage', labels: { host: 'quay-02' }, unit: '%', interval: 1000 },
  ];
  all.socket().hear({ type: 'series.added', series });
  all.socket().hear({ type: 'metric.update', t: T + 1000, ids: [31, 32, 33], values: [21.4, 1, 2] });
  assert.equal(all.devices.size, 1);
  assert.equal(all.devices.named('sensor-9').first.value, 21.4);
  assert.equal(all.store.spans[all.store.slot(T + 1000)] ?? 0, 0, 'a device is no tick of the host');
});

test('conversation_seriesRemoved_leavesTheDeviceOffline', () => {
  const all = joined();
  all.socket().hear({ type: 'series.added', series: [{ id: 31, metric: 'temperature', labels: { device: 's' }, unit: 'Cel', interval: 1000 }] });
  all.socket().hear({ type: 'metric.update', t: T + 1000, ids: [31], values: [21.4] });
  all.socket().hear({ type: 'series.removed', ids: [31] });
  assert.equal(all.devices.named('s').state(T + 2000), 'offline');
  assert.equal(all.devices.named('s').first.value, 21.4);
});

test('conversation_longerRange_asksForTheRestOfThePast', async () => {
  const all = joined();
  await all.history.answer();
  all.tick(T + 1000);
  all.conversation.lookBack(900_000);
  const { from, until } = all.history.asked[1];
  assert.deepEqual([from, until], [T + 1000 - 900_000, T + 1000 - 310_000]);
  await all.history.answer();
  assertWhole(all, from, T + 1000);
  all.conversation.lookBack(300_000);
  assert.equal(all.history.asked.length, 2, 'what is held is not asked for again');
});

test('conversation_devicesRefused_isSaidAndTheHostGoesOn', () => {
  const all = conversing();
  all.socket().hear(welcome());
  const [host, devices] = all.socket().sentOf('subscribe');
  all.socket().hear({ type: 'error', code: 'too_many_series', message: '…', requestId: devices.requestId, retry: false });
  all.socket().hear({ type: 'subscribed', requestId: host.requestId, subscription: 1, series: [CPU], t: T });
  assert.equal(all.conversation.devicesRefused, 'too_many_series');
  assert.equal(all.conversation.subscribed, true);
});

test('conversation_overloaded_asksAgainAfterAWhile', () => {
  const all = conversing();
  all.socket().hear(welcome());
  const [host] = all.socket().sentOf('subscribe');
  all.socket().hear({ type: 'error', code: 'overloaded', message: '…', requestId: host.requestId, retry: true });
  all.time.advance(5000);
  assert.equal(all.socket().sentOf('subscribe').length, 3);
  assert.deepEqual(all.socket().sentOf('subscribe')[2].select, host.select);
});

test('conversation_hostSeriesRemoved_givesItsMemoryBack', () => {
  const all = joined();
  assert.equal(all.store.series.size, 1);
  all.socket().hear({ type: 'series.removed', ids: [4] });
  assert.equal(all.store.series.size, 0);
});

test('conversation_newDevice_isAnnouncedOnce', () => {
  const all = joined();
  const series = (id, metric) => ({ id, metric, labels: { device: 'tide-gauge-4' }, unit: 'm', interval: 1000 });
  all.socket().hear({ type: 'series.added', series: [series(31, 'level'), series(32, 'wave')] });
  all.socket().hear({ type: 'series.added', series: [series(33, 'water')] });
  assert.deepEqual(all.events.filter(([what]) => what === 'appeared'), [['appeared', 'tide-gauge-4']]);
});
