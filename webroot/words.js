import { language } from './locale.js';

/** Every word that the pages say, in the reader's language. A new one goes into each file of `words/`. */
export const { words } = await import(`./words/${language}.js`);
