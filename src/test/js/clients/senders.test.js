import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import WebSocket from 'ws';
import mqtt from 'mqtt';
import { InfluxDB, Point } from '@influxdata/influxdb-client';
import { emptyResource } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { JAR, Server } from '../browser/support.js';

/** Senders that are not ours, each through its door, end in the same series with the same values. */
const run = promisify(execFile);
const DEVICE = 'same-1';
/** MQTT 5, section 2.4. */
const NOT_AUTHORISED = 135;
const sent = new Map();
let server;
let mqttPort;
let nextSecond = 60;

before(async () => {
  server = await Server.start(0, '--host.enabled=false', '--mqtt.port=0');
  mqttPort = (await (await fetch(`${server.url}/api/v1/host`)).json()).doors.mqtt;
});
after(() => server?.kill());

/** A time and a value of its own for each sender, within the last minute. */
function reading() {
  const time = Math.floor(Date.now() / 1000) * 1000 - nextSecond-- * 1000;
  const value = 10 + sent.size * 1.25;
  sent.set(time, value);
  return { time, value };
}

function command(name) {
  const path = (process.env.PATH || '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(each => {
      try {
        accessSync(each, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (!path && process.env.CI) throw new Error(`${name} is required here`);
  if (!path) console.error(`SKIPPED: no ${name} on this machine`);
  return path;
}

async function history(select) {
  const answer = await fetch(`${server.url}/api/v1/history?select=${encodeURIComponent(select)}&step=1000&from=${Date.now() - 120_000}`);
  assert.equal(answer.status, 200);
  return answer.json();
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function until(what, condition) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`waited for ${what}\n${server.output}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

const json = ({ time, value }) => JSON.stringify({ deviceId: DEVICE, temperature: value, timestamp: time });

test('curl_toTheDoorForJson', async () => {
  const curl = command('curl');
  if (!curl) return;
  const { stdout } = await run(curl, ['-fsS', '--json', json(reading()), `${server.url}/api/v1/readings`]);
  assert.equal(JSON.parse(stdout).accepted, 1);
});

test('curl_toTheDoorForLines', async () => {
  const curl = command('curl');
  if (!curl) return;
  const { time, value } = reading();
  await run(curl, ['-fsS', '--data-binary', `sensors,device=${DEVICE} temperature=${value} ${time}000000`, `${server.url}/write`]);
});

test('ws_toTheDoorForMessages', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ingest`);
  await once(socket, 'open');
  const { time, value } = reading();
  socket.send(JSON.stringify({ type: 'sensor.reading', requestId: 'w', deviceId: DEVICE, temperature: value, timestamp: time }));
  const [message] = await once(socket, 'message');
  assert.deepEqual(JSON.parse(message), { type: 'ack', requestId: 'w', accepted: 1, readings: 1, rejected: [] });
  socket.close();
});

for (const protocolVersion of [4, 5]) {
  for (const qos of [0, 1, 2]) {
    test(`mqttJs_version${protocolVersion}_qos${qos}`, async () => {
      const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { protocolVersion });
      await client.publishAsync(`sensors/${DEVICE}`, json(reading()), { qos });
      await client.endAsync();
    });
  }
}

for (const protocolVersion of [4, 5]) {
  test(`mqttJs_overWebSocket_version${protocolVersion}`, async () => {
    const client = await mqtt.connectAsync(`${server.url.replace('http', 'ws')}/mqtt`, { protocolVersion });
    await client.publishAsync(`sensors/${DEVICE}`, json(reading()), { qos: 1 });
    await client.publishAsync(`sensors/${DEVICE}`, json(reading()), { qos: 2 });
    await client.endAsync();
  });
}

