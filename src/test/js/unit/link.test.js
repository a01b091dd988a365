import assert from 'node:assert/strict';
import test from 'node:test';
import { Link } from '../../../../webroot/net/link.js';
import { FakeTime, FakeWebSocket, T, settle, welcome } from './support.js';

function linked() {
  const time = new FakeTime();
  const heard = [];
  const listener = {
    opened: () => heard.push('opened'), closed: () => heard.push('closed'),
    message: message => heard.push(message.type), changed: () => heard.push(link?.phase),
  };
  let link = new Link('ws://quay/ws', 'metrics.v1.columns', listener, { WebSocket: FakeWebSocket, now: time.now, later: time.later, cancel: time.cancel, random: () => 0 });
  link.open();
  return { link, time, heard, socket: () => FakeWebSocket.last };
}

function open() {
  const all = linked();
  all.socket().hear(welcome());
  return all;
}

test('link_welcome_opensAndPings', () => {
  const { link, socket, heard } = open();
  assert.equal(link.phase, 'open');
  assert.equal(socket().protocol, 'metrics.v1.columns');
  assert.equal(socket().sentOf('ping').length, 1);
  assert.deepEqual(heard.filter(x => x !== 'trying' && x !== 'open'), ['welcome', 'opened']);
});

test('link_dialledBefore_hearsWhatHasBeenSaid', () => {
  const time = new FakeTime();
  const early = new FakeWebSocket('ws://quay/ws', 'metrics.v1.columns');
  const dialled = [{ socket: early, tell: () => early.hear(welcome()) }];
  const link = new Link('ws://quay/ws', 'metrics.v1.columns', { opened() {}, closed() {}, message() {} }, { WebSocket: FakeWebSocket, firstDialled: () => dialled.pop() ?? null, now: time.now, later: time.later, cancel: time.cancel, random: () => 0 });
  link.open();
  assert.equal(link.phase, 'open');
  assert.equal(FakeWebSocket.last, early);
  early.drop();
  time.advance(link.nextTryAt - time.now());
  assert.notEqual(FakeWebSocket.last, early);
});

test('link_refused_triesAgainWithDoublingWaits', () => {
  const { link, time, socket } = linked();
  const waits = [];
  for (let i = 0; i < 6; i++) {
    socket().drop();
    waits.push(link.nextTryAt - time.now());
    time.advance(waits.at(-1));
    assert.equal(link.phase, 'trying');
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000, 30000]);
});

test('link_silentHandshake_isGivenUpAfterTenSeconds', () => {
  const { link, time, socket } = linked();
  const first = socket();
  time.advance(10_000);
  assert.equal(first.closed, true);
  assert.equal(link.phase, 'waiting');
});

test('link_goodConnectionLost_startsFromOneSecond', () => {
  const { link, time, socket } = linked();
  for (let i = 0; i < 4; i++) {
    socket().drop();
    time.advance(link.nextTryAt - time.now());
  }
  socket().hear(welcome());
  time.advance(6000);
  socket().drop();
  assert.equal(link.nextTryAt - time.now(), 1000);
});

test('link_connectionThatFlaps_keepsItsLongWait', () => {
  const { link, time, socket } = linked();
  socket().drop();
  time.advance(1000);
  socket().hear(welcome());
  time.advance(100);
  socket().drop();
  assert.equal(link.nextTryAt - time.now(), 2000);
});

test('link_pongMissing_reconnects', () => {
  const { link, time, socket } = open();
  time.advance(1);
  const first = socket();
  first.hear({ type: 'pong', clientTime: T, serverTime: T });
  time.advance(10_000);
  assert.equal(link.phase, 'open');
  time.advance(10_000);
  assert.equal(first.closed, true);
  assert.equal(link.phase, 'waiting');
});

test('link_anyMessageSincePing_isAsGoodAsItsAnswer', () => {
  const { link, time, socket } = open();
  for (let i = 0; i < 10; i++) {
    time.advance(5000);
    socket().hear({ type: 'metric.update', t: T, ids: [], values: [] });
  }
  assert.equal(link.phase, 'open');
});

test('link_draining_returnsWhenTold', () => {
  const { link, time, socket } = open();
  socket().hear({ type: 'server.draining', reconnectAfterMillis: 1500 });
  socket().drop();
  assert.equal(link.draining, true);
  assert.equal(link.nextTryAt - time.now(), 1500);
  time.advance(1500);
  socket().hear(welcome({ instance: 'next' }));
  assert.equal(link.draining, false);
  assert.equal(link.reconnects, 1);
});

