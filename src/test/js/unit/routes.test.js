import assert from 'node:assert/strict';
import test from 'node:test';
import { pathOf, routeOf } from '../../../../webroot/model/routes.js';

test('route_eachPage_isFoundByItsPath', () => {
  const names = ['/', '/devices', '/devices/', '/devices/a', '/explore', '/dashboards', '/dashboards/plant', '/system'].map(path => routeOf(path)?.name);
  assert.deepEqual(names, ['overview', 'devices', 'devices', 'device', 'explore', 'dashboards', 'dashboard', 'system']);
});

test('route_whatIsNoPage_isNull', () => {
  for (const path of ['/api/v1/devices', '/nothing', '/devices/a/b', '/devices/%E0%A4%A', '/v/dev/app.js']) assert.equal(routeOf(path), null, path);
});

test('path_anyName_comesBackFromItsPath', () => {
  for (const id of ['sensor-9', 'hall 2/press', 'Zähler ü', '%', '..', 'a?b#c']) assert.equal(routeOf(pathOf('device', { id }))?.params.id, id);
});
