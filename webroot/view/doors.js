import { h, setHidden, setText } from './dom.js';
import { icon } from './icons.js';
import { words } from '../words.js';

const w = words.doors;
const COPIED_MILLIS = 2000;

/** The commands that make a first device appear, for the doors that are open, with this page's own address. */
function commandsFor(doors, { host, hostname, protocol }) {
  const secure = protocol === 'https:';
  return [
    doors.http && {
      name: w.http, tool: 'curl',
      lines: ['curl --json \'{"deviceId":"sensor-9",', '    "temperature":21.4}\' \\', `    ${protocol}//${host}/api/v1/readings`],
      line: `curl --json '{"deviceId":"sensor-9","temperature":21.4}' ${protocol}//${host}/api/v1/readings`,
    },
    doors.mqtt && {
      name: w.mqtt, tool: 'mosquitto_pub',
      lines: [`mosquitto_pub -h ${hostname}${port(doors.mqtt)} \\`, '    -t sensors/sensor-9 \\', '    -m \'{"temperature":21.4}\''],
      line: `mosquitto_pub -h ${hostname}${port(doors.mqtt)} -t sensors/sensor-9 -m '{"temperature":21.4}'`,
    },
    doors.websocket && {
      name: w.websocket, tool: 'wscat',
      lines: [`wscat -c ${secure ? 'wss' : 'ws'}://${host}/ingest \\`, '    -x \'{"type":"sensor.reading",', '    "deviceId":"sensor-9","temperature":21.4}\''],
      line: `wscat -c ${secure ? 'wss' : 'ws'}://${host}/ingest -x '{"type":"sensor.reading","deviceId":"sensor-9","temperature":21.4}'`,
    },
  ].filter(Boolean);
}

const port = number => (number === 1883 ? '' : ` -p ${number}`);

/** What stands in the strip's place until a device appears by itself. */
export class Doors {
  #built = false;

  constructor(page) {
    this.page = page;
    this.node = h('section.sheet.empty', { hidden: true, 'aria-labelledby': 'doors-title' });
  }

  draw(empty) {
    const doors = this.page.info?.doors;
    const commands = doors ? commandsFor(doors, location) : [];
    setHidden(this.node, !empty || commands.length === 0);
    if (!empty || this.#built || !commands.length) return;
    this.#built = true;
    this.node.append(this.#say(), ...commands.map(command => card(command)));
    this.node.classList.add(`of-${commands.length}`);
  }

  #say() {
    const here = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
    return h('div.cell.say', {}, h('h2', { id: 'doors-title' }, icon('wait', 'acc'), w.title),
      h('p.q', {}, w.say, h('br'), here ? w.open : w.plain), h('p.qq', {}, w.waiting));
  }
}

function card({ name, tool, lines, line }) {
  const label = h('span', {}, w.copy);
  const code = h('pre', { tabindex: '0', 'aria-label': name });
  code.append(h('i', {}, '$ '), ...lines.flatMap((text, i) => [...flags(text), i < lines.length - 1 ? '\n' : '']));
  const button = h('button.btn.out', { type: 'button', 'aria-label': w.copyOf(name), onclick: async () => confirm(label, await copy(line, code)) }, icon('copy'), label);
  return h('div.cell.cmd', {}, h('div.h', {}, h('h3', {}, name), h('span', {}, tool), button), code);
}

/** Flags stand out, as they are what one looks for. */
function flags(text) {
  return text.split(/(?<= )(--?\w+)(?= )/).map(part => (/^--?\w+$/.test(part) ? h('em', {}, part) : part));
}

/** Over plain HTTP there is no clipboard: the older way, and failing that the text is selected. */
async function copy(line, code) {
  try {
    await navigator.clipboard.writeText(line);
    return true;
  } catch {
    return copyByCommand(line) || select(code);
  }
}

function copyByCommand(line) {
  const field = h('textarea.sr', { readonly: true, 'aria-hidden': 'true' });
  field.value = line;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

function select(code) {
  getSelection().selectAllChildren(code);
  return false;
}

function confirm(label, copied) {
  setText(label, copied ? w.copied : w.select);
  setTimeout(() => setText(label, w.copy), COPIED_MILLIS);
}
