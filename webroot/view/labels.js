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
