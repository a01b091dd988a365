const SVG = 'http://www.w3.org/2000/svg';

/** 16 × 16, 1.5 px stroke; what is listed under `fill` is filled. */
const SHAPES = {
  live: { circles: [[8, 8, 4, 'fill']] },
  wait: { circles: [[8, 8, 5.5, 'dashed']] },
  stale: { circles: [[8, 8, 5.75]], paths: ['M8 4.8V8l2.1 1.4'] },
  offline: { circles: [[8, 8, 5.75]], paths: ['M4 12 12 4'] },
  warn: { paths: ['M8 2.2 14.4 13.3H1.6z', 'M8 6.4v3.1M8 11.4v.1'] },
  crit: { paths: ['M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z', 'M8 4.9v3.7M8 11v.1'] },
  done: { circles: [[8, 8, 6]], paths: ['m5.4 8.2 1.8 1.8 3.4-3.8'] },
  pause: { paths: ['M5.5 3.5v9M10.5 3.5v9'] },
  play: { paths: ['M5 3.2v9.6L12.6 8z'] },
  sun: { circles: [[8, 8, 2.9]], paths: ['M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1'] },
  moon: { paths: ['M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z'] },
  wall: { paths: ['M2 6V2.5h3.5M10.5 2.5H14V6M14 10v3.5h-3.5M5.5 13.5H2V10'] },
  copy: { rects: [[5.5, 5.5, 8, 8, 1.5]], paths: ['M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5'] },
  again: { paths: ['M13.3 8a5.3 5.3 0 1 1-1.6-3.8M13.3 2.3v2.6h-2.6'] },
  slow: { circles: [[8, 8, 5.5]], fill: ['M8 2.5a5.5 5.5 0 0 1 0 11z'] },
  link: { paths: ['M6.7 9.3 9.3 6.7M6 5.4l1.7-1.7a3.2 3.2 0 0 1 4.6 4.6L10.6 10M10 10.6l-1.7 1.7a3.2 3.2 0 0 1-4.6-4.6L5.4 6'] },
  cut: { paths: ['M6 5.4l1.7-1.7a3.2 3.2 0 0 1 4.6 4.6L10.6 10M10 10.6l-1.7 1.7a3.2 3.2 0 0 1-4.6-4.6L5.4 6M2 2l12 12'] },
  sensor: { circles: [[8, 8, 1.6]], paths: ['M4.7 11.3a4.7 4.7 0 0 1 0-6.6M11.3 4.7a4.7 4.7 0 0 1 0 6.6'] },
  server: { rects: [[2.5, 3, 11, 4.2, 1], [2.5, 8.8, 11, 4.2, 1]], paths: ['M5 5.1h.1M5 10.9h.1'] },
  table: { rects: [[2.2, 3, 11.6, 10, 1.2]], paths: ['M2.2 6.5h11.6M6.5 6.5V13'] },
  more: { circles: [[3.2, 8, 1.1, 'fill'], [8, 8, 1.1, 'fill'], [12.8, 8, 1.1, 'fill']] },
  image: { rects: [[2.2, 2.8, 11.6, 10.4, 1.2]], circles: [[5.6, 6, 1]], paths: ['m2.6 11.6 3.2-3 2.2 2 3-3.2 2.6 2.6'] },
  save: { paths: ['M8 2.2v8M4.8 7.2 8 10.4l3.2-3.2M2.5 13.2h11'] },
  time: { circles: [[8, 8, 5.75]], paths: ['M8 4.8V8l2.1 1.4'] },
  flag: { paths: ['M4 14V2.5h7.5L9.8 5.4l1.7 2.9H4'] },
  close: { paths: ['m4 4 8 8M12 4l-8 8'] },
  pulse: { paths: ['M1.8 8.6h2.6l1.9-5 3.1 9 1.9-4h2.9'] },
  curve: { paths: ['M2.5 2.5v11h11', 'M5 10.2 7.6 7l2.2 1.8 3.7-4.6'] },
  grid: { rects: [[2.5, 2.5, 4.6, 4.6, 0.8], [8.9, 2.5, 4.6, 4.6, 0.8], [2.5, 8.9, 4.6, 4.6, 0.8], [8.9, 8.9, 4.6, 4.6, 0.8]] },
  search: { circles: [[7, 7, 4.3]], paths: ['m10.3 10.3 3.4 3.4'] },
  down: { paths: ['m4.5 6.3 3.5 3.4 3.5-3.4'] },
  up: { paths: ['m4.5 9.7 3.5-3.4 3.5 3.4'] },
  back: { paths: ['M9.7 4.5 6.3 8l3.4 3.5'] },
  add: { paths: ['M8 3.2v9.6M3.2 8h9.6'] },
  edit: { paths: ['M3 13v-2.6l7.6-7.6 2.6 2.6L5.6 13z', 'm9 4.4 2.6 2.6'] },
  undo: { paths: ['M5.4 3.2 2.6 6l2.8 2.8', 'M2.8 6h6.4a3.8 3.8 0 0 1 0 7.6H6.4'] },
  redo: { paths: ['M10.6 3.2 13.4 6l-2.8 2.8', 'M13.2 6H6.8a3.8 3.8 0 0 0 0 7.6h2.8'] },
  bin: { paths: ['M3 4.5h10M6.2 4.5V2.8h3.6v1.7M4.4 4.5l.6 8.7h6l.6-8.7'] },
  help: { circles: [[8, 8, 6]], paths: ['M6.3 6.3a1.8 1.8 0 1 1 2.5 1.7c-.6.25-.8.6-.8 1.2M8 11.3v.1'] },
};

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** Draws nothing but a shape that always comes with a word. */
export function icon(name, extra = '') {
  const svg = shape('svg', { class: `i ${extra}`.trim(), viewBox: '0 0 16 16', 'aria-hidden': 'true' });
  fillIcon(svg, name);
  return svg;
}

/** Another shape in the same place. */
export function setIcon(svg, name) {
  if (svg.dataset.name !== name) fillIcon(svg, name);
}

function fillIcon(svg, name) {
  const { circles = [], rects = [], paths = [], fill = [] } = SHAPES[name];
  svg.dataset.name = name;
  svg.replaceChildren(
    ...circles.map(([cx, cy, r, kind]) => shape('circle', { cx, cy, r, ...(kind ? { class: kind } : {}) })),
    ...rects.map(([x, y, width, height, rx]) => shape('rect', { x, y, width, height, rx })),
    ...paths.map(d => shape('path', { d })),
    ...fill.map(d => shape('path', { d, class: 'fill' })),
  );
}

/** The staff, its notches and the water. */
export function mark() {
  const svg = shape('svg', { class: 'mark', viewBox: '0 0 20 20', 'aria-hidden': 'true' });
  svg.append(
    shape('path', { class: 'staff', d: 'M10 1.5v17' }),
    shape('path', { class: 'notch', d: 'M10 2.5h4.5v2.7H10zM5.5 5.2H10v2.7H5.5zM10 7.9h4.5v2.7H10z' }),
    shape('path', { class: 'water', d: 'M1.5 13.8c1.7-1.7 3.5-1.7 5.2 0s3.5 1.7 5.2 0 3.5-1.7 6.6-.3' }),
  );
  return svg;
}
