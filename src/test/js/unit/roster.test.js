import assert from 'node:assert/strict';
import test from 'node:test';
import { Roster, isSelector, marked } from '../../../../webroot/model/roster.js';
import { drawnRows, scrollFor, seenRows } from '../../../../webroot/model/rows.js';
import { questions } from '../../../../webroot/net/watch.js';
import { T } from './support.js';

const ANSWER = {
  t: T, total: 4, counts: {}, device: ['line-1-press', 'line-1-Pump', 'line-2-oven', 'stranger'],
  state: 'lsoo', age: [0, 20_000, 90_000, -1], cadence: [1000, 1000, 5000, 0], refused: [0, 0, 2, 7],
};

function roster() {
  const made = new Roster();
  made.load(ANSWER);
  return made;
}

const names = (made, question) => Array.from(made.find(question).rows, i => made.names[i]);

test('roster_search_everyWordInAnyCase', () => {
  assert.deepEqual(names(roster(), { search: 'PUMP line' }), ['line-1-Pump']);
  assert.deepEqual(names(roster(), { search: '  ' }), ANSWER.device);
  assert.deepEqual(names(roster(), { search: 'pump oven' }), []);
});

test('roster_counts_areOfTheSearchAndNotOfTheFilter', () => {
  const { rows, counts } = roster().find({ search: 'line', state: 'stale' });
  assert.equal(rows.length, 1);
  assert.deepEqual(counts, { all: 3, live: 1, stale: 1, offline: 1, refused: 1 });
});

test('roster_sort_needAgeAndRefusals', () => {
  assert.deepEqual(names(roster(), { sort: 'need' }), ['line-2-oven', 'stranger', 'line-1-Pump', 'line-1-press']);
  assert.deepEqual(names(roster(), { sort: 'age', descending: true })[0], 'line-1-press');
  assert.deepEqual(names(roster(), { sort: 'refused' })[0], 'stranger');
  assert.deepEqual(names(roster(), { state: 'refused' }), ['line-2-oven', 'stranger']);
});

test('roster_amongNames_areTheOnesThatASelectorFound', () => {
  assert.deepEqual(names(roster(), { search: '{site="x"}', among: new Set(['line-2-oven', 'gone']) }), ['line-2-oven']);
  assert.ok(isSelector('{site="x"}'));
  assert.ok(!isSelector('line-1 pump'));
});

test('roster_told_changesStateAndKnowsWhoIsNew', () => {
  const made = roster();
  const before = made.version;
  assert.equal(made.told({ deviceId: 'line-1-press', state: 'stale', lastSeen: T - 7000, cadence: 2000 }), true);
  assert.deepEqual([made.stateOf(0), made.lastSeen[0], made.cadence[0]], ['stale', T, 2000], 'what was heard later stays');
  assert.notEqual(made.version, before);
  assert.equal(made.told({ deviceId: 'newcomer', state: 'live' }), false);
});

test('roster_tenThousand_areFoundInOrder', () => {
  const made = new Roster();
  const device = Array.from({ length: 10_000 }, (_, i) => `line-${i % 5}-press-${String(i).padStart(5, '0')}`).sort();
  made.load({ t: T, device, state: 'l'.repeat(10_000), age: device.map(() => 0), cadence: device.map(() => 1000), refused: device.map(() => 0) });
  const { rows, counts } = made.find({ search: 'line-3 press' });
  assert.equal(counts.all, 2000);
  assert.deepEqual([made.names[rows[0]], made.names[rows.at(-1)]], ['line-3-press-00003', 'line-3-press-09998']);
});

test('marked_wordsThatOverlap_areOnePiece', () => {
  assert.deepEqual(marked('line-1-press', ['line-1', '1-p']), [['line-1-p', true], ['ress', false]]);
  assert.deepEqual(marked('abc', []), [['abc', false]]);
});

test('rows_drawn_coverWhatIsSeenAndALittleMore', () => {
  for (const top of [0, 14, 30, 299_000]) {
    const [first, end] = drawnRows(top, 700, 30, 10_000);
    const [seenFirst, seenEnd] = seenRows(top, 700, 30, 10_000);
    assert.ok(first <= seenFirst && end >= seenEnd && end - first < 40, `${first} to ${end}`);
  }
  assert.deepEqual(drawnRows(0, 700, 30, 0), [0, 0]);
  assert.deepEqual(seenRows(5000, 700, 30, 3), [3, 3]);
});

test('rows_scroll_isAsLittleAsNeeded', () => {
  assert.equal(scrollFor(5, 0, 300, 30), 0, 'in sight already');
  assert.equal(scrollFor(10, 0, 300, 30), 30);
  assert.equal(scrollFor(2, 300, 300, 30), 60);
});

test('questions_oneSelectorAMetric_eachShortEnoughForARequest', () => {
  const devices = Array.from({ length: 400 }, (_, i) => ({ name: `device number ${i}`, first: { meta: { metric: i % 2 ? 'flow' : 'force' } } }));
  const lists = questions(devices);
  for (const list of lists) assert.ok(list.map(encodeURIComponent).join('').length < 8000);
  const asked = lists.flat().join();
  for (const { name } of devices) assert.ok(new RegExp(`[|"]${name}[|"]`).test(asked), name);
  assert.deepEqual(questions([]), []);
});
