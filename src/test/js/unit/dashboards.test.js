import assert from 'node:assert/strict';
import test from 'node:test';
import { COLUMNS, firstFree, inOrder, overlaps, placed, ranked, risen, rowsOf, within } from '../../../../webroot/boards/layout.js';
import { Undo } from '../../../../webroot/boards/undo.js';
import { judged, levelOf, limitsOf, worse } from '../../../../webroot/boards/thresholds.js';
import { legend, namesOf, takes } from '../../../../webroot/boards/legend.js';
import { millisOf, nameFor, tidied } from '../../../../webroot/boards/schema.js';
import { parsed } from '../../../../webroot/boards/markdown.js';
import { yamlOf } from '../../../../webroot/boards/yamltext.js';
import { words as en } from '../../../../webroot/boards/words/en.js';
import { words as de } from '../../../../webroot/boards/words/de.js';

const row = [{ x: 0, y: 0, w: 4, h: 2 }, { x: 4, y: 0, w: 4, h: 2 }, { x: 8, y: 0, w: 4, h: 2 }];

function apart(places) {
  return places.every((a, i) => places.every((b, j) => i === j || !overlaps(a, b)));
}

test('layout_movedOntoAnother_pushesItDownAndKeepsTheRest', () => {
  const next = placed(row, 0, { ...row[0], x: 4 });

  assert.deepEqual(next[0], { x: 4, y: 0, w: 4, h: 2 });
  assert.deepEqual(next[1], { x: 4, y: 2, w: 4, h: 2 });
  assert.deepEqual(next[2], row[2]);
});

test('layout_movedPastTheEdge_staysOnTheGrid', () => {
  assert.deepEqual(within({ x: 11, y: -3, w: 6, h: 0 }), { x: 6, y: 0, w: 6, h: 1 });
  assert.deepEqual(within({ x: -2, y: 2, w: 40, h: 900 }), { x: 0, y: 2, w: COLUMNS, h: 40 });
});

test('layout_anyMoves_neverOverlapAndLeaveNoHoleAbove', () => {
  let seed = 7;
  const random = below => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  let places = Array.from({ length: 9 }, (_, i) => ({ x: (i % 3) * 4, y: Math.floor(i / 3) * 3, w: 4, h: 3 }));
  for (let step = 0; step < 400; step++) {
    const i = random(places.length);
    places = placed(places, i, { x: random(14) - 1, y: random(20), w: 1 + random(12), h: 1 + random(6) });
    assert.ok(apart(places), `step ${step}`);
    assert.deepEqual(risen(places), places, `step ${step}`);
  }
});

test('layout_movedAmongTheOthers_isReadAsThatOne', () => {
  assert.deepEqual(ranked(row, 2, 0), [{ ...row[0], x: 4 }, { ...row[1], x: 8 }, { ...row[2], x: 0 }], 'in a row they stay side by side');
  assert.deepEqual(ranked([{ x: 0, y: 0, w: 12, h: 2 }, { x: 6, y: 2, w: 6, h: 3 }], 0, 1), [{ x: 0, y: 3, w: 12, h: 2 }, { x: 6, y: 0, w: 6, h: 3 }]);
  let seed = 11, reached = 0;
  const random = below => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  let places = Array.from({ length: 7 }, (_, i) => ({ x: (i % 3) * 4, y: Math.floor(i / 3) * 3, w: 4, h: 3 }));
  for (let step = 0; step < 400; step++) {
    places = placed(places, random(7), { x: random(14) - 1, y: random(20), w: 1 + random(12), h: 1 + random(6) });
    const [i, rank] = [random(7), random(7)];
    places = ranked(places, i, rank);
    if (inOrder(places).indexOf(i) === rank) reached++;
    assert.ok(apart(places), `step ${step}`);
  }
  assert.ok(reached > 380, `${reached} of 400 are where they were wanted: a tangled grid does not allow all of it`);
});

