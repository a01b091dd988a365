/** What lies behind and over the lines of a chart: grid, gaps, zero line, end dots, min–max bands. */

const tiles = new Map();

/** A pattern is drawn once a colour and size. Hatching: the server was down. Dots: nobody sent. */
function pattern(context, kind, color, unit) {
  const key = `${kind} ${color} ${unit}`;
  if (!tiles.has(key)) {
    if (tiles.size > 8) tiles.clear();
    tiles.set(key, context.createPattern(kind === 'server' ? hatching(color, unit) : dots(color, unit), 'repeat'));
  }
  return tiles.get(key);
}

function canvasOf(side) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  return [canvas, canvas.getContext('2d')];
}

function hatching(color, unit) {
  const side = Math.max(6, Math.round(10 * unit));
  const [canvas, context] = canvasOf(side);
  context.strokeStyle = color;
  context.globalAlpha = 0.5;
  context.lineWidth = 1.3 * unit;
  context.beginPath();
  for (const shift of [-side, 0, side]) {
    context.moveTo(shift, side);
    context.lineTo(shift + side, 0);
  }
  context.stroke();
  return canvas;
}

function dots(color, unit) {
  const side = Math.max(4, Math.round(6 * unit));
  const [canvas, context] = canvasOf(side);
  context.fillStyle = color;
  context.globalAlpha = 0.55;
  context.beginPath();
  context.arc(side / 2, side / 2, 0.9 * unit, 0, 2 * Math.PI);
  context.fill();
  return canvas;
}

const crisp = value => Math.round(value) + 0.5;

/** Vertical lines run through the whole height, so that the four charts read as one. */
export function drawTicks(u, ticks, color, unit) {
  const { ctx } = u;
  ctx.fillStyle = color;
  const width = Math.max(1, Math.round(unit));
  for (const t of ticks) ctx.fillRect(Math.round(u.valToPos(t, 'x', true)), 0, width, ctx.canvas.height);
}

export function drawZero(u, color, unit) {
  const { ctx, bbox } = u;
  ctx.fillStyle = color;
  ctx.fillRect(bbox.left, Math.round(u.valToPos(0, 'y', true)), bbox.width, Math.max(1, Math.round(unit)));
}

export function drawGaps(u, gaps, palette, unit) {
  const { ctx, bbox } = u;
  const top = bbox.top / 2;
  const height = bbox.top + bbox.height - top;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, 0, bbox.width + unit, ctx.canvas.height);
  ctx.clip();
  for (const gap of gaps) drawGap(ctx, gap, u.valToPos(gap.from, 'x', true), u.valToPos(gap.until, 'x', true), top, height, palette, unit);
  ctx.restore();
}

function drawGap(ctx, gap, left, right, top, height, palette, unit) {
  ctx.fillStyle = palette.alpha('raised', 0.8);
  ctx.fillRect(left, top, right - left, height);
  if (gap.kind !== 'link') {
    ctx.fillStyle = pattern(ctx, gap.kind, palette['ink-3'], unit);
    ctx.fillRect(left, top, right - left, height);
  }
  ctx.strokeStyle = palette.edge;
  ctx.lineWidth = Math.max(1, unit);
  ctx.setLineDash([3 * unit, 3 * unit]);
  ctx.beginPath();
  for (const x of [left, right]) {
    ctx.moveTo(crisp(x), top);
    ctx.lineTo(crisp(x), top + height);
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Minimum to maximum of a screen that was reduced, so that no peak is lost. */
export function drawBand(u, low, high, sign, color, axis = 'y') {
  const { ctx } = u;
  let open = -1;
  ctx.fillStyle = color;
  ctx.beginPath();
  for (let i = 0; i < low.length; i++) {
    if (Number.isNaN(low[i])) continue;
    if (open >= 0 && i - open <= 30) bandPiece(u, ctx, open, i, low, high, sign, axis);
    open = i;
  }
  ctx.fill();
}

function bandPiece(u, ctx, a, b, low, high, sign, axis) {
  const [xa, xb] = [a, b].map(i => u.valToPos(u.data[0][i], 'x', true));
  const y = value => u.valToPos(sign * value, axis, true);
  ctx.moveTo(xa, y(low[a]));
  ctx.lineTo(xb, y(low[b]));
  ctx.lineTo(xb, y(high[b]));
  ctx.lineTo(xa, y(high[a]));
}

/** A dot where the line is now. */
export function drawEnd(u, index, value, color, unit, axis = 'y') {
  const { ctx } = u;
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.arc(u.valToPos(u.data[0][index], 'x', true), u.valToPos(value, axis, true), 2.6 * unit, 0, 2 * Math.PI);
  ctx.fill();
}

/** What lies above the zero line and what below it. */
export function drawNotes(ctx, bbox, [above, below], palette, unit) {
  ctx.fillStyle = palette['ink-3'];
  ctx.font = `${11 * unit}px ${palette.sans}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  if (above) note(ctx, above, bbox.left + 8 * unit, bbox.top + 11 * unit, palette.surface, unit);
  if (below) note(ctx, below, bbox.left + 8 * unit, bbox.top + bbox.height - 5 * unit, palette.surface, unit);
}

/** The moment of an annotation runs through all charts; a stretch is shaded. */
export function drawMoments(u, notes, palette, unit) {
  const { ctx, bbox } = u;
  const x = t => Math.min(bbox.left + bbox.width, Math.max(bbox.left, u.valToPos(t, 'x', true)));
  ctx.strokeStyle = palette['ink-3'];
  ctx.fillStyle = palette.alpha('ink-3', 0.14);
  ctx.lineWidth = Math.max(1, unit);
  ctx.setLineDash([2 * unit, 3 * unit]);
  ctx.beginPath();
  for (const { time, timeEnd = time } of notes) {
    ctx.fillRect(x(time), 0, x(timeEnd) - x(time), ctx.canvas.height);
    ctx.moveTo(crisp(x(time)), 0);
    ctx.lineTo(crisp(x(time)), ctx.canvas.height);
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

/** The words stay readable over the lines. */
function note(ctx, text, x, y, ground, unit) {
  ctx.strokeStyle = ground;
  ctx.lineWidth = 3 * unit;
  ctx.lineJoin = 'round';
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}
