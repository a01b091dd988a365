/**
 * Draws a sparkline. options: palette, color (a token), low and high (ends of the scale, else those of
 * the data), reach (slots that a value may bridge), base (a line below), end (colour of the dots after
 * the last value), limit (a dotted line). `unit` is a CSS pixel of the page's type size, in canvas pixels.
 */
export function drawSpark(canvas, values, options, unit) {
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, canvas.width, canvas.height);
  const plot = scaled(canvas, values, options, unit);
  if (plot) {
    if (options.base) line(context, canvas, options.palette['line-2'], Math.max(1, unit));
    context.lineWidth = 1.25 * unit;
    context.lineJoin = 'round';
    if (options.limit !== undefined) limitLine(context, canvas, plot, options, unit);
    for (const [first, last] of runs(values, options.reach ?? 2)) drawRun(context, canvas, values, plot, first, last, options);
    drawDot(context, values, plot, options, unit);
  }
  if (options.end) dotted(context, canvas, plot, options, unit);
}

/** Where values lie on the canvas, or null when there are none. */
function scaled(canvas, values, options, unit) {
  let least = Infinity, most = -Infinity, end = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
    end = i;
  }
  if (end < 0) return null;
  const low = options.low ?? least;
  const high = Math.max(options.high ?? most, low + 1e-9 + Math.abs(low) * 0.002);
  const width = canvas.width - 5 * unit;
  const height = canvas.height - 4 * unit;
  const x = i => (i / (values.length - 1)) * width;
  const y = v => 2 * unit + (1 - (v - low) / (high - low)) * height;
  return { x, y, end, top: y(most) };
}

function runs(values, reach) {
  const found = [];
  let first = -1, last = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    if (first >= 0 && i - last > reach) {
      found.push([first, last]);
      first = i;
    } else if (first < 0) first = i;
    last = i;
  }
  if (first >= 0) found.push([first, last]);
  return found;
}

function drawRun(context, canvas, values, { x, y, top }, first, last, { palette, color }) {
  const path = new Path2D();
  path.moveTo(x(first), y(values[first]));
  for (let i = first + 1; i <= last; i++) if (!Number.isNaN(values[i])) path.lineTo(x(i), y(values[i]));
  context.strokeStyle = palette[color];
  context.stroke(path);
  path.lineTo(x(last), canvas.height);
  path.lineTo(x(first), canvas.height);
  const fade = context.createLinearGradient(0, top, 0, canvas.height);
  fade.addColorStop(0, palette.alpha(color, palette.spark));
  fade.addColorStop(1, palette.alpha(color, 0));
  context.fillStyle = fade;
  context.fill(path);
}

/** The dot stands at now, and only if there is a value at now. */
function drawDot(context, values, { x, y, end }, { palette, color, reach = 2 }, unit) {
  if (values.length - 1 - end > reach) return;
  context.fillStyle = palette[color];
  context.beginPath();
  context.arc(x(end), y(values[end]), 2.25 * unit, 0, 2 * Math.PI);
  context.fill();
}

function line(context, canvas, color, thickness) {
  context.fillStyle = color;
  context.fillRect(0, canvas.height - thickness, canvas.width, thickness);
}

/** A limit that lies within the scale. */
function limitLine(context, canvas, { y }, { palette, limit }, unit) {
  const at = y(limit);
  if (!(at >= unit && at <= canvas.height - unit)) return;
  context.strokeStyle = palette.warn;
  context.lineWidth = Math.max(1, unit);
  context.setLineDash([1.5 * unit, 3 * unit]);
  context.beginPath();
  context.moveTo(0, at);
  context.lineTo(canvas.width, at);
  context.stroke();
  context.setLineDash([]);
}

/** Where the line ends the silence is dotted. */
function dotted(context, canvas, plot, { palette, end }, unit) {
  const from = plot ? plot.x(plot.end) + 4 * unit : 0;
  context.strokeStyle = palette[end];
  context.lineWidth = Math.max(1, unit);
  context.setLineDash([2 * unit, 4 * unit]);
  context.beginPath();
  context.moveTo(from, canvas.height - unit);
  context.lineTo(canvas.width, canvas.height - unit);
  context.stroke();
  context.setLineDash([]);
}
