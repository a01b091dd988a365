import assert from 'node:assert/strict';
import test from 'node:test';
import { Outages, gapsIn } from '../../../../webroot/model/gaps.js';
import { Store } from '../../../../webroot/model/store.js';
import { T } from './support.js';

function storeOf(...stretches) {
  const store = new Store();
  for (const [from, until] of stretches) for (let t = T + from * 1000; t <= T + until * 1000; t += 1000) store.mark(t);
  return store;
}
const at = seconds => T + seconds * 1000;

test('gaps_holeThatEndsWithAStart_wasTheServer', () => {
  const outages = new Outages();
  outages.started(at(38));
  const { gaps } = gapsIn(storeOf([0, 10], [40, 60]), outages, at(0), at(60), null);
  assert.deepEqual(gaps, [{ from: at(10), until: at(39), kind: 'server', open: false }]);
});

test('gaps_holeWithoutAReason_isNamedSilence', () => {
  const { gaps } = gapsIn(storeOf([0, 10], [40, 60]), new Outages(), at(0), at(60), null);
  assert.equal(gaps[0].kind, 'sensor');
});

test('gaps_linkDown_isOpenUntilNow', () => {
  const outages = new Outages();
  outages.lost(at(20));
  const { gaps } = gapsIn(storeOf([0, 20]), outages, at(0), at(32), 'link');
  assert.deepEqual(gaps, [{ from: at(20), until: at(32), kind: 'link', open: true }]);
});

test('silence_longerThanWhatIsInSight_isAGapAllTheSame', () => {
  const { gaps } = gapsIn(storeOf([0, 20]), new Outages(), at(400), at(700), 'link');
  assert.deepEqual(gaps, [{ from: at(20), until: at(700), kind: 'link', open: true }]);
});

test('gaps_backButNotYetFilled_isStillTheLink', () => {
  const outages = new Outages();
  outages.lost(at(20));
  outages.back(at(32));
  const { gaps, marks } = gapsIn(storeOf([0, 20], [33, 40]), outages, at(0), at(40), null);
  assert.equal(gaps[0].kind, 'link');
  assert.deepEqual(marks, []);
});

test('gaps_filledIn_leavesABracket', () => {
  const outages = new Outages();
  outages.lost(at(20));
  outages.back(at(32));
  outages.filled(at(32));
  const { gaps, marks } = gapsIn(storeOf([0, 40]), outages, at(0), at(40), null);
  assert.deepEqual(gaps, []);
  assert.deepEqual(marks, [{ from: at(20), until: at(32) }]);
});

test('gaps_serverDownWithinTheOutage_bracketsOnlyWhatWasFilled', () => {
  const outages = new Outages();
  outages.lost(at(20));
  outages.started(at(30));
  outages.back(at(45));
  outages.filled(at(45));
  const { gaps, marks } = gapsIn(storeOf([0, 20], [32, 60]), outages, at(0), at(60), null);
  assert.deepEqual(gaps.map(gap => [gap.kind, gap.from, gap.until]), [['server', at(20), at(31)]]);
  assert.deepEqual(marks, [{ from: at(31), until: at(45) }]);
});

test('outages_manyOfThem_areBounded', () => {
  const outages = new Outages();
  for (let i = 0; i < 1000; i++) {
    outages.lost(at(i * 10));
    outages.back(at(i * 10 + 5));
    outages.filled(at(i * 10 + 5));
    outages.started(i);
  }
  assert.ok(outages.remembered([]).length <= 32);
});