test('layout_whereThereIsRoom_aNewPanelGoesThere', () => {
  assert.deepEqual(firstFree([row[0], row[2]], 4, 2), row[1]);
  assert.deepEqual(firstFree(row, 6, 3), { x: 0, y: 2, w: 6, h: 3 });
});

test('layout_isReadByRowsAndFromTheLeft', () => {
  assert.deepEqual(inOrder([{ x: 6, y: 2, w: 1, h: 1 }, { x: 0, y: 2, w: 1, h: 1 }, { x: 3, y: 0, w: 1, h: 1 }]), [2, 1, 0]);
  assert.equal(rowsOf(row), 2);
});

test('undo_goesBackAndForth_andForgetsTheOtherWay', () => {
  const undo = new Undo({ n: 1 });
  undo.put({ n: 2 });
  undo.put({ n: 3 });

  undo.undo();
  assert.deepEqual(undo.state, { n: 2 });
  undo.redo();
  assert.deepEqual(undo.state, { n: 3 });
  undo.undo();
  undo.put({ n: 9 });
  assert.equal(undo.canRedo, false);
  undo.undo();
  undo.undo();
  assert.deepEqual(undo.state, { n: 1 });
  assert.equal(undo.canUndo, false);
});

test('undo_ofTyping_isOneStep', () => {
  const undo = new Undo({ title: '' });
  for (const title of ['a', 'ab', 'abc']) undo.put({ title }, 'title');

  undo.undo();

  assert.deepEqual(undo.state, { title: '' });
});

test('undo_backToWhatWasSaved_isNotDirty', () => {
  const undo = new Undo({ n: 1 });
  assert.equal(undo.dirty, false);
  undo.put({ n: 2 });
  assert.equal(undo.dirty, true);
  undo.put({ n: 1 });
  assert.equal(undo.dirty, false);
});

const above = { warn: 70, critical: 90, hysteresis: 5 };

test('threshold_isReachedAtOnce_andLeftOnlyPastTheHysteresis', () => {
  const levels = [];
  let level = '';
  for (const value of [69.9, 70, 68, 65.1, 65, 70, 90, 86, 85, 64]) levels.push(level = levelOf(above, value, level));

  assert.deepEqual(levels, ['', 'warn', 'warn', 'warn', '', 'warn', 'crit', 'crit', 'warn', '']);
});

test('threshold_below_isTheSameUpsideDown', () => {
  const below = { warn: 10, critical: 5, direction: 'below', hysteresis: 2 };
  const levels = [];
  let level = '';
  for (const value of [11, 10, 11.9, 12, 5, 6.9, 7, 13]) levels.push(level = levelOf(below, value, level));

  assert.deepEqual(levels, ['', 'warn', 'warn', '', 'crit', 'crit', 'warn', '']);
});

test('threshold_ofAGap_staysAsItWas', () => {
  assert.equal(levelOf(above, NaN, 'crit'), 'crit');
  assert.equal(levelOf(undefined, 100), '');
});

test('threshold_overAStretch_tellsSinceWhen', () => {
  const values = [50, 75, NaN, 72, 95, 88];

  assert.deepEqual(judged(above, values.length, i => values[i], i => 1000 * i), { level: 'crit', since: 4000 });
});

test('thresholds_asLimitsOfACharts_keepTheirSide', () => {
  assert.deepEqual(limitsOf({ critical: 5, direction: 'below' }, value => `${value}`), [{ value: 5, severity: 'crit', below: true, label: '5' }]);
  assert.equal(worse('warn', 'crit'), 'crit');
  assert.equal(worse('crit', ''), 'crit');
});

test('legend_takesLabels_andLeavesOutWhatIsMissing', () => {
  const meta = { metric: 'flow', labels: { device: 'pump-3', line: 'line-1' } };

  assert.equal(legend('{{device}} in {{ line }}', meta), 'pump-3 in line-1');
  assert.equal(legend('{{nothing}}', meta), 'flow');
  assert.equal(legend('{{metric}}', meta), 'flow');
});

