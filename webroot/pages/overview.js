import { DevicesStrip } from '../view/devices.js';
import { Tile } from '../view/tile.js';
import { allDevices, ownHost } from '../net/wants.js';
import { h } from '../view/dom.js';
import { measures } from '../view/measures.js';
import { words } from '../words.js';
import '../view/pole.js';
import '../view/spark.js';

/** It follows the host's series itself, and needs no other pulse. */
export const follows = true;

/** Over a slow line the numbers are there a second before the charts. */
export const later = import('./middle.js');

/** This machine at a glance: four tiles and the devices; between them come charts, processes and filesystems. */
export function mount(element, visit) {
  const { page } = visit;
  const tiles = measures(page).map(measure => new Tile(measure, page));
  const devices = new DevicesStrip(page);
  element.append(h('h1.sr', { tabindex: '-1' }, words.nav.overview),
    h('div.sheet.tiles', {}, tiles.map(tile => tile.node)),
    h('div.mid', {}, h('section.sheet.charts'), h('aside.side', {}, h('section.sheet'))),
    devices.node);
  page.appeared = name => page.toast.say(name, words.devices.appeared, 'sensor');
  visit.follow(ownHost(page));
  visit.follow(allDevices(page));
  visit.draw(...tiles, devices);
  return () => {
    page.appeared = null;
    page.devices.clear();
  };
}
