/** Thresholds on a chart: {value, severity: 'warn' | 'crit', below, label}. */

/** A line for each, its label, and what lies beyond it drawn thicker in the state's colour. */
export function drawLimits(u, limits, layers, palette, unit) {
  for (const limit of limits) {
    drawLine(u, limit, palette, unit);
    for (const layer of layers) drawBeyond(u, limit, layer, palette[limit.severity], unit);
  }
  drawLabels(u, limits, palette, unit);
}

const inSight = (u, value) => value >= u.scales.y.min && value <= u.scales.y.max;
const heightOf = (u, value) => Math.round(u.valToPos(value, 'y', true)) + 0.5;

/** Warning is dashed, critical is solid. */
function drawLine(u, { value, severity }, palette, unit) {
  if (!inSight(u, value)) return;
  const { ctx, bbox } = u;
  ctx.strokeStyle = palette[severity];
  ctx.lineWidth = Math.max(1, unit);
  ctx.setLineDash(severity === 'warn' ? [5 * unit, 4 * unit] : []);
  ctx.beginPath();
  ctx.moveTo(bbox.left, heightOf(u, value));
  ctx.lineTo(bbox.left + bbox.width, heightOf(u, value));
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawBeyond(u, { value, below }, layer, color, unit) {
  const { ctx, bbox } = u;
  const path = layer.path;
  if (!path || layer.row.quiet) return;
  const y = Math.min(bbox.top + bbox.height, Math.max(bbox.top, u.valToPos(value, 'y', true)));
  ctx.save();
  ctx.beginPath();
  if (below) ctx.rect(bbox.left, y, bbox.width, bbox.top + bbox.height - y);
  else ctx.rect(bbox.left, bbox.top, bbox.width, y - bbox.top);
  ctx.clip();
  ctx.strokeStyle = color;
  ctx.lineWidth = 2.25 * unit;
  ctx.stroke(path);
  ctx.restore();
}

/** At the left end of its line, under it where it would stand on another. */
function drawLabels(u, limits, palette, unit) {
  const { ctx, bbox } = u;
  ctx.font = `${11 * unit}px ${palette.sans}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.lineWidth = 3 * unit;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = palette.surface;
  let above = -Infinity;
  for (const { value, severity, label } of limits.filter(limit => limit.label && inSight(u, limit.value)).sort((a, b) => b.value - a.value)) {
    const line = heightOf(u, value);
    const y = line - 4 * unit < above + 12 * unit || line - 14 * unit < bbox.top ? line + 12 * unit : line - 4 * unit;
    above = y;
    const x = bbox.left + 8 * unit;
    drawSign(ctx, severity, x, y, palette[severity], unit);
    ctx.strokeText(label, x + 13 * unit, y);
    ctx.fillStyle = palette[severity];
    ctx.fillText(label, x + 13 * unit, y);
  }
}

/** A triangle or an octagon: the colour is never alone. */
function drawSign(ctx, severity, x, y, color, unit) {
  const side = 9 * unit;
  const corners = severity === 'warn'
    ? [[0, 0], [0.5, -1], [1, 0]]
    : [[0.3, 0], [0, -0.3], [0, -0.7], [0.3, -1], [0.7, -1], [1, -0.7], [1, -0.3], [0.7, 0]];
  ctx.fillStyle = color;
  ctx.beginPath();
  for (const [a, b] of corners) ctx.lineTo(x + a * side, y + b * side);
  ctx.fill();
}
