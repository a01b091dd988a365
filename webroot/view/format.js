import { DECIMAL, NB, locale } from '../locale.js';
import { words } from '../words.js';

export { NB };
export const DASH = '–';
const MINUS = '\u2212';
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

const minus = text => (text.startsWith('-') ? MINUS + text.slice(1) : text);

/** A number as text with a point, written as the reader does. */
const written = text => minus(text).replace('.', DECIMAL);

/** What `written` wrote, as a number again. */
const readBack = text => Number(text.replace(DECIMAL, '.').replace(MINUS, '-'));

export function fixed(value, digits = 1) {
  if (!Number.isFinite(value)) return DASH;
  const text = value.toFixed(digits);
  return written(Number(text) === 0 ? text.replace('-', '') : text);
}

/** Three figures: 0.18, 4.20, 48.6, 612, 1 180. A whole number has no decimals, unless others beside it are `broken`. */
export function threeFigures(value, broken = false) {
  if (!Number.isFinite(value)) return DASH;
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.001 || value === 0 ? 2 : 4;
  return grouped(fixed(value, !broken && Number.isInteger(value) && size >= 10 ? 0 : digits));
}

function grouped(text) {
  const [whole, part] = text.split(DECIMAL);
  const spaced = whole.replace(/\d{1,3}(?=(\d{3})+$)/g, `$&${NB}`);
  return part ? spaced + DECIMAL + part : spaced;
}

/** How many: 10 000. */
export const count = n => (Number.isFinite(n) ? grouped(fixed(n, 0)) : DASH);

export const percent = value => (Number.isFinite(value) ? `${fixed(value)}${NB}%` : DASH);

/** [number, unit] of an amount in bytes. */
export function bytes(value, perSecond = false) {
  const per = perSecond ? '/s' : '';
  if (!Number.isFinite(value)) return [DASH, `MiB${per}`];
  let size = Math.abs(value);
  let power = 0;
  while (size >= 999.5 && power < BYTES.length - 1) {
    size /= 1024;
    power++;
  }
  const digits = power === 0 || size >= 99.95 ? 0 : power >= 4 && size < 9.995 ? 2 : 1;
  return [fixed(Math.sign(value) * size, digits), BYTES[power] + per];
}

/** An amount in bytes on a scale: its number as text, and what one of its unit is. */
export function bytesScale(value, perSecond = false) {
  const [number, unit] = bytes(value, perSecond);
  return { number, unit, one: value / readBack(number) };
}

/** Without zeros after the mark: 40 rather than 40.0. */
export const brief = text => written(String(readBack(text)));

const joined = ([number, unit]) => (number === DASH ? DASH : number + NB + unit);
export const size = value => joined(bytes(value));
export const rate = value => joined(bytes(value, true));

/** Part and whole as two texts, ["1.43", "1.82 TiB"]: the unit once where both share it. Null if one is unknown. */
export function partOf(part, whole) {
  const [a, unitA] = bytes(part);
  const [b, unitB] = bytes(whole);
  if (a === DASH || b === DASH) return null;
  return [unitA === unitB ? a : `${a}${NB}${unitA}`, `${b}${NB}${unitB}`];
}

/** Bits a second, as links are sold. */
export function linkSpeed(bits) {
  if (!Number.isFinite(bits) || bits <= 0) return '';
  const [divisor, unit] = bits >= 1e9 ? [1e9, 'Gbit/s'] : [1e6, 'Mbit/s'];
  return `${written(String(+(bits / divisor).toFixed(1)))}${NB}${unit}`;
}

/** 2 s, 1 m 40 s, 3 h 12 m, 41 d 6 h. */
export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const { second, minute, hour, day } = words.units;
  if (seconds < 60) return `${seconds}${NB}${second}`;
  if (seconds < 3600) return two(seconds, 60, minute, 1, second);
  if (seconds < 86_400) return two(seconds, 3600, hour, 60, minute);
  return two(seconds, 86_400, day, 3600, hour);
}

function two(seconds, big, bigName, small, smallName) {
  const rest = Math.floor((seconds % big) / small);
  const head = `${Math.floor(seconds / big)}${NB}${bigName}`;
  return rest ? `${head} ${rest}${NB}${smallName}` : head;
}

const pad = n => String(n).padStart(2, '0');

/** Whether times are told in UTC rather than where the viewer is. */
export const zone = { utc: false };

const DAYS = [undefined, 'UTC'].map(timeZone => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone }));

/** A date whose UTC fields are those of the clock on the wall. */
function told(millis) {
  return new Date(zone.utc ? millis : millis - new Date(millis).getTimezoneOffset() * 60_000);
}

export function clock(millis) {
  const d = told(millis);
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`;
}

export function clockMinutes(millis) {
  const d = told(millis);
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`;
}

/** 21 Nov. */
export const day = millis => DAYS[zone.utc ? 1 : 0].format(millis);

/** A clock time, with its day where that is not the day of `now`. */
export const dayClock = (millis, now) => (day(millis) === day(now) ? clock(millis) : `${day(millis)} ${clock(millis)}`);

/** UCUM codes as people write them. */
const UNITS = {
  Cel: '°C', '[degF]': '°F', K: 'K', deg: '°', 1: '', By: 'B', 'By/s': 'B/s', '[ppm]': 'ppm', '10*-6': 'ppm', 'dB[mW]': 'dBm',
  'B[mW]': 'dBm', 'm3/h': 'm³/h', 'm3': 'm³', 'kW.h': 'kWh', 'W.h': 'Wh', 'W/m2': 'W/m²', 'ug/m3': 'µg/m³', us: 'µs', h: 'h', '{count}': '',
};

export function unitName(code) {
  if (!code) return '';
  return UNITS[code] ?? (code.startsWith('{') ? code.slice(1, -1) : code);
}

/** [number, unit] of any measure; `broken` if it has had values that are not whole. */
export function measure(value, unit, broken = false) {
  if (unit === 'By' || unit === 'By/s') return bytes(value, unit === 'By/s');
  return [threeFigures(value, broken), unitName(unit)];
}

/** The next round number at or above, for the end of a scale in bytes. */
export function roundBytes(value) {
  let unit = 1024;
  while (value / unit > 1000) unit *= 1024;
  const n = value / unit;
  const power = 10 ** Math.floor(Math.log10(Math.max(n, 0.1)));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find(s => s * power >= n) ?? 10;
  return step * power * unit;
}
