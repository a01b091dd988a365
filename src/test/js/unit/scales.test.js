import assert from 'node:assert/strict';
import test from 'node:test';
import { roundSplits, scaleOf } from '../../../../webroot/view/scales.js';

const NB = '\u202f';

test('scale_percentages_areZeroToHundred', () => {
  const scale = scaleOf({ unit: '%' });
  assert.deepEqual(scale({ least: 3, most: 7 }).labels, ['0', '50', `100${NB}%`]);
  assert.ok(scale({ least: 3, most: 180 }).high >= 180, 'more than a whole is shown');
});

test('scale_lines_takeWhatTheyNeed_areasStandOnZero', () => {
  const line = scaleOf({ unit: 'Cel' })({ least: 21.2, most: 23.9 });
  assert.ok(line.low > 15 && line.low <= 21.2 && line.high >= 23.9 && line.high < 30, JSON.stringify(line));
  assert.equal(scaleOf({ unit: 'Cel', kind: 'area' })({ least: 21.2, most: 23.9 }).low, 0);
  assert.ok(line.labels.at(-1).endsWith(`${NB}°C`), 'the unit stands at the top');
});

test('scale_largeValues_haveNoDecimals_zeroNeither', () => {
  assert.deepEqual(scaleOf({ unit: 'W', kind: 'stacked' })({ least: 0, most: 31_000 }).labels, ['0', `20${NB}000`, `40${NB}000${NB}W`]);
});

test('scale_anyValues_enclosesThemWithFewLines', () => {
  for (const [least, most] of [[0, 0], [-5, -5], [1e-7, 3e-7], [-1e9, 1e12], [0.1, 0.1000001], [99.9, 100.1], [-40, 85]]) {
    for (const kind of ['line', 'area', 'stacked']) {
      const { low, high, splits, labels } = scaleOf({ kind })({ least, most });
      assert.ok(low <= least && high >= most && high > low, `${kind} ${least}..${most}: ${low}..${high}`);
      assert.ok(splits.length >= 2 && splits.length <= 7 && labels.length === splits.length, `${splits}`);
      assert.equal(new Set(labels).size, labels.length, `${labels}`);
    }
  }
});

test('scale_mirrored_isTheSameAboveAndBelow', () => {
  const { low, high, labels } = scaleOf({ kind: 'mirrored', unit: 'By/s' })({ least: 0, most: 38 * 2 ** 20 });
  assert.equal(low, -high);
  assert.deepEqual(labels, ['40', '0', `40${NB}MiB/s`]);
});

test('scale_fixedEnds_areKept', () => {
  const { low, high } = scaleOf({ min: -10, max: 50 })({ least: 3, most: 90 });
  assert.deepEqual([low, high], [-10, 50]);
});

test('scale_aThresholdNearby_isInSight_oneFarAwayIsNot', () => {
  const scale = value => scaleOf({ limits: [{ value }] })({ least: 60, most: 68 });
  assert.ok(scale(70).high >= 70);
  assert.ok(scale(700).high < 100);
});

test('scale_nothingYet_hasRoomAndMakesNoNumbersUp', () => {
  for (const kind of ['line', 'stacked', 'mirrored']) {
    const { low, high, labels } = scaleOf({ kind, unit: 'Cel' })({ least: NaN, most: NaN });
    assert.ok(high > low);
    assert.deepEqual(labels.filter(label => label && label !== '0'), [], kind);
  }
  assert.deepEqual(scaleOf({ min: 0, max: 10 })({ least: NaN, most: NaN }).labels, ['0', '5', '10']);
});

test('roundSplits_areRound', () => {
  assert.deepEqual(roundSplits({ low: 0, high: 10 }), [0, 5, 10]);
  assert.deepEqual(roundSplits({ low: 20.9, high: 24.1 }), [20, 22, 24, 26]);
});
