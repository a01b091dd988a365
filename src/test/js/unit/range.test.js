import assert from 'node:assert/strict';
import test from 'node:test';
import { PageState } from '../../../../webroot/view/state.js';
import { RANGES, panned, rangeName, rangeSeconds, readRange, stepFor, within, writeRange, zoomed } from '../../../../webroot/model/range.js';
import { T } from './support.js';

const HOUR = 3_600_000;

test('step_neverMoreWindowsThanPixels_andNoFinerThanAsked', () => {
  for (const seconds of RANGES) for (const pixels of [100, 390, 1100, 3000]) {
    const step = stepFor(seconds * 1000, pixels);
    assert.ok((seconds * 1000) / step <= pixels, `${seconds} s in ${pixels} px: ${step}`);
    assert.ok(stepFor(seconds * 1000, pixels, 1000) >= 1000);
  }
  assert.equal(stepFor(300_000, 800, 1000), 1000);
  assert.equal(stepFor(24 * HOUR, 800), 120_000);
  assert.equal(stepFor(60_000, 800), 100);
});

test('rangeName_isReadBack', () => {
  for (const seconds of RANGES) assert.equal(rangeSeconds(rangeName(seconds)), seconds);
  for (const wrong of ['', null, '5', 'm', '5y', '-5m', '1s', '900d', '5m5m']) assert.ok(Number.isNaN(rangeSeconds(wrong)), wrong);
});

test('address_ofAChoice_isReadBack_andKeepsWhatElseItSays', () => {
  const search = writeRange('?lang=de&range=1h', { range: 900, fixed: null, utc: true });
  assert.equal(search, '?lang=de&range=15m&tz=utc');
  assert.deepEqual(readRange(search), { range: 900, fixed: null, utc: true });
  const fixed = { from: T - HOUR, until: T };
  assert.deepEqual(readRange(writeRange('', { range: 300, fixed, utc: false })).fixed, fixed);
  assert.equal(writeRange('?range=1h', { range: 300, fixed: null, utc: false }), '');
});

test('address_withNonsense_isTheDefault', () => {
  for (const search of ['?range=soon', '?from=5&until=1', `?from=${T}`, `?from=${T}&until=${T + 1000}`, `?from=0&until=${T}`, '?from=x&until=y']) {
    assert.deepEqual(readRange(search), { range: null, fixed: null, utc: false }, search);
  }
});

test('address_isoTimes_areRead', () => {
  assert.deepEqual(readRange('?from=2026-11-21T10:00:00Z&to=2026-11-21T11:00:00Z').fixed, { from: Date.UTC(2026, 10, 21, 10), until: Date.UTC(2026, 10, 21, 11) });
});

test('zoomed_keepsTheMomentUnderThePointer', () => {
  const before = { from: T - 300_000, until: T };
  const at = T - 200_000;
  const after = zoomed(before, at, 0.5, T);
  assert.equal(after.until - after.from, 150_000);
  const part = ({ from, until }) => (at - from) / (until - from);
  assert.ok(Math.abs(part(before) - part(after)) < 0.01);
});

test('zoomed_hasALeastAndAMost', () => {
  assert.equal(zoomed({ from: T - 6000, until: T }, T - 3000, 0.01, T).until - zoomed({ from: T - 6000, until: T }, T - 3000, 0.01, T).from, 5000);
  const far = zoomed({ from: T - 365 * 24 * HOUR, until: T }, T, 100, T);
  assert.ok(far.until - far.from <= 366 * 24 * HOUR);
});

test('panned_keepsItsLength_andDoesNotReachPastTheEdge', () => {
  const stretch = { from: T - 300_000, until: T };
  assert.deepEqual(panned(stretch, -60_000, T), { from: T - 360_000, until: T - 60_000 });
  assert.deepEqual(panned(stretch, 60_000, T), stretch);
});

test('within_standsOnWholeSeconds', () => {
  assert.deepEqual(within({ from: T - 10_400, until: T - 200 }, T), { from: T - 11_000, until: T });
});

test('state_ofAnAddress_looksBackAtOnce', () => {
  const state = new PageState(undefined, { search: `?from=${T - HOUR}&until=${T}&tz=utc` });
  assert.deepEqual(state.zoom, { from: T - HOUR, until: T });
  assert.equal(state.frozen, true);
  assert.equal(state.utc, true);
});

test('state_linkToAMoment_fixesWhatIsLive', () => {
  const state = new PageState(undefined, { search: '?range=15m' });
  assert.equal(state.search(), '?range=15m');
  assert.deepEqual(readRange(state.search(T)).fixed, { from: T - 900_000, until: T });
});

test('state_writtenOnce_whenAChoiceHasStood', async () => {
  const written = [];
  const state = new PageState(undefined, { search: '' }, search => written.push(search));
  for (let i = 0; i < 5; i++) state.panBy(-10_000, { from: T - 300_000 - i * 10_000, until: T - i * 10_000, edge: T });
  await new Promise(done => { state.remember = search => done(written.push(search)); });
  assert.deepEqual(written.map(search => readRange(search).fixed), [{ from: T - 350_000, until: T - 50_000 }]);
});
