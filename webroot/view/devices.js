import { DeviceTile } from './devicetile.js';
import { Doors } from './doors.js';
import { TREND_MILLIS, TREND_STEP } from '../model/trend.js';
import { clock } from './format.js';
import { h, setClass, setHidden, setText } from './dom.js';
import { icon } from './icons.js';
import { literal, quoted } from '../model/key.js';
import { words } from '../words.js';

const MOST_EXPANDED = 200;
const ORDER_EVERY_MILLIS = 1000;
/** A question must fit into one line of a request; the others come with the next. */
const MOST_SELECTOR = 1200;
const w = words.devices;

function selectorFor(devices) {
  const bare = [];
  let names = '';
  for (const device of devices) {
    const next = names ? `${names}|${literal(device.name)}` : literal(device.name);
    if (bare.length && encodeURIComponent(next).length > MOST_SELECTOR) break;
    names = next;
    bare.push(device);
  }
  return { selector: `{device=~${quoted(names)}}`, bare };
}

/** Those that found themselves. The order changes with a state, never while the pointer is over the strip. */
export class DevicesStrip {
  #counts = { live: h('b', {}, '0'), stale: h('b', {}, '0'), offline: h('b', {}, '0') };
  #note = h('span.hide-s.note');
  #waiting = h('span', {}, w.waiting);
  #moreCount = h('b');
  #moreWord = document.createTextNode('');
  #tiles = [];
  #order = [];
  #orderKey = '';
  #orderedAt = 0;
  #expanded = false;
  #over = false;
  #visible = true;

  constructor(page) {
    this.page = page;
    this.doors = new Doors(page);
    this.counters = Object.keys(this.#counts).map(name => h(`span.cnt.${name}`, {}, icon(name), this.#counts[name], ` ${w[name]}`));
    this.more = h('button.cell.more', { type: 'button', 'aria-expanded': 'false', onclick: () => this.#toggle() }, h('span', {}, this.#moreCount, ' ', this.#moreWord));
    this.list = h('div.devlist', { role: 'list' });
    this.strip = h('section.sheet.devs', { 'aria-labelledby': 'devices-title' },
      h('div.head.cell', {}, h('h2', { id: 'devices-title' }, w.title), this.#waiting, this.counters, h('span.grow'), this.#note), this.list);
    this.node = h('div.devices', {}, this.strip, this.doors.node);
    this.strip.addEventListener('pointerenter', () => (this.#over = true));
    this.strip.addEventListener('pointerleave', () => (this.#over = false));
    new ResizeObserver(() => page.invalidate()).observe(this.list);
    new IntersectionObserver(entries => this.#seen(entries.at(-1).isIntersecting), { rootMargin: '200px' }).observe(this.strip);
  }

  draw(moment) {
    const { devices, conversation } = this.page;
    const refused = conversation.devicesRefused !== '';
    const known = !refused && (conversation.subscribed || devices.size > 0);
    setText(this.#waiting, refused ? w.refused : w.waiting);
    const empty = known && devices.size === 0;
    setHidden(this.strip, empty);
    this.doors.draw(empty);
    setClass(this.strip, 'waiting', !known);
    setHidden(this.#waiting, known);
    if (!known || empty) return this.#counters(known, moment);
    this.#drawTiles(moment);
  }

  #drawTiles(moment) {
    const seen = moment.frozen ? moment.until : moment.now;
    const judged = moment.silent === 'link' ? moment.headTime : seen;
    this.#arrange(judged, moment.now);
    this.#counters(true, moment, judged);
    this.#order.forEach((device, i) => this.#tiles[i].draw(device, judged, seen, this.#visible));
    this.#fill();
  }

  #counters(known, moment, judged = 0) {
    const counts = judged ? this.page.devices.counts(judged) : null;
    this.counters.forEach((node, i) => setHidden(node, !known || !counts?.[['live', 'stale', 'offline'][i]]));
    for (const [name, node] of Object.entries(this.#counts)) if (counts) setText(node, String(counts[name]));
    const away = moment.silent === 'link' && moment.headTime > 0;
    setClass(this.#note, 'warn', away);
    setClass(this.strip, 'away', away);
    setText(this.#note, !known ? '' : away ? w.asOf(clock(moment.headTime)) : w.order);
  }

  /** How many tiles the strip has room for comes from the style sheet: columns times rows. */
  #room() {
    const style = getComputedStyle(this.list);
    const columns = style.gridTemplateColumns.split(' ').length;
    const rows = Number(style.getPropertyValue('--rows')) || 2;
    return columns * rows;
  }

  #arrange(judged, now) {
    if (now - this.#orderedAt < ORDER_EVERY_MILLIS && this.#order.length) return;
    this.#orderedAt = now;
    const room = this.#room();
    const all = this.page.devices.ordered(judged);
    const limit = this.#expanded ? MOST_EXPANDED : all.length > room ? room - 1 : room;
    const next = all.slice(0, limit);
    const key = `${limit} ${next.map(device => device.name).join('\n')}`;
    setText(this.#moreCount, this.#expanded ? '' : `+${all.length - next.length}`);
    this.#moreWord.data = this.#expanded ? w.fewer : this.#restIsWell(all.slice(limit), judged) ? w.allWell : w.more;
    if (key === this.#orderKey || (this.#over && next.length === this.#order.length)) return;
    this.#orderKey = key;
    this.#order = next;
    this.#lay(next.length, all.length > next.length || this.#expanded);
  }

  #restIsWell(rest, judged) {
    return rest.every(device => ['live', 'aged'].includes(device.state(judged)));
  }

  #lay(count, more) {
    while (this.#tiles.length < count) this.#tiles.push(new DeviceTile(this.page));
    this.#tiles.length = count;
    this.list.replaceChildren(...this.#tiles.map(tile => tile.node), ...(more ? [this.more] : []));
  }

  #toggle() {
    this.#expanded = !this.#expanded;
    this.#orderedAt = 0;
    this.#over = false;
    this.more.setAttribute('aria-expanded', this.#expanded);
    this.page.invalidate();
  }

  /** Asks for the past of tiles that are new in sight, many in one question. */
  #fill() {
    if (!this.page.conversation.subscribed) return;
    const { selector, bare } = selectorFor(this.#order.filter(device => !device.filled));
    if (!bare.length) return;
    for (const device of bare) device.filled = true;
    const from = Math.floor((this.page.clock.now() - TREND_MILLIS) / TREND_STEP) * TREND_STEP;
    this.page.conversation.fillDevices(selector, from, TREND_STEP).catch(() => bare.forEach(device => setTimeout(() => (device.filled = false), 5000)));
  }

  #seen(visible) {
    this.#visible = visible;
    if (visible) this.page.invalidate();
  }
}
