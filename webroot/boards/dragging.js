import { COLUMNS, placed, ranked } from './layout.js';

/** A drag this near to the upper or lower edge of the window scrolls, by so many pixels a move. */
const EDGE = 96, SCROLL = 14;
/** Height of a row and of the line below it, in rem. */
const ROW = 3;

/**
 * Moves or resizes the panel at `index` with the pointer that has just been pressed. On the grid it goes to the cell under
 * the pointer; on a phone, which shows one column, among the others, and gets higher or lower. `dropped` is called once
 * with the new places, or with null where nothing has changed.
 */
export function drag(event, board, places, index, resizes, dropped) {
  const target = event.currentTarget;
  const node = board.panels[index].node;
  const wish = isStack(board.node) ? stackWish(board, places, index, resizes) : gridWish(board.node, places, index, resizes);
  const [startX, startY] = [event.clientX, event.clientY + scrollY];
  const over = new AbortController();
  let last = null;
  event.preventDefault();
  target.focus();
  target.setPointerCapture(event.pointerId);
  node.classList.add('held');
  const follow = move => {
    scrollNear(move.clientY);
    last = wish(move.clientX - startX, move.clientY + scrollY - startY);
    board.move(last);
  };
  const drop = keeps => {
    over.abort();
    node.classList.remove('held');
    if (!keeps) board.move(places);
    dropped(keeps ? last : null);
  };
  const { signal } = over;
  target.addEventListener('pointermove', follow, { signal });
  target.addEventListener('pointerup', () => drop(true), { signal });
  target.addEventListener('pointercancel', () => drop(false), { signal });
  document.addEventListener('keydown', key => key.key === 'Escape' && drop(false), { signal });
}

const isStack = node => getComputedStyle(node).gridTemplateColumns.split(' ').length === 1;
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

function gridWish(node, places, index, resizes) {
  const { x, y, w, h } = places[index];
  const cell = { width: node.getBoundingClientRect().width / COLUMNS, height: ROW * rem() + 1 };
  return (dx, dy) => {
    const [right, down] = [Math.round(dx / cell.width), Math.round(dy / cell.height)];
    return placed(places, index, resizes ? { x, y, w: Math.min(COLUMNS - x, Math.max(1, w + right)), h: Math.max(1, h + down) } : { x: x + right, y: y + down, w, h });
  };
}

function stackWish(board, places, index, resizes) {
  const row = ROW * rem();
  if (resizes) return (_, dy) => placed(places, index, { ...places[index], h: Math.max(1, places[index].h + Math.round(dy / row)) });
  const middles = board.panels.map(({ node }) => {
    const { top, bottom } = node.getBoundingClientRect();
    return (top + bottom) / 2;
  });
  return (_, dy) => ranked(places, index, middles.filter((middle, i) => i !== index && middle < middles[index] + dy).length);
}

function scrollNear(clientY) {
  if (clientY > innerHeight - EDGE) scrollBy(0, SCROLL);
  else if (clientY < EDGE) scrollBy(0, -SCROLL);
}
