import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { JAR, Server, launch, live, missing, open, reads, violations } from './support.js';

const PASSWORD = 'correct horse battery staple';

describe('login', { skip: missing }, () => {
  let folder, server, browser;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidepole-login-'));
    execFileSync('java', ['-jar', JAR, 'password', 'set', 'ada', '--read', '*', `--data=${folder}`], { input: `${PASSWORD}\n` });
    server = await Server.start(0, '--auth.enabled=true', `--data=${folder}`, '--history.durability=memory');
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const fill = async (page, password) => {
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
  };

  for (const colorScheme of ['dark', 'light']) {
    test(`loginPage_${colorScheme}_hasNoViolation_alsoAfterAWrongPassword`, async () => {
      const { page, context } = await open(browser, new URL('/login', server.url).href, { colorScheme });
      assert.deepEqual(await violations(page), []);
      await fill(page, 'wrong');
      await reads(page, '[role=alert]', /\S/);
      assert.deepEqual(await violations(page), []);
      await context.close();
    });
  }

  test('loginPage_speaksTheReadersLanguage_itsFaultsToo_andKeepsWhatWasChosen', async () => {
    const { page, context, seen } = await open(browser, new URL('/login?next=/system', server.url).href, { locale: 'de-CH' });
    await page.getByRole('button', { name: 'Anmelden' }).waitFor();
    assert.deepEqual([await page.title(), await page.getAttribute('html', 'lang')], ['Anmelden – Tidepole', 'de']);
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Passwort').fill('wrong');
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await reads(page, '[role=alert]', /^Der Name oder das Passwort ist falsch\.$/);
    await page.getByRole('button', { name: 'English' }).click();
    await reads(page, '[role=alert]', /^The name or the password is wrong\.$/);
    seen.console.length = 0; // the browser notes the status of the refusal
    await page.goto(new URL('/login?next=/system', server.url).href);
    await page.getByLabel('Password').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await page.getByLabel('Passwort').fill(PASSWORD);
    await page.getByLabel('Name').fill('ada');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/system$/);
    await reads(page, 'main h1', /^System$/);
    assert.equal(await page.getAttribute('html', 'lang'), 'de');
    assert.deepEqual(seen.console, []);
    await context.close();
  });

  test('loginPage_withoutAScript_speaksEnglish', async () => {
    const { page, context } = await open(browser, new URL('/login', server.url).href, { javaScriptEnabled: false, locale: 'de-CH' });
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await context.close();
  });

  test('stranger_isAskedToLogIn_seesEveryPageAndLogsOut', async () => {
    const { page, context, seen } = await open(browser, new URL('/system', server.url).href);
    await page.waitForURL(/\/login\?next=/);
    seen.console.length = 0; // a stranger's requests are refused, and the browser notes that
    await page.keyboard.press('Tab');
    await page.keyboard.type('ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/system$/);
    await live(page);
    await reads(page, '.person', /ada/);
    for (const path of ['/', '/devices', '/explore', '/dashboards', '/system']) {
      await page.locator(`.nav a[href="${path}"]`).first().click();
      await page.waitForFunction(wanted => location.pathname === wanted && document.querySelector('main h1, main .tile'), path);
      await live(page);
    }
    await reads(page, '.figure b', /\d/);
    assert.equal(await page.locator('.config').isVisible(), false, 'settings are for administrators');
    assert.deepEqual(seen.console, []);
    assert.deepEqual(await violations(page), []);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(/\/login/);
    await page.goto(server.url);
    await page.waitForURL(/\/login/);
    await context.close();
  });
});
