import assert from 'node:assert/strict';
import test from 'node:test';
import { Feed } from '../../../../webroot/net/feed.js';
import { Sight } from '../../../../webroot/net/sight.js';
import { Store } from '../../../../webroot/model/store.js';
import { T, settle } from './support.js';

const KEY = 'warmth';
const META = { metric: 'warmth', labels: {}, unit: 'Cel', stat: 'last' };

/** A page without a browser: what is followed, what history is asked, and an answer with a value in each window. */
function paging({ fails = null } = {}) {
  const page = { followed: [], asked: [], invalidate() {}, clock: { now: () => T }, outages: { started() {} } };
  page.conversation = { follow(want) { page.followed.push(want); return () => page.followed.splice(page.followed.indexOf(want), 1); } };
  page.history = {
    async ask(hole) {
      page.asked.push(hole);
      if (fails) throw Object.assign(new Error(fails), { final: true, status: 400, code: fails });
      const t = [];
      for (let end = Math.floor(hole.from / hole.step) * hole.step + hole.step; end <= hole.until; end += hole.step) t.push(end);
      return { step: hole.step, started: T - 86_400_000, t, series: [{ ...META, values: t.map(time => time / 1000) }] };
    },
  };
  return page;
}

test('feed_live_joinsHistoryAndStream', async () => {
  const page = paging();
  const feed = new Feed(page, { select: [KEY], step: 1000, span: 60_000 }).open();
  const [want] = page.followed;
  assert.deepEqual([want.select(), want.interval, want.stat], [[KEY], 1000, 'last']);
  const target = want.target({ ...META, interval: 1000 });
  want.joined(T);
  await settle();
  assert.deepEqual([page.asked[0].from, page.asked[0].until], [T - 60_000, T]);
  target.write(T + 1000, 7, 1);
  want.ticked(T + 1000, 1);
  const at = t => feed.store.at(feed.store.get(KEY), t);
  assert.deepEqual([at(T - 30_000), at(T), at(T + 1000)], [(T - 30_000) / 1000, T / 1000, 7]);
  assert.equal(feed.ready, true);
  feed.close();
  assert.equal(page.followed.length, 0);
});

test('feed_takes_onlyWhatWasAsked', () => {
  const { want } = new Feed(paging(), { select: ['warmth{device="a"}'], step: 1000, span: 1000 });
  const series = { ...META, labels: { device: 'a' }, interval: 1000 };
  assert.equal(want.takes(series, 1000), true);
  assert.equal(want.takes({ ...series, stat: 'max' }, 1000), false);
  assert.equal(want.takes({ ...series, interval: 5000 }, 1000), false);
  assert.equal(want.takes({ ...series, labels: { device: 'b' } }, 1000), false);
});

test('feed_refused_saysWhy', async () => {
  const page = paging({ fails: 'too_much' });
  const feed = new Feed(page, { select: [KEY], step: 1000, from: T - 5000, until: T }).open();
  await settle();
  assert.equal(feed.failure, 'too_much');
});

function sighted() {
  const page = paging();
  const own = new Store();
  own.mark(T);
  const sight = new Sight(page, { select: () => [KEY], stat: 'last', finest: 1000 }, { store: own });
  return { page, own, sight };
}

test('sight_whatTheRingHolds_asksNobody', () => {
  const { page, own, sight } = sighted();
  assert.equal(sight.store({ from: T - 300_000, until: T, frozen: false }, 800), own);
  assert.equal(sight.store({ from: T - 200_000, until: T - 100_000, frozen: true }, 800), own);
  assert.deepEqual([page.followed.length, page.asked.length], [0, 0]);
});

test('sight_longRange_followsCoarserWindows_andGoesBackToTheRing', async () => {
  const { page, own, sight } = sighted();
  const day = { from: T - 86_400_000, until: T, frozen: false };
  assert.equal(sight.store({ ...day, from: T - 3_600_000 }, 800), own, 'until history has answered');
  page.followed[0].joined(T);
  await settle();
  assert.equal(sight.store({ ...day, from: T - 3_600_000 }, 800).step, 5000);
  sight.store(day, 800);
  await settle();
  assert.equal(sight.store(day, 800).step, 120_000);
  assert.equal(page.followed.length, 0, 'windows of more than a minute do not come live');
  assert.equal(sight.store({ from: T - 300_000, until: T, frozen: false }, 800), own);
  sight.close();
});

test('sight_zoomIntoTheFarPast_asksFinerAndALittleAround', async () => {
  const { page, sight } = sighted();
  const then = { from: T - 90_000_000, until: T - 89_400_000, frozen: true };
  sight.store(then, 800);
  assert.equal(sight.waiting, true);
  await new Promise(done => setTimeout(done));
  await settle();
  const store = sight.store(then, 800);
  assert.equal(store.step, 1000);
  assert.equal(sight.waiting, false);
  assert.ok(page.asked.at(-1).from < then.from && page.asked.at(-1).until > then.until);
  const asked = page.asked.length;
  sight.store({ ...then, from: then.from - 60_000, until: then.until - 60_000 }, 800);
  assert.equal(page.asked.length, asked, 'a short way aside is there already');
  sight.close();
});
