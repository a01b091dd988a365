import { ChartSheet } from '../view/chartsheet.js';
import { DevicesStrip } from '../view/devices.js';
import { Filesystems } from '../view/filesystems.js';
import { Processes } from '../view/processes.js';
import { Sight } from '../net/sight.js';
import { Tile } from '../view/tile.js';
import { allDevices, ownHost, pastOf } from '../net/wants.js';
import { chartSpecs } from '../view/specs.js';
import { h } from '../view/dom.js';
import { measures } from '../view/measures.js';
import { words } from '../words.js';
import '../view/pole.js';
import '../view/spark.js';

/** It follows the host's series itself, and needs no other pulse. */
export const follows = true;

/** This machine at a glance: four tiles, four charts, processes, filesystems, devices. */
export function mount(element, visit) {
  const { page } = visit;
  const tiles = measures(page).map(measure => new Tile(measure, page));
  const sight = new Sight(page, { select: () => pastOf(page.host), stat: 'last', finest: 1000 }, { store: page.store });
  const charts = new ChartSheet(page, { specs: chartSpecs(page), sight });
  const processes = new Processes(page);
  const filesystems = new Filesystems(page);
  const devices = new DevicesStrip(page);
  element.append(h('h1.sr', { tabindex: '-1' }, words.nav.overview),
    h('div.sheet.tiles', {}, tiles.map(tile => tile.node)),
    h('div.mid', {}, charts.node, h('aside.side', {}, processes.node, filesystems.node)),
    devices.node);
  page.appeared = name => page.toast.say(name, words.devices.appeared, 'sensor');
  visit.follow(ownHost(page));
  visit.follow(allDevices(page));
  visit.poll('/api/v1/processes', 5000, latest => processes.show(latest));
  visit.draw(...tiles, filesystems, devices);
  charts.open();
  return () => {
    charts.close();
    page.appeared = null;
    page.devices.clear();
  };
}
