import assert from 'node:assert/strict';
import test from 'node:test';
import { History, HistoryError, Holes } from '../../../../webroot/net/history.js';
import { FakeTime, settle } from './support.js';

test('history_question_isAUrl', async () => {
  let asked;
  const history = new History(async url => ({ ok: true, json: async () => ((asked = url), {}) }));
  await history.ask({ select: ['a', 'b{c="d"}'], from: 1, until: 2, step: 1000 });
  const url = new URL(asked, 'http://quay');
  assert.equal(url.pathname, '/api/v1/history');
  assert.deepEqual(url.searchParams.getAll('select'), ['a', 'b{c="d"}']);
  assert.deepEqual(['from', 'until', 'step', 'stat'].map(name => url.searchParams.get(name)), ['1', '2', '1000', 'last']);
});

test('history_errors_sayWhetherToAskAgain', async () => {
  const of = async status => new History(async () => ({ ok: false, status })).ask({ select: [] }).catch(error => error.final);
  assert.deepEqual(await Promise.all([400, 404, 429, 500, 503].map(of)), [true, true, false, false, false]);
});

function filling() {
  const time = new FakeTime();
  const asked = [];
  const merged = [];
  const holes = new Holes({
    ask: hole => new Promise((resolve, reject) => asked.push({ ...hole, resolve, reject })),
    merge: (answer, hole) => merged.push([answer, hole.from, hole.until]), later: time.later,
  });
  return { holes, asked, merged, time };
}

test('holes_thatTouch_areOne', () => {
  const { holes } = filling();
  holes.add(10, 20);
  holes.add(20, 30);
  holes.add(15, 25);
  holes.add(40, 40);
  assert.deepEqual(holes.open.map(({ from, until }) => [from, until]), [[10, 30]]);
});

test('holes_failure_isAskedAgainAfterAWhile', async () => {
  const { holes, asked, merged, time } = filling();
  holes.add(10, 20);
  holes.start();
  asked[0].reject(new HistoryError(503));
  await settle();
  assert.equal(asked.length, 1);
  time.advance(1000);
  await settle();
  asked[1].resolve('there');
  await settle();
  assert.deepEqual(merged, [['there', 10, 20]]);
  assert.equal(holes.open.length, 0);
});

test('holes_refusedForGood_areLeft', async () => {
  const { holes, asked } = filling();
  holes.add(10, 20);
  holes.start();
  asked[0].reject(new HistoryError(400));
  await settle();
  assert.equal(holes.open.length, 0);
});

test('holes_stoppedWhileAsking_stayOnTheList', async () => {
  const { holes, asked, merged } = filling();
  holes.add(10, 20);
  holes.start();
  holes.stop();
  asked[0].resolve('late');
  await settle();
  assert.deepEqual(merged, []);
  assert.equal(holes.open.length, 1);
  holes.start();
  asked[1].resolve('again');
  await settle();
  assert.equal(merged.length, 1);
});

test('holes_addedWhileAsking_areAskedNext', async () => {
  const { holes, asked, merged } = filling();
  holes.add(10, 20);
  holes.start();
  holes.add(15, 40);
  asked[0].resolve('first');
  await settle();
  asked[1].resolve('second');
  await settle();
  assert.deepEqual(merged.map(([, from, until]) => [from, until]), [[10, 20], [15, 40]]);
});
