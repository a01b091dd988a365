import assert from 'node:assert/strict';
import test from 'node:test';
import { Delay, liveness } from '../../../../webroot/model/live.js';
import { lateAfter, momentOf } from '../../../../webroot/model/moment.js';
import { Clock } from '../../../../webroot/model/clock.js';
import { Meter } from '../../../../webroot/model/meter.js';
import { T } from './support.js';

const facts = more => ({ phase: 'open', everOpen: true, lostAt: 0, nextTryAt: 0, localNow: T, startedAt: T - 1000, pausedBy: null, hasTick: true, silentFor: null, interval: 1000, delay: 84, ...more });
const word = more => liveness(facts(more)).word;

test('liveness_eachState_hasItsWord', () => {
  assert.deepEqual(liveness(facts()), { word: 'live', delay: 84 });
  assert.equal(word({ hasTick: false }), 'connecting');
  assert.equal(word({ interval: 5000 }), 'reduced');
  assert.deepEqual(liveness(facts({ pausedBy: 18_000 })), { word: 'paused', age: 18_000 });
  assert.deepEqual(liveness(facts({ silentFor: 40_000 })), { word: 'stale', age: 40_000 });
});

test('liveness_linkLost_countsAndNamesTheNextTry', () => {
  const lost = liveness(facts({ phase: 'waiting', lostAt: T - 12_000, nextTryAt: T + 3000, pausedBy: 5 }));
  assert.deepEqual(lost, { word: 'reconnecting', age: 12_000, next: 3000 });
  assert.equal(liveness(facts({ phase: 'trying', lostAt: T - 12_000 })).next, null);
});

test('liveness_aMinuteWithoutTheServer_isOffline', () => {
  assert.deepEqual(liveness(facts({ phase: 'waiting', lostAt: T - 60_000 })), { word: 'offline', since: T - 60_000 });
  assert.equal(word({ phase: 'trying', everOpen: false, startedAt: T - 59_000 }), 'connecting');
  assert.equal(word({ phase: 'trying', everOpen: false, startedAt: T - 61_000 }), 'offline');
});

test('delay_isSplitIntoItsWay', () => {
  const delay = new Delay();
  delay.heard(T - 450, T, T + 20);
  assert.equal(delay.painted(T + 34), true);
  assert.deepEqual([delay.total, delay.window, delay.way, delay.paint], [484, 450, 20, 14]);
  assert.equal(delay.painted(T + 99), false);
});

const moment = more => momentOf({ headTime: T, now: T + 300, interval: 1000, open: true, range: 300, paused: null, zoom: null, ...more });

test('moment_live_endsAtTheNewestTick', () => {
  assert.deepEqual([moment().from, moment().until, moment().silent], [T - 300_000, T, null]);
});

test('moment_late_isSilentAndGoesOnByTheClock', () => {
  const late = moment({ now: T + lateAfter(1000) + 1 });
  assert.equal(late.silent, 'sensor');
  assert.equal(late.until, T + 3000);
});

test('moment_linkDown_goesOnByTheClockAtOnce', () => {
  const down = moment({ open: false, now: T + 1500 });
  assert.deepEqual([down.silent, down.until], ['link', T + 1000]);
});

test('moment_pausedOrZoomed_standsStill', () => {
  assert.equal(moment({ paused: T - 18_000 }).until, T - 18_000);
  const zoomed = moment({ paused: T, zoom: { from: T - 50_000, until: T - 40_000 } });
  assert.deepEqual([zoomed.from, zoomed.until, zoomed.edge, zoomed.frozen], [T - 50_000, T - 40_000, T, true]);
});

test('clock_bestOfThePongs_countsHalfTheWay', () => {
  let local = T;
  const clock = new Clock(() => local);
  clock.hint(T + 5000);
  assert.equal(clock.now(), T + 5000);
  local = T + 400;
  clock.pong(T, T + 9000);
  assert.equal(clock.offset, 8800);
  local = T + 500;
  clock.pong(T + 490, T + 5500);
  assert.equal(clock.offset, 5005);
  assert.equal(clock.roundTrip, 10);
});

test('clock_pongs_areBounded', () => {
  let local = T;
  const clock = new Clock(() => local);
  clock.pong(T, T + 100);
  for (let i = 0; i < 8; i++) {
    local += 10;
    clock.pong(local - 5, local + 1000 - 2.5);
  }
  assert.equal(clock.offset, 1000, 'the first, shortest way has been forgotten');
});

test('meter_rateOverTenSeconds', () => {
  const meter = new Meter();
  assert.ok(Number.isNaN(meter.rate));
  for (let s = 0; s <= 60; s++) meter.sample(s * 340, T + s * 1000);
  assert.equal(meter.rate, 340);
});

test('clock_setAnew_forgetsWhatContradicts', () => {
  let local = T;
  const clock = new Clock(() => local);
  clock.pong(T - 4, T);
  local += 10_000;
  clock.pong(local - 40, local + 60_000);
  assert.ok(Math.abs(clock.offset - 60_000) <= 40);
});

test('moment_justJoined_waitsForItsFirstTick', () => {
  const old = { headTime: T - 60_000, now: T + 1000 };
  assert.equal(moment({ ...old, joinedAt: T }).silent, null);
  assert.equal(moment({ ...old, joinedAt: T - 10_000 }).silent, 'sensor');
});
