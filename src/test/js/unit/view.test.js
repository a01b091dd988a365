import assert from 'node:assert/strict';
import test from 'node:test';
import { Layer, fillLayers, runsOf } from '../../../../webroot/view/layers.js';
import { PageState } from '../../../../webroot/view/state.js';
import { Store } from '../../../../webroot/model/store.js';
import { chartSpecs } from '../../../../webroot/view/specs.js';
import { drawSpark } from '../../../../webroot/view/sparkline.js';
import { gapWords } from '../../../../webroot/view/gaplabels.js';
import { rangeWords } from '../../../../webroot/view/rangewords.js';
import { ticksOf } from '../../../../webroot/view/axis.js';
import { zone } from '../../../../webroot/view/format.js';
import { T } from './support.js';

const NB = '\u202f';

test('ticks_fiveMinutes_standOnWholeMinutes', () => {
  const { step, ticks } = ticksOf(T - 290_000, T + 10_000, 800);
  assert.equal(step, 60_000);
  assert.equal(ticks.length, 5);
  for (const t of ticks) assert.equal(new Date(t).getSeconds(), 0);
});

test('ticks_anyRangeAndWidth_neverMoreThanTheyHaveRoomFor', () => {
  for (const range of [5, 17, 60, 300, 900]) for (const width of [200, 390, 1100, 3000]) {
    const { ticks } = ticksOf(T - range * 1000, T, width);
    assert.ok(ticks.length <= Math.max(2, width / 130) + 1, `${range} s in ${width} px: ${ticks.length}`);
  }
});

test('rangeWords_overMidnight_haveDaysAndKeepTheSecondsOfAShortStretch', () => {
  zone.utc = true;
  const midnight = Date.UTC(2026, 10, 22), minute = 60_000;
  const said = (from, until) => rangeWords({ from: midnight + from * minute, until: midnight + until * minute, zoomed: true, now: midnight + 5 * minute }, 300, false);
  assert.equal(said(1, 2.5), '00:01:00 to 00:02:30');
  assert.equal(said(-1, 0.5), 'Nov 21 23:59:00 to Nov 22 00:00:30');
  assert.equal(said(-60, 0), 'Nov 21 23:00 to Nov 22 00:00');
  zone.utc = false;
});

test('gapWords_nameTheSilenceAndWhatBecomesOfTheData', () => {
  const gap = kind => ({ kind, from: T, until: T + 28_000, open: kind === 'link' });
  assert.deepEqual(gapWords(gap('server')), ['server down', `28${NB}s`]);
  assert.deepEqual(gapWords(gap('link')), ['no link to the server', `28${NB}s, will be filled in`]);
  assert.deepEqual(gapWords(gap('link'), true)[0], 'server restarting');
  assert.deepEqual(gapWords(gap('sensor'))[0], 'no readings');
});

test('state_zoom_pausesAndResumeForgetsBoth', () => {
  const state = new PageState();
  state.zoomTo(T - 50_400, T - 40_600, T);
  assert.deepEqual(state.zoom, { from: T - 51_000, until: T - 40_000 });
  assert.equal(state.frozen, true);
  state.resume();
  assert.equal(state.frozen, false);
});

test('state_tinyDrag_isNoZoom', () => {
  const state = new PageState();
  state.zoomTo(T, T + 2000, T);
  assert.equal(state.zoom, null);
});

test('state_solo_oneAloneThenMoreThenAll', () => {
  const state = new PageState();
  const shown = () => ['user', 'system', 'iowait'].filter(row => state.shows('cpu', row));
  state.solo('cpu', 'system', false);
  assert.deepEqual(shown(), ['system']);
  state.solo('cpu', 'user', true);
  assert.deepEqual(shown(), ['user', 'system']);
  state.solo('cpu', 'iowait', false);
  assert.deepEqual(shown(), ['iowait']);
  state.solo('cpu', 'iowait', false);
  assert.equal(shown().length, 3);
});

test('state_heldCursor_givesWayToThePointer', () => {
  const state = new PageState();
  state.hold(T);
  state.follow(120);
  assert.deepEqual([state.cursor, state.pointer], [null, 120]);
  state.hold(T);
  assert.deepEqual([state.cursor, state.pointer], [T, null]);
});

