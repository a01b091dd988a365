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
  const moved = within(wish);
  const settled = new Map([[index, moved]]);
  for (const i of inOrder(places).filter(other => other !== index)) settled.set(i, sunk(places[i], [...settled.values()]));
  return risen(places.map((place, i) => settled.get(i)));
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
