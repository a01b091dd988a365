import assert from 'node:assert/strict';
import test from 'node:test';
import { EventSocket } from '../../../../webroot/net/eventsocket.js';
import { Polling } from '../../../../webroot/net/polling.js';
import { Stream } from '../../../../webroot/net/stream.js';
import { CPU, FakeTime, T, settle, welcome } from './support.js';

/** Event streams that say what the test wants. */
class FakeSource {
  constructor(url) {
    Object.assign(this, { url, closed: false });
    this.asks = new URL(url, 'http://quay').searchParams.getAll('subscribe').map(text => JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  hear(message) {
    if (!this.closed) this.onmessage({ data: JSON.stringify(message) });
  }

  /** As the server does: a welcome, then an answer to each subscription. */
  answer({ t = T, series = [CPU], more = {} } = {}) {
    this.hear(welcome(more));
    this.asks.forEach(({ requestId, topics }, i) => this.hear({ type: 'subscribed', requestId, subscription: i + 1, t, ...(topics ? { topics } : { series }) }));
  }
}

/** A browser: its channels, its streams, its clock. */
function browser({ channel = true, answers = {} } = {}) {
  const time = new FakeTime();
  const all = { time, sources: [], asked: [], channels: new Set(), leaving: [] };
  class FakeChannel {
    constructor() {
      all.channels.add(this);
    }

    postMessage(data) {
      const copy = JSON.stringify(data);
      for (const other of all.channels) if (other !== this) other.onmessage?.({ data: JSON.parse(copy) });
    }

    close() {
      all.channels.delete(this);
    }
  }
  class Source extends FakeSource {
    constructor(url) {
      super(url);
      all.sources.push(this);
    }
  }
  class SourcedStream extends Stream {
    constructor(listener, env) {
      super(listener, env, Source);
    }
  }
  let names = 0;
  all.env = {
    Channel: channel ? FakeChannel : undefined, Stream: SourcedStream, Polling, now: time.now, later: time.later, cancel: time.cancel, random: () => ++names / 1000,
    fetch: async path => {
      all.asked.push(path);
      const found = Object.entries(answers).find(([start]) => path.startsWith(start));
      const body = found ? (typeof found[1] === 'function' ? found[1](new URL(path, 'http://quay').searchParams) : found[1]) : { serverTime: time.now() };
      return body ? { ok: true, status: 200, json: async () => body } : { ok: false, status: 503 };
    },
  };
  all.page = () => {
    const heard = [];
    const socket = new EventSocket('', '', { ...all.env, leaving: task => all.leaving.push(task) });
    socket.onmessage = ({ data }) => heard.push(JSON.parse(data));
    socket.onclose = ({ code }) => heard.push({ type: 'closed', code });
    return { socket, heard, of: type => heard.filter(message => message.type === type) };
  };
  /** The streams that are open. */
  all.open = () => all.sources.filter(source => !source.closed);
  return all;
}

const subscribe = (requestId, ...select) => JSON.stringify({ type: 'subscribe', requestId, select, interval: 1000, stat: 'last' });
const update = (t, value) => ({ type: 'metric.update', t, ids: [4], values: [value] });

/** One page that leads, has subscribed and is answered. */
function alone(all) {
  const page = all.page();
  all.time.advance(250);
  all.sources.at(-1).answer();
  page.socket.send(subscribe('1', 'cpu_usage'));
  all.time.advance(50);
  all.sources.at(-1).answer();
  return page;
}

test('eventSocket_alone_leadsAndHearsWhatAStreamSays', () => {
  const all = browser();
  const page = alone(all);
  assert.deepEqual(page.of('welcome').map(({ host }) => host), ['quay-01'], 'a stream that is opened anew welcomes nobody again');
  assert.deepEqual(page.of('subscribed').map(({ requestId, subscription, series }) => [requestId, subscription, series[0].metric]), [['1', 1, 'cpu_usage']]);
  all.sources.at(-1).hear(update(T + 1000, 7));
  assert.deepEqual(page.of('metric.update').at(-1).values, [7]);
  assert.deepEqual(page.socket.way, { name: 'stream', shared: false });
  assert.equal(all.open().length, 1);
});

test('eventSocket_wantsChange_theOldStreamStaysUntilTheNewOneHasAnswered', () => {
  const all = browser();
  const page = alone(all);
  const old = all.sources.at(-1);
  page.socket.send(subscribe('2', 'memory_used'));
  all.time.advance(50);
  const next = all.sources.at(-1);
  assert.notEqual(next, old);
  assert.equal(old.closed, false);
  old.hear(update(T + 1000, 8));
  assert.equal(page.of('metric.update').length, 1);
  next.answer({ t: T + 2000 });
  assert.equal(old.closed, true);
  assert.equal(page.of('rejoined').at(-1).t, T + 2000);
  assert.deepEqual(page.of('subscribed').map(({ requestId }) => requestId), ['1', '2'], 'the first is not answered twice');
});

test('eventSocket_seriesThatAppearedMeanwhile_areAdded', () => {
  const all = browser();
  const page = alone(all);
  page.socket.send(subscribe('2', 'memory_used'));
  all.time.advance(50);
  const other = { ...CPU, id: 9, labels: { host: 'quay-02' } };
  all.sources.at(-1).answer({ series: [CPU, other] });
  assert.deepEqual(page.of('series.added').map(({ series }) => series.map(({ id }) => id)), [[9]]);
});

test('eventSocket_unsubscribed_isNoLongerAskedFor', () => {
  const all = browser();
  const page = alone(all);
  page.socket.send(JSON.stringify({ type: 'unsubscribe', requestId: '3', subscription: 1 }));
  all.time.advance(50);
  assert.deepEqual(all.sources.at(-1).asks.map(({ topics }) => topics), [['dashboard']]);
});

test('eventSocket_refused_thatRequestAloneIsRefused', () => {
  const all = browser();
  const page = alone(all);
  page.socket.send(subscribe('2', '{'));
  all.time.advance(50);
  const source = all.sources.at(-1);
  source.hear({ type: 'error', code: 'bad_selector', requestId: source.asks.find(({ select }) => select?.[0] === '{').requestId, retry: false });
  assert.deepEqual(page.of('error').map(({ requestId }) => requestId), ['2']);
  all.time.advance(50);
  assert.equal(all.sources.at(-1).asks.length, 2, 'the base and the good one');
});

test('eventSocket_ping_isAnsweredOverHttp', async () => {
  const all = browser();
  const page = alone(all);
  page.socket.send(JSON.stringify({ type: 'ping', clientTime: 5 }));
  await settle();
  assert.deepEqual(page.of('pong'), [{ type: 'pong', clientTime: 5, serverTime: all.time.now() }]);
});

test('eventSocket_twoPages_shareOneStream', () => {
  const all = browser();
  const first = alone(all);
  const second = all.page();
  assert.equal(second.of('welcome').length, 0, 'it is not listened to yet');
  all.time.advance(1);
  second.socket.send(subscribe('1', 'memory_used'));
  all.time.advance(50);
  assert.deepEqual(all.sources.at(-1).asks.filter(({ select }) => select).map(({ select }) => select[0]).sort(), ['cpu_usage', 'memory_used']);
  all.sources.at(-1).answer({ series: [{ ...CPU, metric: 'memory_used' }] });
  all.sources.at(-1).hear(update(T + 1000, 3));
  assert.equal(all.open().length, 1);
  assert.equal(second.of('subscribed').length, 1);
  assert.equal(first.of('metric.update').length, 1);
  assert.equal(second.of('metric.update').length, 1);
  assert.deepEqual([first.socket.way.shared, second.socket.way.shared], [false, true]);
});

test('eventSocket_theLeadingPageCloses_anotherGoesOn', () => {
  const all = browser();
  const first = alone(all);
  const second = all.page();
  all.time.advance(1);
  second.socket.send(subscribe('1', 'memory_used'));
  all.time.advance(50);
  all.sources.at(-1).answer();
  first.socket.close();
  assert.equal(all.open().length, 0);
  all.time.advance(300);
  assert.deepEqual(all.open().length, 1);
  all.sources.at(-1).answer({ t: T + 5000 });
  assert.equal(second.of('closed').length, 0);
  assert.equal(second.of('rejoined').at(-1).t, T + 5000, 'and asks history for what it missed');
  assert.equal(second.socket.way.shared, false);
});

test('eventSocket_theLeadingPageDiesSilently_anotherLeadsWithinSeconds', () => {
  const all = browser();
  alone(all);
  const second = all.page();
  all.time.advance(1);
  const [dead] = all.channels;
  all.channels.delete(dead);
  dead.postMessage = () => {};
  dead.onmessage = null;
  all.time.advance(11_000);
  assert.equal(second.socket.way.shared, false);
});

test('eventSocket_quietLeader_isAskedAndKept', () => {
  const all = browser();
  alone(all);
  const second = all.page();
  all.time.advance(120_000);
  assert.equal(second.socket.way.shared, true);
  assert.equal(all.open().length, 1);
});

test('eventSocket_twoLead_oneStepsBack', () => {
  const all = browser();
  const [first, second] = [all.page(), all.page()];
  all.time.advance(500);
  assert.equal(all.open().length, 1);
  assert.notEqual(first.socket.way.shared, second.socket.way.shared);
});

test('eventSocket_followerGoneWithoutAWord_isForgottenAfterCalls', () => {
  const all = browser();
  alone(all);
  const second = all.page();
  all.time.advance(1);
  second.socket.send(subscribe('1', 'memory_used'));
  all.time.advance(50);
  all.sources.at(-1).answer();
  const gone = [...all.channels].at(-1);
  all.channels.delete(gone);
  gone.postMessage = () => {};
  all.time.advance(130_000);
  assert.deepEqual(all.sources.at(-1).asks.filter(({ select }) => select).map(({ select }) => select[0]), ['cpu_usage']);
});

test('eventSocket_streamBreaks_allPagesAreTold', () => {
  const all = browser();
  const first = alone(all);
  const second = all.page();
  all.time.advance(1);
  all.sources.at(-1).onerror();
  assert.deepEqual([first.of('closed').length, second.of('closed').length], [1, 1]);
  assert.equal(all.open().length, 0);
});

test('eventSocket_serverStartedAnew_closes', () => {
  const all = browser();
  const page = alone(all);
  all.sources.at(-1).hear(welcome({ instance: 'next' }));
  assert.equal(page.of('closed')[0].code, 1012);
});

const HISTORY = {
  '/api/v1/host': { host: 'quay-01', version: '0.1.0' },
  '/api/v1/series': { series: [{ metric: 'cpu_usage', labels: { host: 'quay-01' }, unit: '%' }] },
  '/api/v1/history': query => {
    const [until, step] = [Number(query.get('until')), Number(query.get('step'))];
    return { step, started: 1, t: [until - step, until], series: [{ metric: 'cpu_usage', labels: { host: 'quay-01' }, unit: '%', values: [4, 5] }] };
  },
};

async function settled() {
  for (let i = 0; i < 30; i++) await settle();
}

test('eventSocket_withoutChannels_asksHistoryNowAndThen', async () => {
  const all = browser({ channel: false, answers: HISTORY });
  const page = all.page();
  await settled();
  assert.equal(page.of('welcome')[0].host, 'quay-01');
  assert.equal(page.socket.way.name, 'poll');
  page.socket.send(subscribe('1', 'cpu_usage'));
  for (let i = 0; i < 3; i++) {
    all.time.advance(2000);
    await settled();
  }
  assert.deepEqual(page.of('subscribed').map(({ requestId, series }) => [requestId, series[0].metric]), [['1', 'cpu_usage']]);
  const [{ id }] = page.of('subscribed')[0].series;
  const { t, ids, values } = page.of('metric.update').at(-1);
  assert.deepEqual([t, ids, values], [Math.floor(all.time.now() / 1000) * 1000, [id], [5]]);
  assert.equal(all.sources.length, 0);
});

test('eventSocket_streamThatIsHeldBack_asksHistoryInstead', async () => {
  const all = browser({ answers: HISTORY });
  const page = all.page();
  all.time.advance(250);
  assert.equal(all.open().length, 1);
  all.time.advance(5000);
  await settled();
  assert.equal(all.open().length, 0);
  assert.equal(page.socket.way.name, 'poll');
  assert.equal(page.of('welcome').length, 1);
});

test('eventSocket_pollsAndTheServerGoes_closes', async () => {
  const answers = { ...HISTORY };
  const all = browser({ channel: false, answers });
  const page = all.page();
  await settled();
  answers['/api/v1/ping'] = null;
  all.time.advance(2000);
  await settled();
  assert.equal(page.of('closed').length, 1);
});
