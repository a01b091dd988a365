/** The grid of a dashboard: 12 columns, as many rows as there are. Places are {x, y, w, h}; nothing here is changed in place. */
export const COLUMNS = 12;
export const MOST_ROWS = 40;
/** Panels may begin no lower than that. */
const LOWEST = 400;

export const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** A place that lies on the grid. */
export function within({ x, y, w, h }) {
  const width = clamp(Math.round(w), 1, COLUMNS);
  return { x: clamp(Math.round(x), 0, COLUMNS - width), y: clamp(Math.round(y), 0, LOWEST), w: width, h: clamp(Math.round(h), 1, MOST_ROWS) };
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * All places after the one at `index` has gone to `wish`: what lies there gives way downwards, and then everything
 * rises as far as there is room. The order of the list stays.
 */
export function placed(places, index, wish) {
  return around(places, new Map([[index, within(wish)]]));
}

/**
 * All places after the one at `index` has come to be read as the `rank`th: what a phone means by moving a panel. It passes
 * the others one by one, as far as the grid allows.
 */
export function ranked(places, index, rank) {
  let now = places;
  for (let step = 0; step < places.length; step++) {
    const order = inOrder(now);
    const at = order.indexOf(index);
    if (at === rank) break;
    now = at > rank ? passed(now, index, order[at - 1]) : passed(now, order[at + 1], index);
  }
  return now;
}

/** `a` goes before `b`, which stood right before it: beside it in its row, or else above it. */
function passed(places, a, b) {
  const [late, early] = [places[a], places[b]];
  if (late.y === early.y) return around(places, new Map([[a, { ...late, x: early.x }], [b, { ...early, x: early.x + late.w }]]));
  const beside = late.x >= early.x + early.w || early.x >= late.x + late.w;
  return placed(places, a, { ...late, x: beside ? early.x : late.x, y: early.y });
}

/** The others give way to those that are settled. */
function around(places, settled) {
  for (const i of inOrder(places).filter(other => !settled.has(other))) settled.set(i, sunk(places[i], [...settled.values()]));
  return risen(places.map((_, i) => settled.get(i)));
}

/** All places, each as high as the ones above it let it. */
export function risen(places) {
  const done = new Map();
  for (const i of inOrder(places)) {
    const place = { ...places[i] };
    const others = [...done.values()];
    while (place.y > 0 && !others.some(other => overlaps(other, { ...place, y: place.y - 1 }))) place.y--;
    done.set(i, place);
  }
  return places.map((_, i) => done.get(i));
}

function sunk(place, others) {
  const lower = { ...place };
  for (let over; (over = others.find(other => overlaps(other, lower))); ) lower.y = over.y + over.h;
  return lower;
}

/** The first place, from the top, where w × h fits. */
export function firstFree(places, w, h) {
  for (let y = 0; ; y++) {
    for (let x = 0; x + w <= COLUMNS; x++) {
      const place = { x, y, w, h };
      if (!places.some(other => overlaps(other, place))) return place;
    }
  }
}

/** Indexes in the order in which people read: by rows, then from the left. A phone shows them so. */
export function inOrder(places) {
  return places.map((_, i) => i).sort((a, b) => places[a].y - places[b].y || places[a].x - places[b].x || a - b);
}

export const rowsOf = places => places.reduce((most, { y, h }) => Math.max(most, y + h), 0);
