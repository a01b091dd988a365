/** Makes webroot/icons from webroot/icon.svg: node src/test/js/tools/icons.js. Run it when the icon changes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from '../browser/support.js';

const svg = readFileSync('webroot/icon.svg', 'utf8');
/** A launcher may cut a maskable icon to a circle: the drawing keeps to the middle, the ground fills the rest. */
const maskable = svg.replace('rx="7"', 'rx="0"').replace('translate(4 4) scale(1.2)', 'translate(7.2 7.2) scale(.88)');
const square = svg.replace('rx="7"', 'rx="0"');

const browser = await launch();
for (const [name, size, source] of [['192', 192, svg], ['512', 512, svg], ['maskable', 512, maskable], ['180', 180, square]]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(source.replace('<svg ', `<svg width="${size}" height="${size}" style="position:fixed;inset:0" `));
  writeFileSync(`webroot/icons/${name}.png`, await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
