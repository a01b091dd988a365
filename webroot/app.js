import { Footer } from './view/footer.js';
import { Header } from './view/header.js';
import { KeysDialog, listen } from './view/keys.js';
import { Page } from './page.js';
import { Pill } from './view/pill.js';
import { Router } from './router.js';
import { Shell } from './shell.js';
import { Toast } from './view/toast.js';
import { age } from './view/format.js';
import { h } from './view/dom.js';
import { isTroubled } from './model/live.js';
import { language } from './locale.js';
import { words } from './words.js';
import { writeRange } from './model/range.js';

/** What is for later does not get in the way of what is for now. */
const KEEP_AFTER_MILLIS = 3000;
const WHO_EVERY_MILLIS = 3_600_000;

export const page = new Page();
const pill = new Pill(page);
const header = new Header(page, pill);
const footer = new Footer(page);
const keys = new KeysDialog();
const frame = document.getElementById('page');
export const shell = new Shell(page, frame);
const router = new Router((route, how) => shell.show(route, how), search => {
  const { range, zoom, utc } = page.state;
  return writeRange(search, { range, fixed: zoom, utc });
});

document.documentElement.lang = language;
page.toast = new Toast();
frame.append(h('a.skip', { href: '#main' }, words.skip), header.node, shell.main, footer.node, page.toast.node, keys.node);

page.showKeys = () => keys.open();
page.caughtUp = ({ away, missing }) => page.toast.say(words.toast.back(age(away)), missing ? words.toast.serverGone(age(missing)) : words.toast.whole);
page.restarted = () => (router.outdated = true);
page.loop.add(header, pill, footer, { draw: sayFault });
document.addEventListener('redraw', page.invalidate);

const everywhere = {
  ' ': () => page.togglePause(),
  1: () => page.state.setRange(60),
  2: () => page.state.setRange(300),
  3: () => page.state.setRange(900),
  4: () => page.state.setRange(3600),
  0: () => page.state.resume(),
  ArrowLeft: event => page.sheet?.walk(event.shiftKey ? -10 : -1),
  ArrowRight: event => page.sheet?.walk(event.shiftKey ? 10 : 1),
  '+': () => page.sheet?.zoomBy(0.5),
  '-': () => page.sheet?.zoomBy(2),
  '[': () => page.sheet?.panBy(-0.5),
  ']': () => page.sheet?.panBy(0.5),
  Escape: () => page.state.letGo(),
  t: () => page.theme.toggle(),
  f: () => page.full.toggle(),
  '?': () => keys.open(),
};

listen(key => {
  const action = shell.visit?.actions[key] ?? everywhere[key];
  return key === 'Escape' ? event => pill.hide() || action?.(event) : action;
});

let faults = null;
function sayFault() {
  if (isTroubled(page.stats?.disk)) faults ??= import('./view/diskbar.js').then(({ DiskBar }) => new DiskBar(page).open(header.node)).catch(() => (faults = null));
}

header.shell = shell;
shell.router = router;
router.start();
page.start();
page.addPoll('/api/v1/me', WHO_EVERY_MILLIS, me => (page.me = me));
if (navigator.serviceWorker) setTimeout(() => page.keepForOffline(), KEEP_AFTER_MILLIS);