test('mqttJs_overWebSocket_isWhomItsHandshakeOrItsPasswordSays', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidepole-mqtt-'));
  const { stdout } = await run('java', ['-jar', JAR, 'token', 'create', '--name=pumps', '--write', 'pump-*', `--data=${folder}`]);
  const token = stdout.trim();
  const own = await Server.start(0, '--host.enabled=false', '--mqtt.port=0', '--auth.enabled=true', `--data=${folder}`);
  const connected = options => mqtt.connectAsync(`${own.url.replace('http', 'ws')}/mqtt`, { protocolVersion: 5, reconnectPeriod: 0, ...options });
  try {
    for (const options of [{ wsOptions: { headers: { authorization: `Bearer ${token}` } } }, { username: 'any', password: token }]) {
      const client = await connected(options);
      await client.publishAsync('sensors/pump-1', '{"pressure":4.2}', { qos: 1 });
      await assert.rejects(client.publishAsync('sensors/valve-1', '{"pressure":4.2}', { qos: 1 }), { code: NOT_AUTHORISED });
      await client.endAsync();
    }
    await assert.rejects(connected({}));
  } finally {
    await own.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

for (const version of ['mqttv311', 'mqttv5']) {
  test(`mosquittoPub_${version}`, async () => {
    const publish = command('mosquitto_pub');
    if (!publish) return;
    await run(publish, ['-p', String(mqttPort), '-V', version, '-q', '1', '-t', `sensors/${DEVICE}`, '-m', json(reading())]);
  });
}

test('clientOfInflux_forJavaScript', async () => {
  const api = new InfluxDB({ url: server.url, token: 'any' }).getWriteApi('org', 'bucket', 'ms');
  const { time, value } = reading();
  api.writePoint(new Point('sensors').tag('device', DEVICE).floatField('temperature', value).timestamp(time));
  await api.close();
});

for (const [name, Exporter] of [['json', JsonExporter], ['protobuf', ProtoExporter]]) {
  test(`openTelemetry_forJavaScript_${name}`, async () => {
    const { time, value } = reading();
    const exporter = new Exporter({ url: `${server.url}/v1/metrics` });
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const meters = new MeterProvider({ readers: [reader], resource: emptyResource() });
    meters.getMeter('test').createGauge('temperature', { unit: 'Cel' }).record(value, { device: DEVICE });
    const { resourceMetrics } = await reader.collect();
    // The SDK stamps with now; this stands for a point that was measured at its own second.
    const at = [Math.floor(time / 1_000), 0];
    for (const point of resourceMetrics.scopeMetrics[0].metrics[0].dataPoints) Object.assign(point, { startTime: at, endTime: at });
    const result = await new Promise(resolve => exporter.export(resourceMetrics, resolve));
    assert.equal(result.code, 0, String(result.error));
    await meters.shutdown();
  });
}

test('all_endInOneSeriesWithTheirValues', async () => {
  const found = await until('all readings', async () => {
    const answer = await history(`temperature{device="${DEVICE}"}`);
    const values = new Map(answer.t.map((t, i) => [t, answer.series[0]?.values[i]]).filter(([, value]) => value != null));
    return values.size >= sent.size && { answer, values };
  });
  assert.equal(found.answer.series.length, 1);
  assert.equal(found.answer.series[0].unit, 'Cel');
  // A window is named by its end, and the stamps are whole seconds.
  assert.deepEqual(found.values, new Map([...sent].sort(([a], [b]) => a - b).map(([time, value]) => [time + 1_000, value])));
});

test('mosquitto_isABrokerToTakeReadingsFrom_andIsFoundAgainWhenItComesBack', { timeout: 90_000 }, async () => {
  const mosquitto = command('mosquitto');
  const publish = command('mosquitto_pub');
  if (!mosquitto || !publish) return;
  const brokerPort = await freePort();
  const start = async () => {
    const child = spawn(mosquitto, ['-p', String(brokerPort)], { stdio: ['ignore', 'ignore', 'pipe'] });
    await once(child.stderr, 'data');
    return child;
  };
  let broker = await start();
  const own = await Server.start(0, '--host.enabled=false', '--mqtt.enabled=false', `--mqtt.broker=mqtt://127.0.0.1:${brokerPort}`, '--mqtt.broker_topics=sensors/# house/+/temperature');
  const sends = (topic, message) => run(publish, ['-p', String(brokerPort), '-q', '1', '-t', topic, '-m', message]);
  const arrives = (select, topic, message) =>
    until(select, async () => {
      await sends(topic, message);
      const answer = await (await fetch(`${own.url}/api/v1/history?select=${encodeURIComponent(select)}&step=1000`)).json();
      return answer.series.length > 0;
    });
  try {
    await arrives('temperature{device="kitchen"}', 'house/kitchen/temperature', '21.5');
    await arrives('humidity{device="s-1"}', 'sensors/s-1', '{"humidity":44}');
    broker.kill('SIGKILL');
    await once(broker, 'exit');
    broker = await start();
    await arrives('humidity{device="s-2"}', 'sensors/s-2', '{"humidity":45}');
  } finally {
    broker.kill('SIGKILL');
    await own.kill();
  }
});

test('mosquitto_withTlsAndAPassword_isABrokerToTakeReadingsFrom', { timeout: 90_000 }, async () => {
  const [mosquitto, publish, passwords, openssl] = ['mosquitto', 'mosquitto_pub', 'mosquitto_passwd', 'openssl'].map(command);
  if (!mosquitto || !publish || !passwords || !openssl) return;
  const folder = mkdtempSync(join(tmpdir(), 'tidepole-broker-'));
  const file = name => join(folder, name);
  const write = (name, text) => (writeFileSync(file(name), text), file(name));
  const port = await freePort();
  await run(openssl, ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', file('key'), '-out', file('own.pem'), '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']);
  await run(openssl, ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', file('other.key'), '-out', file('other.pem'), '-subj', '/CN=localhost']);
  await run(passwords, ['-c', '-b', file('passwords'), 'tide', 'pole']);
  write('conf', ['user root', `listener ${port} 127.0.0.1`, `certfile ${file('own.pem')}`, `keyfile ${file('key')}`, 'allow_anonymous false', `password_file ${file('passwords')}`, ''].join('\n'));
  const broker = spawn(mosquitto, ['-c', file('conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await once(broker.stderr, 'data');
  const servers = [];
  const client = async (password, authority) => {
    const own = await Server.start(0, '--host.enabled=false', '--mqtt.enabled=false', `--mqtt.broker=mqtts://localhost:${port}`, '--mqtt.broker_user=tide', `--mqtt.broker_password_file=${write(`password-${servers.length}`, password)}`, `--mqtt.broker_authority_file=${file(authority)}`);
    servers.push(own);
    return own;
  };
  try {
    const own = await client('pole\n', 'own.pem');
    await until('a reading from the broker', async () => {
      await run(publish, ['-h', 'localhost', '-p', String(port), '--cafile', file('own.pem'), '-u', 'tide', '-P', 'pole', '-q', '1', '-t', 'sensors/s-1', '-m', '{"humidity":44}']);
      const answer = await (await fetch(`${own.url}/api/v1/history?select=${encodeURIComponent('humidity{device="s-1"}')}&step=1000`)).json();
      return answer.series.length > 0;
    });
    const [stranger, fooled] = [await client('guess', 'own.pem'), await client('pole', 'other.pem')];
    await until('a word that the password is wrong', () => /MQTT broker at .*(REFUSED|refused)/.test(stranger.output));
    await until('a word that the certificate is another', () => /MQTT broker at .*(trust|certif|PKIX)/i.test(fooled.output));
  } finally {
    broker.kill('SIGKILL');
    for (const each of servers) await each.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('prometheus_writesWhatItScrapes', { timeout: 60_000 }, async () => {
  const prometheus = command('prometheus');
  if (!prometheus) return;
  const folder = mkdtempSync(join(tmpdir(), 'tidepole-prometheus-'));
  const file = join(folder, 'prometheus.yml');
  writeFileSync(
    file,
    JSON.stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [{ job_name: 'tidepole', static_configs: [{ targets: [new URL(server.url).host], labels: { host: 'quay' } }] }],
      remote_write: [{ url: `${server.url}/api/v1/write` }],
    }),
  );
  const child = spawn(prometheus, [`--config.file=${file}`, `--storage.tsdb.path=${folder}/data`, '--web.listen-address=127.0.0.1:0']);
  try {
    const answer = await until('a series of Prometheus', async () => {
      const found = await history('up{device="quay"}');
      return found.series.length > 0 && found;
    });
    assert.equal(answer.series[0].labels.job, 'tidepole');
    assert.ok(answer.series[0].values.includes(1));
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
});
