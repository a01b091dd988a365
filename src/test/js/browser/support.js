import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as pass } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export const JAR = process.env.TIDEPOLE_JAR || 'target/tidepole.jar';
const REQUIRED = Boolean(process.env.CI) || process.env.TIDEPOLE_BROWSER === 'required';
const START_MILLIS = 60_000;

/** The browser's path, or null. */
function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH || '').split(delimiter);
  return folders.map(folder => join(folder, 'chromium')).find(runnable) ?? null;
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why these tests cannot run here, or false. Where a browser is required, its absence fails. */
export const missing = reason();

function reason() {
  const absent = !browserPath() ? 'no Chromium on this machine' : !existsSync(JAR) ? `no server at ${JAR}` : null;
  if (absent && REQUIRED) throw new Error(`${absent}, and the browser tests are required`);
  if (absent) console.error(`The browser tests are SKIPPED: ${absent}`);
  return absent ?? false;
}

export function launch(...more) {
  return chromium.launch({
    executablePath: browserPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', ...more],
  });
}

/** A real server on a free port, or on the port given. */
export class Server {
  static async start(port = 0, ...more) {
    const child = spawn('java', ['-jar', JAR, `--http.port=${port}`, ...(more.some((word) => word.startsWith('--history.')) ? [] : ['--history.durability=memory']), ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new Server(child);
    server.url = await server.#address();
    server.port = Number(new URL(server.url).port);
    return server;
  }

  constructor(child) {
    this.child = child;
    this.output = '';
    child.stderr.on('data', data => (this.output += data));
  }

  /** Stands still, as a machine that swaps or a collector that stops the world. */
  freeze() {
    this.child.kill('SIGSTOP');
  }

  thaw() {
    this.child.kill('SIGCONT');
  }

  /** As a crash: nothing is said to anyone. */
  kill() {
    return this.#end('SIGKILL');
  }

  stop() {
    return this.#end('SIGTERM');
  }

  async #end(signal) {
    if (this.child.exitCode !== null || this.child.signalCode) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }

  #address() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server did not start: ${this.output}`)), START_MILLIS);
      this.child.once('exit', code => reject(new Error(`the server ended with ${code}: ${this.output}`)));
      this.child.stdout.on('data', data => {
        this.output += data;
        const found = /https?:\/\/[^\s"]+/.exec(this.output);
        if (!found) return;
        clearTimeout(timer);
        resolve(found[0].replace('0.0.0.0', '127.0.0.1'));
      });
    });
  }
}

/** A page that remembers what went wrong and where it went. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, colorScheme: 'dark', ...options });
  const page = await context.newPage();
  const seen = { console: [], requests: [], bytes: 0 };
  page.on('console', message => ['error', 'warning'].includes(message.type()) && seen.console.push(message.text()));
  page.on('pageerror', error => seen.console.push(error.stack));
  page.on('request', request => seen.requests.push(request.url()));
  if (options.before) await options.before(page, context);
  await page.goto(url);
  return { page, context, seen };
}

export const state = (page, word) => page.waitForFunction(wanted => document.querySelector('.pill')?.dataset.state === wanted && !document.querySelector('main[aria-busy]'), word, { timeout: 60_000 });
export const live = page => state(page, 'live');

/** The title of a stretch that was zoomed to: with its days where midnight lies between. */
export const ZOOMED = /^(\w+ \d+ )?\d\d:\d\d:\d\d to (\w+ \d+ )?\d\d:\d\d:\d\d$/;

/** Text of the first element that matches, once it is what is wanted. */
export const reads = (page, selector, pattern) =>
  page.waitForFunction(([css, source]) => new RegExp(source).test(document.querySelector(css)?.textContent ?? ''), [selector, pattern.source], { timeout: 30_000 });

/**
 * Runs in the page, with the page's own parts: modules are made once, so an import finds them. The text
 * goes in from outside, where the page's policy does not forbid it.
 */
export const inside = (page, work, argument) =>
  page.evaluate(`import(document.querySelector('script[type=module]').src).then(({ page }) => (${work})(page, ${JSON.stringify(argument ?? null)}))`);

const LOOK_MILLIS = 50;

/** Waits until `work` (see inside) says yes: page.waitForFunction takes the promise of an asynchronous function for one. */
export async function waitUntil(page, work, argument, millis = 60_000) {
  const deadline = Date.now() + millis;
  while (!(await inside(page, work, argument))) {
    if (Date.now() > deadline) throw new Error(`not so after ${millis} ms: ${work}`);
    await pass(LOOK_MILLIS);
  }
}

const axe = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page and goes on finding: while a theme or a level fades in, its contrast is neither the old nor the new one. */
export async function violations(page) {
  await page.evaluate(axe());
  const deadline = Date.now() + 15_000;
  let found;
  do {
    found = (await page.evaluate(() => globalThis.axe.run())).violations;
  } while (found.length > 0 && Date.now() < deadline);
  return found.map(({ id, nodes }) => [id, nodes.map(node => `${node.target} ${node.failureSummary}`)]);
}

const MOST_STOPS = 400;

const MOST_ROUNDS = 3;

/**
 * Goes round by the Tab key. Which controls are not reached, and which do not show that they have the focus.
 * Goes round again where one was missed: it may have come up behind the focus.
 */
export async function walked(page) {
  let found = await walk(page);
  for (let round = 1; round < MOST_ROUNDS && found.missed.length > 0; round++) found = await walk(page);
  return found;
}

async function walk(page) {
  await page.evaluate(mark);
  const unseen = [];
  const reached = new Set();
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(focused);
    if (at === null || reached.has(at.id)) break;
    reached.add(at.id);
    if (!at.shown) unseen.push(at.name);
  }
  const missed = await page.evaluate(ids => globalThis.controls().filter(node => !ids.includes(node.dataset.control)).map(node => node.outerHTML.slice(0, 120)), [...reached]);
  return { missed, unseen };
}

/** Numbers what can be reached: `controls()` are those in sight that take part in the order of Tab. */
function mark() {
  globalThis.controls = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(node => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({ visibilityProperty: true }) && !node.closest('[inert]'));
  globalThis.controls().forEach((node, i) => (node.dataset.control = String(i)));
}

function focused() {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const ringed = ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  const field = node.matches('input, select, textarea') ? node.parentElement : node;
  const shown = [node, field].some(one => ringed(getComputedStyle(one)));
  return { id: node.dataset.control ?? `new ${node.outerHTML.slice(0, 60)}`, name: node.outerHTML.slice(0, 120), shown };
}
