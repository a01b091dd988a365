import { NB, brief, bytesScale, fixed, roundBytes, threeFigures, unitName } from './format.js';

/**
 * The vertical scale of a chart: a function of {most, least} in sight (NaN for none) to
 * {low, high, splits, labels, fixed}. Percentages are 0 to 100; areas and stacks stand on zero; mirrored charts have the
 * same above and below; lines take what they need. `min` and `max` fix an end; `limits` are kept in sight.
 * With nothing in sight an end that nobody has fixed is `unknown`, and has no label.
 */
export function scaleOf({ unit = '', min = null, max = null, kind = 'line', limits = [] }) {
  if (kind === 'mirrored') return ({ most, least }) => mirrored(larger(Math.abs(most), Math.abs(least)), unit);
  const percent = unit === '%' && min === null && max === null;
  return ({ most, least }) => {
    if (percent && !(most > 100.5) && !(least < -0.5)) return labelled([0, 50, 100], unit, true);
    const ends = wanted({ most, least }, { min, max, kind, limits });
    const splits = unit.startsWith('By') ? bytesSplits(ends) : roundSplits(ends);
    const low = min ?? splits[0], high = max ?? splits.at(-1);
    if (Number.isNaN(most) && (min === null || max === null)) return { low, high, splits, labels: splits.map(() => ''), unknown: true };
    return { ...labelled(splits.filter(split => split >= low && split <= high), unit, min !== null && max !== null), low, high };
  };
}

function wanted({ most, least }, { min, max, kind, limits }) {
  if (Number.isNaN(most)) [least, most] = [0, 1];
  const base = kind === 'line' ? least : Math.min(0, least);
  const near = limits.map(limit => limit.value).filter(value => value <= most + (most - base) && value >= base - (most - base));
  let low = min ?? Math.min(base, ...near);
  let high = max ?? Math.max(most, ...near);
  const air = high === low ? Math.max(1e-9, Math.abs(high) * 0.1) || 1 : (high - low) * 0.04;
  if (max === null) high += air;
  if (min === null && low !== 0) low = low > 0 && low < air ? 0 : low - air;
  return { low, high };
}

/** Three or four round values that enclose the stretch. */
export function roundSplits({ low, high }) {
  const step = roundStep((high - low) / 3);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step));
}

function roundStep(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * ([1, 2, 2.5, 5, 10].find(step => step * power >= size * 0.999) ?? 10);
}

const clean = value => Number(value.toPrecision(12));

function bytesSplits({ low, high }) {
  if (low < 0) return roundSplits({ low, high });
  const end = roundBytes(Math.max(high, 1));
  return [0, end / 2, end];
}

function mirrored(most, unit) {
  if (Number.isNaN(most)) return { low: -1, high: 1, splits: [-1, 0, 1], labels: ['', '0', ''], unknown: true };
  const end = unit.startsWith('By') ? roundBytes(Math.max(most, 1024)) : roundSplits({ low: 0, high: most || 1 }).at(-1);
  return { ...labelled([-end, 0, end], unit), labels: labelsOf([end, 0, end], unit) };
}

function labelled(splits, unit, isFixed = false) {
  return { low: splits[0], high: splits.at(-1), splits, labels: labelsOf(splits, unit), fixed: isFixed };
}

/** The unit stands at the topmost label only. */
function labelsOf(splits, unit) {
  if (unit.startsWith('By')) return bytesLabels(splits, unit);
  const step = Math.abs(splits[1] - splits[0]) || 1;
  const power = Math.floor(Math.log10(step) + 1e-9);
  const digits = Math.max(0, -power + (Number.isInteger(clean(step / 10 ** power)) ? 0 : 1));
  const most = Math.max(...splits.map(Math.abs));
  const text = value => ((most < 1e-4 || most >= 1e7) && value !== 0 ? minusOf(value.toExponential(2)) : most >= 10_000 && value !== 0 ? threeFigures(value) : fixed(value, digits));
  return splits.map((value, i) => (i === splits.length - 1 && unitName(unit) ? `${text(value)}${NB}${unitName(unit)}` : text(value)));
}

function bytesLabels(splits, unit) {
  const { unit: shown, one } = bytesScale(Math.max(...splits.map(Math.abs)), unit === 'By/s');
  return splits.map((value, i) => (value === 0 ? '0' : brief(fixed(value / one)) + (i === splits.length - 1 ? NB + shown : '')));
}

const minusOf = text => text.replaceAll('-', '\u2212').replace('+', '');
const larger = (a, b) => (b > a || Number.isNaN(a) ? b : a);
