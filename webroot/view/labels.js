/**
 * The words on a chart's canvas: the labels of its scale and what its halves are. Text is dear to draw and rarely
 * changes, so it is painted once, and then copied with each picture.
 */
export class Labels {
  #canvas = document.createElement('canvas');
  #key = '';

  /** `paint(context)` draws the words into the first `width` pixels, and is called when `key` is another one. */
  draw(u, width, key, paint) {
    const { height } = u.ctx.canvas;
    const whole = `${width} ${height} ${key}`;
    if (whole !== this.#key) {
      this.#key = whole;
      Object.assign(this.#canvas, { width, height });
      paint(this.#canvas.getContext('2d'));
    }
    u.ctx.drawImage(this.#canvas, 0, 0);
  }
}

/** Right of each line's end, in the middle of its height. */
export function paintScale(ctx, u, { splits, labels }, palette, unit) {
  ctx.fillStyle = palette['ink-3'];
  ctx.font = `${11 * unit}px ${palette.sans}`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  labels.forEach((label, i) => ctx.fillText(label, u.bbox.left - 10 * unit, u.valToPos(splits[i], 'y', true)));
}

/** The scale of the dashed lines, beside the other one and within the plot. */
export function paintSecond(ctx, u, { splits, labels }, palette, unit) {
  ctx.textAlign = 'left';
  labels.forEach((label, i) => {
    const y = Math.min(u.bbox.top + u.bbox.height - 7 * unit, Math.max(u.bbox.top + 7 * unit, u.valToPos(splits[i], 'y2', true)));
    const text = `\u254c ${label}`;
    ctx.fillStyle = palette.surface;
    ctx.globalAlpha = 0.8;
    ctx.fillRect(u.bbox.left + 4 * unit, y - 7 * unit, ctx.measureText(text).width + 8 * unit, 14 * unit);
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette['ink-3'];
    ctx.fillText(text, u.bbox.left + 8 * unit, y);
  });
}
