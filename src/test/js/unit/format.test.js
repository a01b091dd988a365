import assert from 'node:assert/strict';
import test from 'node:test';
import { NB, age, bytes, fixed, linkSpeed, measure, partOf, percent, rate, roundBytes, size, threeFigures, unitName } from '../../../../webroot/view/format.js';

const GiB = 2 ** 30, MiB = 2 ** 20;
const plain = text => text.replaceAll(NB, ' ');

test('fixed_negative_hasATrueMinusAndNoMinusZero', () => {
  assert.equal(fixed(-9), '−9.0');
  assert.equal(fixed(-0.01), '0.0');
  assert.equal(fixed(NaN), '–');
});

test('percent_oneDecimalAndANarrowSpace', () => assert.equal(percent(24.26), `24.3${NB}%`));

test('bytes_neverFourFigures', () => {
  assert.deepEqual([0, 900, 1000, 1023 * 1024, 14.4 * GiB, 160 * MiB, 1.43 * 1024 * GiB].map(x => plain(size(x))), ['0 B', '900 B', '1.0 KiB', '1.0 MiB', '14.4 GiB', '160 MiB', '1.43 TiB']);
  assert.equal(plain(rate(4.8 * MiB)), '4.8 MiB/s');
  assert.deepEqual(bytes(NaN, true), ['–', 'MiB/s']);
});

test('partOf_sharedUnit_isSaidOnce', () => {
  assert.deepEqual(partOf(14.4 * GiB, 31.2 * GiB).map(plain), ['14.4', '31.2 GiB']);
  assert.deepEqual(partOf(694 * MiB, 31.2 * GiB).map(plain), ['694 MiB', '31.2 GiB']);
  assert.equal(partOf(NaN, 1), null);
});

test('age_asPeopleSayIt', () => {
  const said = [2000, 59_400, 100_000, 120_000, 11_520_000, 3_564_000_000].map(ms => plain(age(ms)));
  assert.deepEqual(said, ['2 s', '59 s', '1 m 40 s', '2 m', '3 h 12 m', '41 d 6 h']);
  assert.equal(plain(age(-5)), '0 s');
});

test('measure_onceBroken_keepsItsDecimals', () => {
  assert.deepEqual([measure(22, 'Cel'), measure(22, 'Cel', true), measure(22.4, 'Cel', true)].map(([number]) => number), ['22', '22.0', '22.4']);
  assert.equal(measure(71, '%', true)[0], '71.0');
});

test('threeFigures_keepsWhatMatters', () => {
  assert.deepEqual([4.9, 71, 1.42, 1009, 50.01, 0.18, 612.4, -71, 1180, 0].map(x => plain(threeFigures(x))), ['4.90', '71', '1.42', '1 009', '50.0', '0.18', '612', '−71', '1 180', '0.00']);
});

test('units_asPeopleWriteThem', () => {
  assert.deepEqual(['Cel', '%', '[ppm]', '', undefined, '{count}', 'kW'].map(unitName), ['°C', '%', 'ppm', '', '', '', 'kW']);
  assert.deepEqual(measure(3 * MiB, 'By/s'), ['3.0', 'MiB/s']);
});

test('linkSpeed_asLinksAreSold', () => assert.deepEqual([1e9, 2.5e9, 1e8, NaN, 0].map(x => plain(linkSpeed(x))), ['1 Gbit/s', '2.5 Gbit/s', '100 Mbit/s', '', '']));

test('roundBytes_isRoundAndNotBelow', () => {
  for (const value of [1, 900, 1024, 38 * MiB, 118 * MiB, 999 * MiB, 1.2 * GiB]) assert.ok(roundBytes(value) >= value, String(value));
  assert.equal(roundBytes(38 * MiB), 40 * MiB);
  assert.equal(roundBytes(118 * MiB), 150 * MiB);
});
