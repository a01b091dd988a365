/** Rows drawn above and below what is in sight, so that a scroll of one frame shows no hole. */
const MARGIN = 4;

/** Which rows of `count` are drawn: [first, end), for a list scrolled to `top` of which `height` is in sight. */
export function drawnRows(top, height, rowHeight, count) {
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN);
  return [Math.min(first, end), end];
}

/** Which are wholly or partly in sight. */
export function seenRows(top, height, rowHeight, count) {
  const first = Math.min(count, Math.max(0, Math.floor(top / rowHeight)));
  return [first, Math.max(first, Math.min(count, Math.ceil((top + height) / rowHeight)))];
}

/** How far to scroll so that a row is wholly in sight; as little as possible. */
export function scrollFor(row, top, height, rowHeight) {
  const above = row * rowHeight;
  if (above < top) return above;
  return Math.max(top, above + rowHeight - height);
}
