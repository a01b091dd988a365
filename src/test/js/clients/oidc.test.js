import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import Provider from 'oidc-provider';
import { Server } from '../browser/support.js';

const JAR = process.env.TIDEPOLE_JAR || 'target/tidepole.jar';

/** A browser as far as these tests need one: it keeps cookies by server, and follows nothing by itself. */
class Browser {
  #cookies = new Map();

  async ask(url, form) {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map();
    this.#cookies.set(origin, jar);
    const answer = await fetch(url, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), accept: 'text/html', ...(form ? { origin } : {}) },
      body: form ? new URLSearchParams(form) : undefined,
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  /** Follows until an answer is no redirect, or leads to where `stop` says. */
  async follow(url, stop = () => false, form) {
    let answer = await this.ask(url, form);
    while (answer.status >= 300 && answer.status < 400) {
      url = new URL(answer.headers.get('location'), url).href;
      if (stop(url)) return { url };
      answer = await this.ask(url);
    }
    return { url, answer };
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

function provider(issuer, redirect) {
  return new Provider(issuer, {
    clients: [{ client_id: 'tidepole', client_secret: 'a secret of the client', redirect_uris: [redirect] }],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'groups'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, groups: [`${id}-group`] }) }),
    cookies: { keys: ['a key of this test'] },
  });
}

/** Answers what the provider asks for: who, and whether that is all right. */
async function agree(browser, url, login) {
  const back = next => next.includes('/auth/callback');
  let at = await browser.follow(url, back);
  for (const prompt of [{ prompt: 'login', login, password: 'any' }, { prompt: 'consent' }]) {
    if (!at.answer) break;
    const action = /action="([^"]+)"/.exec(await at.answer.text())[1];
    at = await browser.follow(new URL(action, at.url).href, back, prompt);
  }
  return at.url;
}

test('people_logInAtAProvider_andAreWhatTheirRolesSay', { timeout: 180_000 }, async t => {
  const data = mkdtempSync(join(tmpdir(), 'tidepole-oidc-'));
  const [idPort, port] = [await freePort(), await freePort()];
  const issuer = `http://127.0.0.1:${idPort}`;
  const home = `http://127.0.0.1:${port}`;
  const people = provider(issuer, `${home}/auth/callback`).listen(idPort, '127.0.0.1');
  t.after(() => people.close());
  t.after(() => rmSync(data, { recursive: true, force: true }));
  writeFileSync(join(data, 'secret'), 'a secret of the client\n');
  execFileSync('java', ['-jar', JAR, 'role', 'set', 'ada-group', '--read', 'cpu_usage', `--data=${data}`]);
  const server = await Server.start(port, `--data=${data}`, '--mqtt.enabled=false', '--auth.enabled=true',
    `--auth.oidc_issuer=${issuer}`, '--auth.oidc_client_id=tidepole', `--auth.oidc_secret_file=${join(data, 'secret')}`);
  t.after(() => server.stop());

  const browser = new Browser();
  assert.match(await (await browser.ask(`${home}/login`)).text(), /href="\/auth\/oidc/);
  const back = await agree(browser, `${home}/auth/oidc?next=/devices`, 'ada');

  const stranger = await new Browser().ask(back);
  assert.equal(stranger.status, 401, 'another browser does not finish it');
  const wrongState = new URL(back);
  wrongState.searchParams.set('state', 'x'.repeat(43));
  assert.equal((await browser.ask(wrongState.href)).status, 401);

  const again = await agree(browser, `${home}/auth/oidc?next=/devices`, 'ada');
  const arrived = await browser.ask(again);
  assert.equal(arrived.status, 303);
  assert.equal(arrived.headers.get('location'), '/devices');
  const me = await (await browser.ask(`${home}/api/v1/me`)).json();
  assert.equal(me.userId, 'ada');
  assert.deepEqual(me.read, ['cpu_usage']);
  assert.equal((await browser.ask(again)).status, 401, 'a code is good once');

  const other = new Browser();
  const bob = await other.ask(await agree(other, `${home}/auth/oidc`, 'bob'));
  assert.equal(bob.status, 401);
  assert.match(await bob.text(), /no role here/);
  assert.ok(!server.output.includes('a secret of the client'));
});
