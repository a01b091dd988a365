/** Narrow no-break space: between a number and its unit. */
export const NB = '\u202f';

/** What the pages speak, each by its own name. A language is a file in `words/`. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' };

const KEY = 'tidepole.language';
const FIRST = 'en';

/** The first language of a list of wishes (such as 'de-CH') that the pages speak. */
export function languageOf(wishes) {
  return wishes.map(wish => wish?.toLowerCase().split('-')[0]).find(code => Object.hasOwn(LANGUAGES, code)) ?? FIRST;
}

/** Numbers and dates as the reader's own region writes them, where that is a region of the language. */
export function localeOf(language, wishes) {
  return wishes.find(wish => languageOf([wish]) === language && wish.toLowerCase().startsWith(language)) ?? language;
}

/** Storage may be denied; then the address carries the choice. */
function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Whether the choice is kept for other pages. */
export function remember(language) {
  try {
    localStorage.setItem(KEY, language);
    return true;
  } catch {
    return false;
  }
}

/** Speaks another language: all words are read once, so the page is loaded anew. */
export function speak(language) {
  const address = new URL(location.href);
  address.searchParams.delete('lang');
  if (!remember(language)) address.searchParams.set('lang', language);
  location.replace(address);
}

const inBrowser = typeof document !== 'undefined';
const wishes = inBrowser ? navigator.languages : [];
const asked = inBrowser ? [new URLSearchParams(location.search).get('lang'), stored()] : [];

export const language = languageOf([...asked, ...wishes].filter(Boolean));
export const locale = localeOf(language, wishes);

/** What stands between the whole and its fraction. */
export const DECIMAL = new Intl.NumberFormat(locale).formatToParts(1.5).find(part => part.type === 'decimal').value;
