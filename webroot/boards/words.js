import { language } from '../locale.js';
import { words as en } from './words/en.js';
import { words as de } from './words/de.js';

/** What dashboards say. The other pages have their own file, so that they need not load this one. */
export const words = { en, de }[language] ?? en;
