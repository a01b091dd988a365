import { DASH, clock, clockMinutes, day } from './format.js';
import { ticksOf } from './axis.js';
import { PLOT } from './chart.js';

/** The chart as it is on the screen, with its name, its time axis and its rows: a PNG. */
export function pictureOf(page, sheet, spec, chart) {
  const { palette } = page;
  const ratio = devicePixelRatio || 1;
  const unit = ratio * chart.unit;
  const source = chart.canvas;
  const [head, axis, row] = [34 * unit, 26 * unit, 18 * unit];
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = head + source.height + axis + Math.ceil(spec.rows.length / 2) * row + 14 * unit;
  const c = canvas.getContext('2d');
  c.fillStyle = palette.surface;
  c.fillRect(0, 0, canvas.width, canvas.height);
  c.drawImage(source, 0, head);
  c.textBaseline = 'middle';
  drawHead(c, spec, sheet.moment, palette, unit, canvas.width, head);
  drawAxis(c, sheet.moment, palette, unit, canvas.width, head + source.height + axis / 2);
  drawRows(c, spec, sheet, palette, unit, canvas.width, head + source.height + axis + row / 2, row);
  return new Promise(done => canvas.toBlob(done, 'image/png'));
}

function drawHead(c, spec, { from, until }, palette, unit, width, height) {
  c.font = `600 ${13 * unit}px ${palette.sans}`;
  c.fillStyle = palette.ink;
  c.fillText(spec.name, 12 * unit, height / 2);
  c.font = `${11 * unit}px ${palette.sans}`;
  c.fillStyle = palette['ink-2'];
  c.textAlign = 'right';
  c.fillText(`${day(from)} ${clock(from)} – ${day(until)} ${clock(until)}`, width - 12 * unit, height / 2);
  c.textAlign = 'left';
}

function drawAxis(c, { from, until }, palette, unit, width, y) {
  const [left, right] = [PLOT.left * unit, width - PLOT.right * unit];
  const { ticks, step } = ticksOf(from, until, (right - left) / unit);
  c.font = `${11 * unit}px ${palette.sans}`;
  c.fillStyle = palette['ink-3'];
  c.textAlign = 'center';
  for (const t of ticks) c.fillText(step >= 86_400_000 ? day(t) : step < 60_000 ? clock(t) : clockMinutes(t), left + ((t - from) / (until - from)) * (right - left), y);
  c.textAlign = 'left';
}

function drawRows(c, spec, { store, moment }, palette, unit, width, top, height) {
  c.font = `${11 * unit}px ${palette.sans}`;
  spec.rows.forEach((row, i) => {
    const x = 12 * unit + (i % 2) * (width / 2);
    const y = top + Math.floor(i / 2) * height;
    const values = (row.pair?.() ?? [row.key()]).map(key => store.at(store.get(key), moment.until));
    if (row.color) {
      c.fillStyle = palette[row.color];
      c.fillRect(x, y - 4 * unit, 8 * unit, 8 * unit);
    }
    c.fillStyle = palette.ink;
    c.fillText(`${row.name}  ${values.every(Number.isFinite) ? row.format(...values) : DASH}`, x + 14 * unit, y);
  });
}
