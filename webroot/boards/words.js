import { language } from '../locale.js';

/** What dashboards say. The other pages have their own file, so that they need not load this one. */
export const { words } = await import(`./words/${language}.js`);