test('choice_putTogether_takesSeriesByTheirMetric', () => {
  const choice = { select: 'flow{site="x"}', by: ['line'], selection: { matches: () => false } };

  assert.equal(takes(choice, { metric: 'flow', labels: { line: '1' } }), true);
  assert.equal(takes(choice, { metric: 'power', labels: { line: '1' } }), false);
  assert.equal(takes({ ...choice, by: [] }, { metric: 'flow', labels: {} }), false);
});

test('names_withoutTemplate_areWhatTellsSeriesApart', () => {
  const rows = ['a', 'b'].map(device => ({ choice: {}, meta: { metric: 'flow', labels: { device, site: 'x' } } }));

  assert.deepEqual(namesOf(rows), ['a', 'b']);
});

test('name_ofAFile_isMadeFromATitle', () => {
  assert.equal(nameFor('Halle 2, Süd'), 'halle-2-sud');
  assert.equal(nameFor('../../etc/passwd'), 'etc-passwd');
  assert.equal(nameFor('Wall', ['wall', 'wall-2']), 'wall-3');
  assert.equal(nameFor('水'), 'dashboard');
});

test('duration_hasAUnit', () => {
  assert.equal(millisOf('500ms'), 500);
  assert.equal(millisOf('5m'), 300_000);
  assert.ok(Number.isNaN(millisOf('5')));
});

test('panel_tidied_saysOnlyWhatItsKindHas', () => {
  const panel = { kind: 'text', x: 0, y: 0, w: 3, h: 3, text: 'hi', series: [{ select: 'a' }], thresholds: { warn: 1 }, unit: '' };

  assert.deepEqual(tidied(panel), { kind: 'text', x: 0, y: 0, w: 3, h: 3, text: 'hi' });
  assert.deepEqual(tidied({ kind: 'line', series: [{ select: 'a', stat: 'last', label: '', by: [], below: false }] }), { kind: 'line', series: [{ select: 'a' }] });
});

test('markdown_isATree_inWhichMarkupIsText', () => {
  assert.deepEqual(parsed('# A **b**\n\n- one\n- `two`\n<img src=x onerror=alert(1)>'), [
    { type: 'heading', level: 1, spans: [{ type: 'text', text: 'A ' }, { type: 'strong', text: 'b' }] },
    { type: 'list', items: [[{ type: 'text', text: 'one' }], [{ type: 'code', text: 'two' }]] },
    { type: 'paragraph', spans: [{ type: 'text', text: '<img src=x onerror=alert(1)>' }] },
  ]);
});

test('markdown_linkThatRuns_isText', () => {
  const [{ spans }] = parsed('[x](javascript:alert(1)) [y](//evil.example) [z](https://a.example)');

  assert.deepEqual(spans.filter(span => span.type === 'link'), [{ type: 'link', text: 'z', href: 'https://a.example' }]);
});

test('yaml_quotesWhatWouldBeSomethingElse', () => {
  const text = yamlOf({ title: 'yes', unit: '%', panels: [{ kind: 'stat', x: 0, series: [{ select: 'a{b="c"}' }] }], none: [] });

  assert.equal(text, 'title: "yes"\nunit: "%"\npanels:\n  - kind: stat\n    x: 0\n    series:\n      - select: "a{b=\\"c\\"}"\nnone: []\n');
});

test('words_ofDashboards_haveTheSameKeysInEachLanguage', () => {
  const shape = (words, path = '') => Object.entries(words).flatMap(([key, value]) => (value && typeof value === 'object' ? shape(value, `${path}${key}.`) : [`${path}${key} ${typeof value} ${value.length && typeof value === 'function' ? value.length : ''}`]));

  assert.deepEqual(shape(de).sort(), shape(en).sort());
});
