/** The pages by their paths. `under` is the entry of the navigation that leads there. */
const ROUTES = [
  { name: 'overview', path: '/', under: 'overview' },
  { name: 'devices', path: '/devices', under: 'devices' },
  { name: 'device', path: '/devices/:id', under: 'devices' },
  { name: 'explore', path: '/explore', under: 'explore' },
  { name: 'dashboards', path: '/dashboards', under: 'dashboards' },
  { name: 'dashboard', path: '/dashboards/:name', under: 'dashboards' },
  { name: 'system', path: '/system', under: 'system' },
];

/** What the navigation shows, in order. */
export const SECTIONS = ['overview', 'devices', 'explore', 'dashboards', 'system'];

/** {name, under, params} of a path, or null for one that is no page. */
export function routeOf(pathname) {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
  for (const route of ROUTES) {
    const params = paramsOf(route.path, path);
    if (params) return { name: route.name, under: route.under, params };
  }
  return null;
}

/** The path of a page: pathOf('device', { id: 'hall 2/press' }) is /devices/hall%202%2Fpress. */
export function pathOf(name, params = {}) {
  const { path } = ROUTES.find(route => route.name === name);
  return path.replace(/:(\w+)/g, (_, key) => encodeURIComponent(params[key]));
}

function paramsOf(pattern, path) {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params = {};
  for (let i = 0; i < wanted.length; i++) {
    if (!wanted[i].startsWith(':')) {
      if (wanted[i] !== given[i]) return null;
    } else if ((params[wanted[i].slice(1)] = decoded(given[i])) === '') return null;
  }
  return params;
}

/** '' for what is no encoded text. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
