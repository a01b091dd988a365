import { h, setHidden, setText } from './dom.js';
import { icon } from './icons.js';
import { words } from '../words.js';

const w = words.doors;
const COPIED_MILLIS = 2000;

const EXAMPLE = { device: 'sensor-9', values: { temperature: 21.4 } };

/** The commands that send a reading of a device, for the doors that are open, with this page's own address. */
export function commandsFor(doors, { host, hostname, protocol }, { device, values } = EXAMPLE) {
  const secure = protocol === 'https:';
  const reading = { deviceId: device, ...values };
  return [
    doors.http && command(w.http, 'curl', [], 'curl --json', reading, [`${protocol}//${host}/api/v1/readings`]),
    doors.mqtt && !/[/+#]/.test(device) && command(w.mqtt, 'mosquitto_pub', [`mosquitto_pub -h ${hostname}${port(doors.mqtt)}`, `-t ${shell(`sensors/${device}`)}`], '-m', values, []),
    doors.websocket && command(w.websocket, 'wscat', [`wscat -c ${secure ? 'wss' : 'ws'}://${host}/ingest`], '-x', { type: 'sensor.reading', ...reading }, []),
  ].filter(Boolean);
}

/** As one line to copy, and as lines to read. `json` goes in quotes after `flag`. */
function command(name, tool, before, flag, json, after) {
  const text = JSON.stringify(json);
  const [first, ...rest] = jsonLines(json);
  const body = [`${flag} '${first}`, ...rest];
  body[body.length - 1] += "'";
  const lines = [...before.map(part => `${part} \\`), ...body.map((part, i) => (after.length && i === body.length - 1 ? `${part} \\` : part)), ...after];
  return { name, tool, lines: lines.map((line, i) => (i ? `    ${line}` : line)), line: [...before, `${flag} '${text.replaceAll("'", "'\\''")}'`, ...after].join(' ') };
}

/** The first field alone, then two a line. */
function jsonLines(object) {
  const fields = Object.entries(object).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const lines = [fields.slice(0, 1)];
  for (let i = 1; i < fields.length; i += 2) lines.push(fields.slice(i, i + 2));
  return lines.map((part, i) => `${i ? '' : '{'}${part.join()}${i < lines.length - 1 ? ',' : '}'}`);
}

/** A word for a shell. */
const shell = text => (/^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

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

export function card({ name, tool, lines, line }) {
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
