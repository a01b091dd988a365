import assert from 'node:assert/strict';
import test from 'node:test';
import { Store } from '../../../../webroot/model/store.js';
import { csvName, csvOf } from '../../../../webroot/view/csv.js';
import { T } from './support.js';

function stored() {
  const store = new Store();
  const series = store.open('a', { unit: 'Cel' });
  store.write(series, T - 2000, 21.5);
  store.write(series, T, -3);
  store.write(store.open('b'), T - 2000, 1e21);
  return store;
}
const row = (name, key) => ({ name, key: () => key });
const moment = { from: T - 5000, until: T };

test('csv_hasARowForEachWindowWithValues', () => {
  const lines = csvOf({ rows: [row('↓ inside, "left"', 'a'), row('far', 'b')] }, moment, stored()).split('\r\n');
  assert.deepEqual(lines, [
    'time,"inside, ""left"" (°C)",far',
    `${new Date(T - 2000).toISOString()},21.5,1e+21`,
    `${new Date(T).toISOString()},-3,`,
    '',
  ]);
});

test('csv_nameThatIsAFormula_isKeptFromTheSpreadsheet', () => {
  assert.match(csvOf({ rows: [row('=HYPERLINK(1)', 'b')] }, moment, stored()), /^time,'=HYPERLINK/);
});

test('csv_rowOfTwoSeries_hasAColumnForEach', () => {
  assert.match(csvOf({ rows: [{ name: 'both', pair: () => ['a', 'b'] }] }, moment, stored()), /^time,a \(°C\),b\r\n/);
});

test('fileName_hasNoCharacterThatASystemForbids', () => {
  assert.equal(csvName({ name: 'Disk I/O: "x"' }, { until: Date.UTC(2026, 10, 21, 10, 41, 48) }, 'csv'), 'Disk I O x 2026-11-21 10-41-48.csv');
});
