import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

/**
 * The colours keep what the look promises. Contrast after WCAG 2; colour blindness after Machado,
 * Oliveira and Fernandes 2009 at full severity; distance in OKLab, times 100.
 */
const css = readFileSync(new URL('../../../../webroot/tokens.css', import.meta.url), 'utf8');
const coloursOf = selector => Object.fromEntries([...css.slice(css.indexOf(selector)).split('}')[0].matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]));
const themes = { dark: coloursOf('[data-theme="dark"]'), light: coloursOf('[data-theme="light"]') };

const SURFACES = ['bg', 'surface', 'raised'];
const SERIES = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];
const EYES = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const linear = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255).map(x => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
const luminance = hex => linear(hex).reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const times = (matrix, [r, g, b]) => [0, 1, 2].map(i => matrix[3 * i] * r + matrix[3 * i + 1] * g + matrix[3 * i + 2] * b);
const seenBy = (eyes, hex) => times(eyes, linear(hex)).map(x => Math.min(1, Math.max(0, x)));

function oklab(rgb) {
  const lms = times([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], rgb).map(Math.cbrt);
  return times([0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662, -0.808675766], lms);
}

const distance = (a, b, eyes = EYES.normal) => {
  const [x, y] = [a, b].map(hex => oklab(seenBy(eyes, hex)));
  return 100 * Math.hypot(...x.map((value, i) => value - y[i]));
};

function closest(colours, eyes) {
  let least = Infinity;
  colours.forEach((a, i) => colours.slice(i + 1).forEach(b => (least = Math.min(least, distance(a, b, eyes)))));
  return least;
}

for (const [theme, colours] of Object.entries(themes)) {
  test(`${theme}_text_isReadableOnEverySurface`, () => {
    for (const name of ['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'warn', 'crit']) {
      for (const surface of SURFACES) assert.ok(contrast(colours[name], colours[surface]) >= 4.5, `${name} on ${surface}`);
    }
    for (const [name, wash] of [['on-accent', 'accent'], ['ink', 'warn-wash'], ['ink', 'crit-wash'], ['warn', 'warn-wash'], ['crit', 'crit-wash'], ['ink-2', 'accent-wash'], ['ink-3', 'accent-wash']]) {
      assert.ok(contrast(colours[name], colours[wash]) >= 4.5, `${name} on ${wash}`);
    }
  });

  test(`${theme}_graphics_areSeenOnPageAndCell`, () => {
    for (const name of ['edge', 's0', ...SERIES]) {
      for (const surface of ['bg', 'surface']) assert.ok(contrast(colours[name], colours[surface]) >= 3, `${name} on ${surface}`);
    }
  });

  for (const [eyes, matrix] of Object.entries(EYES)) {
    test(`${theme}_series_areToldApart_${eyes}`, () => {
      const series = SERIES.map(name => colours[name]);
      assert.ok(closest(series, matrix) >= 8, 'all eight');
      assert.ok(closest(series.slice(0, 4), matrix) >= 10, 'the first four');
    });
  }

  test(`${theme}_state_isNeverMistakenForASeries`, () => {
    for (const state of ['warn', 'crit', 'ok']) for (const name of SERIES) assert.ok(distance(colours[state], colours[name]) >= 7, `${state} and ${name}`);
  });
}

test('loginPage_lightTokens_areThoseOfTheOtherPages', () => {
  const login = readFileSync(new URL('../../../../webroot/login.css', import.meta.url), 'utf8');
  const own = [...login.slice(login.indexOf('@media (prefers-color-scheme: light)')).matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]);
  assert.ok(own.length > 5);
  for (const [name, hex] of own) assert.equal(hex, themes.light[name], name);
});