test('link_retryNow_doesNotWait', () => {
  const { link, socket } = linked();
  socket().drop();
  const before = FakeWebSocket.made.length;
  link.retryNow();
  assert.equal(FakeWebSocket.made.length, before + 1);
  assert.equal(link.phase, 'trying');
});

test('link_probeWithoutAnswer_reconnectsWithinSeconds', () => {
  const { link, time } = open();
  time.advance(1000);
  link.probe();
  time.advance(3000);
  assert.equal(link.phase, 'waiting');
});

test('link_oldSocketSpeaksLate_isIgnored', () => {
  const { link, time, socket, heard } = linked();
  const old = socket();
  time.advance(10_000);
  const before = heard.length;
  old.onmessage?.({ data: JSON.stringify(welcome()) });
  assert.equal(heard.length, before);
  assert.equal(link.phase, 'waiting');
});

/** What stands in for a socket, as a fake of one. */
class FakeInstead extends FakeWebSocket {
  way = { name: 'stream', shared: false };
}

function behindProxy({ reachable = true, known = false } = {}) {
  const time = new FakeTime();
  const remembered = [];
  const env = {
    WebSocket: FakeWebSocket, now: time.now, later: time.later, cancel: time.cancel, random: () => 0, reachable: async () => reachable,
    fallback: async () => FakeInstead, knownBroken: () => known, rememberBroken: broken => remembered.push(broken),
  };
  const link = new Link('ws://quay/ws', 'metrics.v1.columns', { opened() {}, closed() {}, message() {} }, env);
  link.open();
  const refuse = async () => {
    FakeWebSocket.last.drop();
    await settle();
  };
  return { link, time, env, remembered, refuse, next: () => time.advance(link.nextTryAt - time.now()) };
}

test('link_webSocketRefusedTwiceWhileTheServerAnswers_takesTheStream', async () => {
  const { link, refuse, next, remembered } = behindProxy();
  await refuse();
  next();
  assert.ok(!(FakeWebSocket.last instanceof FakeInstead), 'one failure says nothing');
  await refuse();
  assert.ok(FakeWebSocket.last instanceof FakeInstead);
  FakeWebSocket.last.hear(welcome());
  assert.equal(link.phase, 'open');
  assert.deepEqual(link.way, { name: 'stream', shared: false });
  assert.deepEqual(remembered, [true]);
});

test('link_webSocketRefusedWhileNothingAnswers_goesOnTrying', async () => {
  const { link, refuse, next } = behindProxy({ reachable: 0 });
  for (let i = 0; i < 8; i++) {
    await refuse();
    next();
  }
  assert.ok(!(FakeWebSocket.last instanceof FakeInstead));
  assert.equal(link.way.name, 'websocket');
});

test('link_knownToBeBroken_takesTheStreamAfterOneTry', async () => {
  const { refuse } = behindProxy({ known: true });
  await refuse();
  assert.ok(FakeWebSocket.last instanceof FakeInstead);
});

test('link_streamLost_givesTheWebSocketOneTurnAndForgetsWhenItWorks', async () => {
  const { link, refuse, next, remembered } = behindProxy({ known: true });
  await refuse();
  FakeWebSocket.last.hear(welcome());
  FakeWebSocket.last.drop();
  next();
  assert.ok(!(FakeWebSocket.last instanceof FakeInstead));
  FakeWebSocket.last.hear(welcome());
  assert.equal(link.phase, 'open');
  assert.deepEqual(remembered, [true, false]);
});

test('link_webSocketWasOpenBefore_isNotGivenUpForAServerThatIsBusy', async () => {
  const { refuse, next } = behindProxy();
  FakeWebSocket.last.hear(welcome());
  await refuse();
  for (let i = 0; i < 5; i++) {
    next();
    await refuse();
    assert.ok(!(FakeWebSocket.last instanceof FakeInstead));
  }
  next();
  await refuse();
  assert.ok(FakeWebSocket.last instanceof FakeInstead);
});

test('link_browserWithoutWebSockets_takesTheStream', async () => {
  const { link, env, time, next } = behindProxy();
  link.close();
  env.WebSocket = class {
    constructor() {
      throw new Error('forbidden');
    }
  };
  link.open();
  for (let i = 0; i < 2; i++) {
    time.advance(0);
    await settle();
    if (link.phase === 'waiting') next();
  }
  await settle();
  assert.ok(FakeWebSocket.last instanceof FakeInstead);
});
