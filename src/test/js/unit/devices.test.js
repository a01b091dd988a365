import assert from 'node:assert/strict';
import test from 'node:test';
import { Devices } from '../../../../webroot/model/devices.js';
import { Trend, TREND_SLOTS } from '../../../../webroot/model/trend.js';
import { literal, quoted, seriesKey } from '../../../../webroot/model/key.js';
import { T } from './support.js';

const meta = (device, metric = 'temperature') => ({ metric, labels: { device }, unit: 'Cel' });

function beating(seconds) {
  const devices = new Devices();
  const measure = devices.open(meta('boiler-2'));
  for (let i = 0; i < 20; i++) measure.write(T + i * seconds * 1000, i, 1);
  return { device: measure.device, last: T + 19 * seconds * 1000 };
}

test('device_missedBeats_paleThenStaleThenOffline', () => {
  const { device, last } = beating(5);
  const states = [2, 10, 12, 15, 17, 3500, 3601].map(s => device.state(last + s * 1000));
  assert.deepEqual(states, ['live', 'live', 'aged', 'aged', 'stale', 'stale', 'offline']);
});

test('device_fastBeat_isNotStaleAfterOneLateTick', () => {
  const { device, last } = beating(1);
  assert.equal(device.state(last + 3000), 'live');
  assert.equal(device.state(last + 7000), 'stale');
});

test('device_valueThatIsNotWhole_isRememberedAsBroken', () => {
  const measure = new Devices().open(meta('boiler-2'));
  measure.write(T, 22, 1);
  assert.equal(measure.broken, false);
  measure.write(T + 1000, 22.4, 1);
  measure.write(T + 2000, 23, 1);
  assert.equal(measure.broken, true);
});

test('device_oneLongPause_movesItsRhythmOnlyALittle', () => {
  const { device, last } = beating(5);
  device.first.write(last + 600_000, 1, 1);
  assert.ok(device.cadence < 9000);
});

test('device_history_teachesItsRhythm', () => {
  const devices = new Devices();
  const measure = devices.open(meta('slow'));
  const t = Array.from({ length: 30 }, (_, i) => T + i * 2000);
  measure.past(t, t.map((_, i) => (i % 5 ? null : i)));
  assert.equal(measure.device.cadence, 10_000);
});

test('devices_order_thoseThatNeedYouFirstThenTheNewest', () => {
  const devices = new Devices();
  const now = T + 10_000_000;
  const add = (name, heardAt, appearedAt = 0) => {
    for (const t of [heardAt - 10_000, heardAt]) devices.open(meta(name), appearedAt).write(t, 1, 1);
  };
  add('z-well', now);
  add('a-well', now);
  add('gone', now - 7_200_000);
  add('quiet', now - 120_000);
  add('young', now, now - 5000);
  assert.deepEqual(devices.ordered(now).map(device => device.name), ['gone', 'quiet', 'young', 'a-well', 'z-well']);
  assert.deepEqual(devices.counts(now), { live: 3, stale: 1, offline: 1, waiting: 0 });
});

test('measure_olderValue_doesNotReplaceANewer', () => {
  const devices = new Devices();
  const measure = devices.open(meta('d'));
  measure.write(T, 2, 1);
  measure.write(T - 1000, 1, 1);
  assert.equal(measure.value, 2);
});

test('trend_readsOldestFirstAndForgets', () => {
  const trend = new Trend();
  for (let i = 0; i < 400; i++) trend.write(T + i * 2000, i);
  const into = trend.read(T + 399 * 2000, new Float32Array(TREND_SLOTS));
  assert.deepEqual([into[0], into.at(-1)], [250, 399]);
  assert.ok(Number.isNaN(trend.read(T + 410 * 2000, into).at(-1)));
});

test('key_isTheSameForAnyOrderOfLabels', () => {
  assert.equal(seriesKey('m', { b: '2', a: '1' }), seriesKey('m', { a: '1', b: '2' }));
  assert.equal(seriesKey('m', { a: 'x"\\y' }), 'm{a="x\\"\\\\y"}');
});

test('selector_namesAreTakenLiterally', () => assert.equal(quoted(literal('a.b|c')), '"a\\\\.b\\\\|c"'));

test('devices_thatComeAndGo_areBounded', () => {
  const devices = new Devices();
  for (let i = 0; i < 1000; i++) {
    const measure = devices.open(meta(`d-${i}`));
    measure.write(T, 1, 1);
    devices.retire(measure.device);
  }
  assert.equal(devices.size, 100);
  assert.equal(devices.named('d-999').state(T), 'offline');
});

test('device_retiredAndBack_isNotForgotten', () => {
  const devices = new Devices();
  const back = devices.open(meta('back'));
  devices.retire(back.device);
  back.write(T, 1, 1);
  for (let i = 0; i < 200; i++) devices.retire(devices.open(meta(`d-${i}`)).device);
  assert.equal(devices.named('back'), back.device);
});

test('device_thatSentOnce_isNotCalledStaleAtOnce', () => {
  const measure = new Devices().open(meta('once'));
  measure.write(T, 21.4, 1);
  assert.equal(measure.device.state(T + 120_000), 'live');
  assert.equal(measure.device.state(T + 1_000_000), 'stale');
});
