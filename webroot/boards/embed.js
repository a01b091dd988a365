import { LiveMark } from './livemark.js';
import { Page } from '../page.js';
import { Renewal } from './renewal.js';
import { chartOf } from '../view/tidechart.js';
import { h, setClass, setHidden, setText } from '../view/dom.js';
import { language } from '../locale.js';
import { limitsOf, levelOf } from './thresholds.js';
import { icon, mark, setIcon } from '../view/icons.js';
import { namesOf } from './legend.js';
import { parts, toldLimit } from './told.js';
import { pulse } from '../net/wants.js';
import { rangeSeconds } from '../model/range.js';
import { STATS } from './schema.js';
import { words as common } from '../words.js';
import { words } from './words.js';

const KINDS = ['line', 'area', 'stacked', 'mirrored'];
const number = text => (text !== null && text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined);

/** What the address asks for; what cannot be read is left at its default. */
function wishOf(search) {
  const query = new URLSearchParams(search);
  const pick = (name, allowed) => (allowed.includes(query.get(name)) ? query.get(name) : allowed[0]);
  const thresholds = { warn: number(query.get('warn')), critical: number(query.get('critical')), direction: pick('direction', ['above', 'below']) };
  return {
    select: query.getAll('select').slice(0, 16), stat: pick('stat', STATS), kind: pick('kind', KINDS), title: query.get('title') ?? '', unit: query.get('unit') ?? '', theme: pick('theme', ['auto', 'dark', 'light']),
    seconds: rangeSeconds(query.get('range') ?? '15m') || 900, min: number(query.get('min')), max: number(query.get('max')), clear: query.has('transparent'),
    thresholds: thresholds.warn === undefined && thresholds.critical === undefined ? undefined : thresholds,
  };
}

/** One chart, alone, for a frame on a page of somebody else. */
class Embed {
  #title = h('b');
  #sub = h('span.qq');
  #whole = h('span');
  #fraction = h('i');
  #unit = h('u');
  #sign = icon('warn', 'hidden');

  constructor(page, wish) {
    Object.assign(this, { page, wish });
    this.live = new LiveMark(page);
    this.chart = chartOf(page, {
      id: 'embed', name: wish.title || ' ', kind: wish.kind, select: wish.select, stat: wish.stat, unit: wish.unit || null, min: wish.min ?? null, max: wish.max ?? null,
      limits: limitsOf(wish.thresholds, (value, severity) => `${words.board.states[severity]} ${toldLimit(value, wish.unit)}`),
    });
    this.value = h('p.evalue.big.num', { hidden: true }, this.#sign, this.#whole, this.#fraction, this.#unit);
    this.node = h('main.embed', {}, h('header.ehead', {}, h('h1', {}, this.#title, ' ', this.#sub), this.value), this.chart,
      h('footer.efoot', {}, this.live.node, h('span.grow'), h('a.emark', { href: '/', target: '_blank', rel: 'noopener' }, mark(), common.product)));
  }

  draw(moment) {
    this.live.draw(moment);
    const sheet = [...this.page.sheets][0];
    const series = [...(sheet?.sight.newest ?? sheet?.store)?.series.values() ?? []];
    const title = this.wish.title || this.#names(series);
    setText(this.#title, title);
    setText(this.#sub, this.#subtitle(series, title));
    document.title = title || common.product;
    setHidden(this.value, series.length !== 1);
    if (series.length === 1) this.#value(series[0], moment);
  }

  #names(series) {
    if (!series.length) return this.wish.select[0] ?? '';
    if (series.length > 1) return series[0].meta.metric;
    const { labels = {}, metric } = series[0].meta;
    return labels.device ?? labels.host ?? metric;
  }

  #subtitle(series, title) {
    const range = words.embed.last(common.rangeNames?.[this.wish.seconds]?.split(', ')[1] ?? `${this.wish.seconds} s`);
    const metric = series[0]?.meta.metric.replaceAll('_', ' ');
    return [metric !== title && metric, range].filter(Boolean).join(', ');
  }

  #value(series, moment) {
    const [text, unit] = parts(series.newest, this.wish.unit || series.meta.unit || '');
    const at = text.search(/[.,](?=\d+$)/);
    setText(this.#whole, at < 0 ? text : text.slice(0, at));
    setText(this.#fraction, at < 0 ? '' : text.slice(at));
    setText(this.#unit, unit);
    setClass(this.value, 'old', moment.now - series.newestTime > 10_000);
    const level = levelOf(this.wish.thresholds, series.newest);
    this.#sign.setAttribute('class', `i ${level || 'hidden'}`);
    if (level) setIcon(this.#sign, level);
  }
}

const wish = wishOf(location.search);
const page = new Page();
if (wish.theme !== 'auto') page.theme.chosen = wish.theme;
page.theme.apply();
document.documentElement.lang = language;
setClass(document.documentElement, 'clear', wish.clear);
const frame = document.getElementById('page');
if (wish.select.length) {
  page.state.range = wish.seconds;
  page.conversation.follow(pulse(page));
  const embed = new Embed(page, wish);
  frame.append(embed.node);
  page.loop.add(embed);
  page.restarted = new Renewal(import.meta.url).check;
  document.addEventListener('redraw', page.invalidate);
  page.start();
} else frame.append(h('main.embed.none', {}, h('h1.sr', {}, common.product), h('p', {}, words.embed.none)));