function layered(spec, values) {
  const store = new Store();
  const layers = Object.entries(values).map(([id, list]) => {
    const layer = new Layer({ id, ...spec.rows?.[id] });
    layer.series = store.open(id);
    list.forEach((value, i) => {
      store.mark(T + i * 1000);
      if (value !== null) store.write(layer.series, T + i * 1000, value);
    });
    return layer;
  });
  const fill = shows => fillLayers(layers, { store, from: T, count: 3, spec, shows: row => shows?.includes(row.id) ?? true, band: null });
  return { layers, fill };
}

test('layers_stacked_standOnEachOther', () => {
  const { layers: [a, b], fill } = layered({ stacked: true }, { a: [1, 2, 3], b: [10, 20, 30] });
  assert.deepEqual(fill().y, { most: 33, least: 1 });
  assert.deepEqual([...b.lower], [1, 2, 3]);
  assert.deepEqual([...b.upper], [11, 22, 33]);
  fill(['b']);
  assert.deepEqual([...b.lower], [0, 0, 0], 'one that is not shown takes no room');
  assert.ok(a.upper.every(Number.isNaN));
});

test('layers_emptySlot_isNeverZero', () => {
  const { layers: [a], fill } = layered({}, { a: [1, null, 3] });
  fill();
  assert.deepEqual([...a.upper], [1, NaN, 3]);
});

test('layers_below_areMirrored', () => {
  const { layers: [, sent], fill } = layered({ rows: { sent: { below: true } } }, { received: [5, 5, 5], sent: [7, 8, 9] });
  assert.equal(fill().y.most, 9);
  assert.deepEqual([...sent.upper], [-7, -8, -9]);
});

test('layers_ofAnotherUnit_haveAnAxisOfTheirOwn', () => {
  const { layers: [percent, bytes], fill } = layered({ rows: { bytes: { second: true } } }, { percent: [1, 2, 3], bytes: [1e9, 2e9, 3e9] });
  assert.deepEqual(fill(), { y: { most: 3, least: 1 }, y2: { most: 3e9, least: 1e9 } });
  assert.deepEqual([percent.axis, bytes.axis], ['y', 'y2']);
});

test('specs_percentages_areAlwaysZeroToAHundred', () => {
  const [cpu, memory, network] = chartSpecs({ host: 'quay', memoryTotal: () => 31.2 * 2 ** 30 });
  for (const most of [NaN, 3, 250]) assert.deepEqual([cpu.scale({ most }).low, cpu.scale({ most }).high], [0, 100]);
  assert.deepEqual(memory.scale().labels, ['0', '15.6', `31.2${NB}GiB`]);
  assert.deepEqual(network.scale({ most: 38 * 2 ** 20 }).labels, ['40', '0', `40${NB}MiB/s`]);
  assert.deepEqual(network.scale({ most: NaN }).labels, ['', '0', '']);
});

test('specs_colours_areKeptByRow', () => {
  const colours = Object.fromEntries(chartSpecs({ host: 'quay' })[0].rows.map(row => [row.id, row.color]));
  assert.deepEqual(colours, { user: 's1', system: 's2', iowait: 's6', irq: 's4', steal: 's3' });
});

test('sparkline_withoutValues_drawsNothing', () => {
  const calls = [];
  const context = new Proxy({}, { get: (_, name) => (...all) => calls.push([name, ...all]), set: () => true });
  drawSpark({ width: 100, height: 20, getContext: () => context }, new Float64Array(10).fill(NaN), { palette: {}, color: 'accent', base: true }, 1);
  assert.deepEqual(calls.map(([name]) => name), ['clearRect']);
});

test('runs_oneEmptySlot_isBridgedAndASilenceIsNot', () => {
  const of = (values, span) => runsOf(Float64Array.from(values), new Uint8Array(values.length).fill(span));
  assert.deepEqual(of([1, NaN, 2, NaN, NaN, 3], 1), [[0, 2], [5, 5]]);
  assert.deepEqual(of([1, NaN, NaN, NaN, NaN, 2, NaN], 5), [[0, 5]]);
  assert.deepEqual(of([NaN, NaN], 1), []);
});
