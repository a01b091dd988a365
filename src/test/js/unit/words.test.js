import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { LANGUAGES, languageOf, localeOf } from '../../../../webroot/locale.js';

const folder = new URL('../../../../webroot/words/', import.meta.url);
const languages = Object.fromEntries(await Promise.all(Object.keys(LANGUAGES).map(async code => [code, (await import(new URL(`${code}.js`, folder))).words])));

/** Each text by its path, as [path, what it is made of]. */
function shape(words, path = '') {
  return Object.entries(words).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    return value && typeof value === 'object' ? shape(value, here) : [[here, parts(value)]];
  });
}

/** Which of its arguments a text says. */
function parts(value) {
  if (typeof value !== 'function') return typeof value;
  const marks = Array.from({ length: value.length }, (_, i) => `<${i}>`);
  const text = String(value(...marks));
  return `says ${marks.filter(mark => text.includes(mark)).join(' ')}`;
}

test('languages_eachHasAFileAndEachFileALanguage', () => {
  assert.deepEqual(readdirSync(folder).sort(), Object.keys(LANGUAGES).map(code => `${code}.js`).sort());
});

for (const code of Object.keys(LANGUAGES)) {
  test(`words_${code}_hasTheKeysAndPlaceholdersOfEnglish`, () => assert.deepEqual(shape(languages[code]).sort(), shape(languages.en).sort()));

  test(`words_${code}_noTextIsEmpty`, () => {
    const empty = shape(languages[code]).filter(([path]) => path.split('.').reduce((at, key) => at[key], languages[code]) === '');
    assert.deepEqual(empty, []);
  });
}

test('loginPage_saysTheSameInEachLanguage_andKnowsTheServersSentences', async () => {
  const spoken = await Promise.all(Object.keys(LANGUAGES).map(async code => (await import(new URL(`../../../../webroot/login/${code}.js`, import.meta.url))).words));
  for (const words of spoken) assert.deepEqual(shape(words), shape(spoken[0]));
  const auth = new URL('../../../main/java/io/tidepole/auth/', import.meta.url);
  const sources = readdirSync(auth).map(name => readFileSync(new URL(name, auth), 'utf8')).join('\n');
  for (const sentence of Object.keys(spoken[0].problems)) for (const part of sentence.split(/\{n\}(?: s)?/)) assert.ok(sources.includes(part), sentence);
});

test('language_isTheFirstWishThatThePagesSpeak', () => {
  assert.equal(languageOf(['fr-FR', 'de-CH', 'en']), 'de');
  assert.equal(languageOf(['fr', 'constructor']), 'en');
  assert.equal(languageOf([]), 'en');
});

test('locale_isTheReadersRegionOfTheLanguage', () => {
  assert.equal(localeOf('de', ['en-GB', 'de-CH']), 'de-CH');
  assert.equal(localeOf('de', ['en-GB']), 'de');
});

/** Modules that make what is seen; `icons` holds shapes, not words. */
const SPOKEN = ['app.js', 'page.js', ...['view', 'pages'].flatMap(dir => readdirSync(new URL(`../../../../webroot/${dir}/`, import.meta.url)).map(name => `${dir}/${name}`))];

test('modules_sayNothingThatIsNotInTheWords', () => {
  const found = SPOKEN.filter(name => name.endsWith('.js') && !name.endsWith('icons.js')).flatMap(name => {
    const code = readFileSync(new URL(`../../../../webroot/${name}`, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '').replace(/^(import|export) .* from .*$/gm, '');
    return [...code.matchAll(/'([^'\\\n]*)'|`([^`\\]*)`/g)].map(match => match[1] ?? match[2].replace(/\$\{[^}]*\}/g, ' ')).filter(spoken).map(text => `${name}: ${text}`);
  });
  assert.deepEqual(found, []);
});

/** A sentence-case word that is no name of a key, or two plain words in a row that are no list of class names. */
function spoken(text) {
  if (/^(Array|Arrow|Escape|Enter|Home|End|Page|Tab|Space|Shift)/.test(text) || /[{}<>;/\\=()#.[\]:]/.test(text)) return false;
  return /^[A-Z][a-z]{2,}/.test(text.trim());
}
