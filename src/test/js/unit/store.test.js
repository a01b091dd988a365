import assert from 'node:assert/strict';
import test from 'node:test';
import { Store, reach } from '../../../../webroot/model/store.js';
import { T } from './support.js';

const written = (times, span = 1) => {
  const store = new Store();
  const series = store.open('cpu');
  for (const t of times) {
    store.mark(t, span);
    store.write(series, t, t - T);
  }
  return { store, series };
};
const range = (from, count, step = 1000) => Array.from({ length: count }, (_, i) => T + from + i * step);

test('store_sameWindowTwice_isThereOnce', () => {
  const { store, series } = written([T, T + 1000]);
  store.write(series, T, 5);
  assert.equal(store.at(series, T), 5);
  assert.equal(series.newest, 1000);
});

test('store_historyBehindLive_fillsWithoutTouchingTheNewest', () => {
  const { store, series } = written([T + 10_000]);
  for (const t of range(0, 9)) {
    store.mark(t);
    store.write(series, t, -1);
  }
  assert.equal(series.newest, 10_000);
  assert.equal(series.newestTime, T + 10_000);
  assert.equal(store.at(series, T), -1);
  assert.deepEqual(store.holes(T, T + 10_000), []);
});

test('store_ringWrapsAround_forgetsTheOldest', () => {
  const { store, series } = written(range(0, 1500));
  assert.equal(store.slot(T), -1);
  assert.ok(Number.isNaN(store.at(series, T + 100_000)));
  assert.equal(store.at(series, T + 1_499_000), 1_499_000);
  assert.equal(store.earliest(), T + (1500 - 1024) * 1000);
});

test('store_farJump_leavesNothingOfTheOldRound', () => {
  const { store, series } = written(range(0, 50));
  store.mark(T + 10_000_000);
  store.write(series, T + 10_000_000, 1);
  assert.equal([...series.values].filter(value => !Number.isNaN(value)).length, 1);
});

test('store_writeOlderThanTheRing_isDropped', () => {
  const { store, series } = written([T]);
  store.write(series, T - 2_000_000, 9);
  assert.equal([...series.values].filter(value => !Number.isNaN(value)).length, 1);
});

test('store_oneEmptyWindow_isNoHole', () => {
  const { store } = written([T, T + 2000, T + 3000]);
  assert.deepEqual(store.holes(T, T + 3000), []);
});

test('store_threeEmptyWindows_areAHole', () => {
  const { store } = written([T, T + 4000]);
  assert.deepEqual(store.holes(T, T + 4000), [{ from: T, until: T + 3000 }]);
});

test('store_reducedRhythm_isNoHole', () => {
  const { store, series } = written(range(0, 5, 10_000), 10);
  assert.deepEqual(store.holes(T, T + 40_000), []);
  assert.equal(store.at(series, T + 7000), 0);
});

test('store_valueInAGap_isNotCarried', () => {
  const { store, series } = written([T, T + 60_000]);
  assert.equal(store.at(series, T + 2000), 0);
  assert.ok(Number.isNaN(store.at(series, T + 3000)));
});

test('store_fineAfterCoarse_takesTheFineRhythm', () => {
  const { store } = written([T], 10);
  store.mark(T, 1);
  assert.equal(store.spans[store.slot(T)], 1);
});

test('store_minAndMax_goWithTheirWindow', () => {
  const { store, series } = written([T]);
  store.write(series, T, 5, 1, 9);
  assert.deepEqual([series.low[store.slot(T)], series.high[store.slot(T)]], [1, 9]);
  store.write(series, T, 6);
  assert.ok(Number.isNaN(series.low[store.slot(T)]));
});

test('reach_isTwoAndAHalfBeatsAndAtLeastTwo', () => {
  assert.deepEqual([1, 2, 5, 10].map(reach), [2, 5, 12, 25]);
});
