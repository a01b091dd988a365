import { DASH, NB, age, count, day, clockMinutes, fixed, size, rate, threeFigures } from '../view/format.js';
import { Rates, Recent } from '../model/rates.js';
import { chartOf } from '../view/tidechart.js';
import { h, setClass, setHidden, setText } from '../view/dom.js';
import { isTroubled } from '../model/live.js';
import { quoted } from '../model/key.js';
import { words } from '../words.js';
import '../view/spark.js';

const ASK_EVERY_MILLIS = 2000;
const RARELY_MILLIS = 3_600_000;
const REMEMBERED = 60;
const MICROS = 1e6;
const w = words.system;

/** The server about itself: who looks, what it costs, what was refused, what is kept, and its settings. */
export function mount(element, visit) {
  const view = new SystemView(element, visit);
  visit.title(words.nav.system);
  visit.draw(view);
}

class SystemView {
  #rates = new Rates();
  #tiles = new Map();
  #lists = new Map();
  #latest = null;
  #asked = 0;
  #charted = '';
  #settings = null;

  constructor(element, visit) {
    this.visit = visit;
    this.page = visit.page;
    this.#build(element);
    visit.poll('/api/v1/system', ASK_EVERY_MILLIS, answer => this.#take(answer));
    visit.poll('/api/v1/me', RARELY_MILLIS, me => this.#mayAsk(!me.authentication || me.admin));
  }

  draw(moment) {
    if (!this.#latest) return;
    const { version, started, java, pid } = this.#latest;
    setText(this.about, w.about(version, age(moment.now - started)));
    setText(this.since, [`${w.since} ${day(started)} ${clockMinutes(started)}`, java, `${w.pid} ${pid}`].join(', '));
    this.#drawCharts();
    for (const tile of this.#tiles.values()) tile.draw(this.page.palette, this.#asked);
  }

  #build(element) {
    this.about = h('span.q');
    this.since = h('span.qq.since');
    for (const name of ['viewers', 'deliveries', 'cpu', 'paint', 'readings', 'series']) this.#tiles.set(name, new Figure(w.tiles[name]));
    for (const name of ['push', 'doors', 'kept']) this.#lists.set(name, new Facts(w.lists[name]));
    this.charts = h('div.chartgrid', { role: 'group', 'aria-label': w.charts });
    this.refusals = h('tbody');
    this.none = h('p.qq.note', {}, w.noRefusals);
    this.settings = h('tbody');
    this.filter = h('input.field', { type: 'search', 'aria-label': w.filter, placeholder: w.filter, autocomplete: 'off', spellcheck: 'false', oninput: () => this.#filterSettings() });
    element.append(
      h('div.tool', {}, h('h1', { tabindex: '-1' }, words.nav.system), this.about, h('span.grow'), this.since),
      h('section.sheet.figures', { 'aria-label': w.figures }, [...this.#tiles.values()].map(tile => tile.node)),
      h('div.columns', {}, this.charts,
        h('div.stack', {}, this.#lists.get('push').node, this.#lists.get('doors').node, this.#lists.get('kept').node,
          h('section.sheet.part', { 'aria-label': w.refusals }, h('div.head', {}, h('h2', {}, w.refusals)), this.none, h('table.tb', {}, this.refusals)))),
      this.config = h('section.sheet.part.config', { 'aria-label': w.settings, hidden: true }, h('div.head', {}, h('h2', {}, w.settings), h('span.hide-s', {}, w.settingsSay), h('span.grow'), this.filter), h('table.tb', {}, this.settings)));
  }

  /** The server tells its settings to administrators alone, and to everybody where nobody logs in. */
  #mayAsk(may) {
    if (may) this.#settings ??= this.visit.poll('/api/v1/config', RARELY_MILLIS, settings => this.#showSettings(settings));
  }

  #take(answer) {
    const { viewers, readings, history } = answer;
    const refused = Object.values(readings.refused).reduce((sum, n) => sum + n, 0);
    const rates = this.#rates.of(answer.t, { deliveries: viewers.deliveries, bytes: viewers.deliveredBytes, cpu: answer.cpuSeconds, accepted: readings.accepted });
    this.#latest = answer;
    this.#asked++;
    const perDelivery = rates.deliveries > 0 ? (rates.cpu * MICROS) / rates.deliveries : NaN;
    this.#tiles.get('viewers').show(viewers.now, count(viewers.now), '', viewers.behind ? w.behind(viewers.behind) : w.allInStep, viewers.behind ? 'warn' : '');
    this.#tiles.get('deliveries').show(rates.deliveries, threeFigures(rates.deliveries), '/s', Number.isFinite(rates.bytes) ? rate(rates.bytes) : '');
    this.#tiles.get('cpu').show(100 * rates.cpu, fixed(100 * rates.cpu), '%', Number.isFinite(perDelivery) && viewers.now > 10 ? w.perDelivery(`${threeFigures(perDelivery)}${NB}µs`) : w.ofOneCore);
    this.#tiles.get('paint').show(viewers.paintMillis || NaN, viewers.paintMillis ? fixed(viewers.paintMillis, 0) : DASH, 'ms', w.paintSay);
    this.#tiles.get('readings').show(rates.accepted, threeFigures(rates.accepted), '/s', w.refusedOf(count(refused)), '');
    this.#tiles.get('series').show(readings.series, count(readings.series), '', w.devices(count(answer.devices)));
    this.#lists.get('push').show([[w.groups, count(viewers.groups)], [w.deflaters, count(viewers.deflaters)], [w.behindNow, count(viewers.behind), viewers.behind > 0], [w.held, size(viewers.mostHeldBytes)], [w.catchUps, count(viewers.catchUps)],
      [w.tooSlow, count(viewers.tooSlow)], [w.dead, count(viewers.dead)], [w.connections, w.openedEnded(count(viewers.opened), count(viewers.ended))], [w.sent, size(viewers.deliveredBytes)]]);
    this.#lists.get('doors').show([[w.accepted, count(readings.accepted)], [w.late, count(readings.late)], [w.texts, count(readings.skippedTexts)], [w.refusedWindows, count(readings.refusedByWindows)]]);
    this.#lists.get('kept').show(keptRows(history));
    this.#showRefusals(readings.refused);
  }

  #showRefusals(refused) {
    const rows = Object.entries(refused).sort((a, b) => b[1] - a[1]);
    setHidden(this.none, rows.length > 0);
    this.refusals.replaceChildren(...rows.map(([code, n]) => h('tr', {}, h('th.mono', { scope: 'row' }, code), h('td.r.num', {}, count(n)))));
  }

  #showSettings(settings) {
    setHidden(this.config, false);
    this.settings.replaceChildren(...Object.entries(settings).map(([name, value]) => h('tr', {}, h('th.mono', { scope: 'row' }, name), h('td.mono', {}, value === '' ? w.empty : value))));
    this.#filterSettings();
  }

  #filterSettings() {
    const wanted = this.filter.value.trim().toLowerCase();
    for (const row of this.settings.children) setHidden(row, !row.textContent.toLowerCase().includes(wanted));
  }

