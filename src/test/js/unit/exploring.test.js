import assert from 'node:assert/strict';
import test from 'node:test';
import { Rates, Recent } from '../../../../webroot/model/rates.js';
import { Store } from '../../../../webroot/model/store.js';
import { commandsFor } from '../../../../webroot/view/doors.js';
import { figuresOf, labelsIn, readView, writeView } from '../../../../webroot/model/exploring.js';
import { T } from './support.js';

test('view_anyView_comesBackFromItsAddress', () => {
  const view = { select: ['temperature{device=~"a|b"}', 'cpu_usage'], stat: 'p95', interval: 5000, by: ['site', 'hall'], kind: 'stacked' };
  assert.deepEqual(readView(`?${writeView(view)}`), view);
  const usual = { select: ['cpu_usage'], stat: 'last', interval: 1000, by: null, kind: 'line' };
  assert.equal(writeView(usual), 'select=cpu_usage');
  assert.deepEqual(readView('?select=cpu_usage'), usual);
});

test('view_whatCannotBeRead_isLeftOut', () => {
  const view = readView('?select=&select=%20a%20&stat=p42&interval=7&kind=pie&by=,');
  assert.deepEqual(view, { select: ['a'], stat: 'last', interval: 1000, by: null, kind: 'line' });
  assert.equal(readView(`?${'select=a&'.repeat(50)}`).select.length, 16);
  assert.equal(labelsIn('a, b c,d,e,f,g,h,i').length, 8);
});

test('figures_ofAStretch_leaveGapsOut', () => {
  const store = new Store();
  const series = store.open('a');
  [3, 1, NaN, 8].forEach((value, i) => {
    store.mark(T + i * 1000);
    store.write(series, T + i * 1000, value);
  });
  assert.deepEqual(figuresOf(store, series, { from: T, until: T + 3000 }), { newest: 8, low: 1, mean: 4, high: 8 });
  assert.ok(Number.isNaN(figuresOf(store, undefined, { from: T, until: T + 3000 }).mean));
});

test('rates_areNotKnownFromOneAnswer_norAcrossARestart', () => {
  const rates = new Rates();
  assert.ok(Number.isNaN(rates.of(T, { deliveries: 100 }).deliveries));
  assert.equal(rates.of(T + 2000, { deliveries: 300 }).deliveries, 100);
  assert.ok(Number.isNaN(rates.of(T + 4000, { deliveries: 5 }).deliveries));
});

test('recent_keepsTheNewest', () => {
  const recent = new Recent(3);
  for (const value of [1, 2, 3, 4]) recent.add(value);
  assert.deepEqual([...recent.values], [2, 3, 4]);
});

const HERE = { host: 'quay:8080', hostname: 'quay', protocol: 'http:' };

test('commands_forADevice_areOneLineEachThatAShellTakes', () => {
  const [curl, mqtt, wscat] = commandsFor({ http: true, mqtt: 1883, websocket: true }, HERE, { device: "o'brien 1", values: { flow: 1.5 } });
  assert.equal(curl.line, `curl --json '{"deviceId":"o'\\''brien 1","flow":1.5}' http://quay:8080/api/v1/readings`);
  assert.equal(mqtt.line, `mosquitto_pub -h quay -t 'sensors/o'\\''brien 1' -m '{"flow":1.5}'`);
  assert.match(wscat.line, /^wscat -c ws:\/\/quay:8080\/ingest -x '\{"type":"sensor.reading","deviceId":/);
});

test('commands_nameThatIsNoTopic_hasNoMqtt', () => {
  const tools = commandsFor({ http: true, mqtt: 1883, websocket: true }, HERE, { device: 'hall/2', values: { flow: 1 } }).map(command => command.tool);
  assert.deepEqual(tools, ['curl', 'wscat']);
});
