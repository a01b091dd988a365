import { Charts } from './view/charts.js';
import { DevicesStrip } from './view/devices.js';
import { Filesystems } from './view/filesystems.js';
import { Footer } from './view/footer.js';
import { Header } from './view/header.js';
import { KeysDialog, listen } from './view/keys.js';
import { Page } from './page.js';
import { Pill } from './view/pill.js';
import { Processes } from './view/processes.js';
import { Tile } from './view/tile.js';
import { Toast } from './view/toast.js';
import { age } from './view/format.js';
import { h } from './view/dom.js';
import { measures } from './view/measures.js';
import { language } from './locale.js';
import { words } from './words.js';
import './view/pole.js';
import './view/spark.js';

export const page = new Page();
const pill = new Pill(page);
const header = new Header(page, pill);
const tiles = measures(page).map(measure => new Tile(measure, page));
const charts = new Charts(page);
const processes = new Processes(page);
const filesystems = new Filesystems(page);
const devices = new DevicesStrip(page);
const footer = new Footer(page);
const toast = new Toast();
const keys = new KeysDialog();

document.documentElement.lang = language;
document.getElementById('page').append(
  header.node,
  h('main.main', {},
    h('div.sheet.tiles', {}, tiles.map(tile => tile.node)),
    h('div.mid', {}, charts.node, h('aside.side', {}, processes.node, filesystems.node)),
    devices.node),
  footer.node, toast.node, keys.node);

page.showKeys = () => keys.open();
page.caughtUp = ({ away, missing }) => toast.say(words.toast.back(age(away)), missing ? words.toast.serverGone(age(missing)) : words.toast.whole);
page.appeared = name => toast.say(name, words.devices.appeared, 'sensor');
page.loop.add(header, pill, ...tiles, charts, filesystems, devices, footer);
page.addPoll('/api/v1/processes', 5000, latest => processes.show(latest));
document.addEventListener('redraw', page.invalidate);

listen({
  ' ': () => page.togglePause(),
  1: () => page.state.setRange(60),
  2: () => page.state.setRange(300),
  3: () => page.state.setRange(900),
  t: () => page.theme.toggle(),
  f: () => page.full.toggle(),
  '?': () => keys.open(),
  ArrowLeft: event => charts.walk(event.shiftKey ? -10 : -1),
  ArrowRight: event => charts.walk(event.shiftKey ? 10 : 1),
  Escape: () => pill.hide() || letGo(),
});

/** First the cursor, then the zoom. */
function letGo() {
  if (!charts.letGo() && page.state.zoom) page.state.resume();
}

page.start();