  /** The host's name comes with the first words of the server. */
  #drawCharts() {
    const { host } = this.page;
    if (!host || host === this.#charted) return;
    this.#charted = host;
    const of = metric => `${metric}{host=${quoted(host)}}`;
    this.charts.replaceChildren(
      chartOf(this.page, { id: 'jvm-cpu', name: w.jvmCpu, kind: 'area', select: [of('jvm_cpu_usage')], unit: '%', rowOf: () => ({ name: w.usage }) }),
      chartOf(this.page, { id: 'jvm-heap', name: w.heap, kind: 'area', min: 0, select: [of('jvm_heap_used')], rowOf: () => ({ name: w.used }) }),
      chartOf(this.page, { id: 'jvm-gc', name: w.gc, kind: 'area', min: 0, select: [of('jvm_gc_time')], rowOf: () => ({ name: w.gcTime }) }));
  }
}

/** What the history says of itself: memory, and the disk where there is one. */
function keptRows({ memoryBytes, series, disk, diskBytes, days, waiting, unkept, commitMillis }) {
  const rows = [[w.memory, size(memoryBytes)], [w.keptSeries, count(series)], [w.diskState, w.diskStates[disk] ?? disk, isTroubled({ state: disk })]];
  if (disk === 'off') return rows;
  return [...rows, [w.disk, size(diskBytes)], [w.days, count(days)], [w.waiting, count(waiting)], [w.commit, words.pill.millis(fixed(commitMillis))], [w.unkept, count(unkept), unkept > 0]];
}

/** A figure with its last two minutes, as far as this page has seen them. */
class Figure {
  #recent = new Recent(REMEMBERED);
  #spark = document.createElement('tide-spark');

  constructor(name) {
    this.value = document.createTextNode('');
    this.unit = h('u');
    this.note = h('span.qq');
    this.node = h('div.cell.figure', {}, h('span.name', {}, name), h('b.num', {}, this.value, this.unit), this.note, this.#spark);
  }

  show(value, text, unit, note, tone = '') {
    this.#recent.add(value);
    this.value.data = text;
    setText(this.unit, text === DASH ? '' : unit);
    setText(this.note, note);
    setClass(this.note, 'warn', tone === 'warn');
    setClass(this.note, 'qq', tone !== 'warn');
  }

  draw(palette, asked) {
    this.#spark.show(this.#recent.values, { palette, color: 'accent', low: 0, reach: 3 }, `${asked} ${palette.version}`);
  }
}

/** Names and figures under a heading. */
class Facts {
  #rows = [];

  constructor(title) {
    this.list = h('dl');
    this.node = h('section.sheet.part', { 'aria-label': title }, h('div.head', {}, h('h2', {}, title)), this.list);
  }

  show(rows) {
    while (this.#rows.length < rows.length) this.#rows.push(this.#made());
    rows.forEach(([name, text, alarming = false], i) => {
      setText(this.#rows[i].name, name);
      setText(this.#rows[i].value, text);
      setClass(this.#rows[i].value, 'warn', alarming);
    });
  }

  #made() {
    const row = { name: h('dt'), value: h('dd.num') };
    this.list.append(h('div', {}, row.name, row.value));
    return row;
  }
}
