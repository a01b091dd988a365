import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { JAR, Server, launch, missing, open } from './support.js';

describe('embed on a page of another site', { skip: missing }, () => {
  let folder, outer, server, browser, token, framed;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidepole-embed-'));
    outer = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(`<!doctype html><link rel="icon" href="data:,"><iframe src="${framed}" width="600" height="300"></iframe>`));
    outer.listen(0, '127.0.0.1');
    await once(outer, 'listening');
    token = execFileSync('java', ['-jar', JAR, 'token', 'create', '--name', 'frame', '--read', 'cpu_usage', '--expires', '1d', `--data=${folder}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    server = await Server.start(0, '--auth.enabled=true', `--embed.frame_ancestors=self http://localhost:${outer.address().port}`, `--data=${folder}`, '--history.durability=memory');
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.kill();
    outer?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const show = async query => {
    framed = new URL(`/embed?${new URLSearchParams(query)}`, server.url).href;
    const opened = await open(browser, `http://localhost:${outer.address().port}/`);
    return { ...opened, frame: opened.page.frames().find(frame => frame.url() === framed) };
  };

  test('token_inTheAddress_showsWhatItReads', async () => {
    const { frame, context, seen } = await show({ select: 'cpu_usage', token });
    await frame.waitForFunction(() => /\d/.test(document.querySelector('.evalue:not([hidden])')?.textContent ?? ''), null, { timeout: 30_000 });
    assert.deepEqual(seen.console, []);
    await context.close();
  });

  test('token_forSomethingElse_showsNothingOfIt', async () => {
    const { frame, context } = await show({ select: 'memory_usage', token });
    await frame.waitForFunction(() => document.querySelector('.pill')?.dataset.state === 'live', null, { timeout: 30_000 });
    const known = await frame.evaluate(async shown => (await (await fetch(`/api/v1/series?${new URLSearchParams({ token: shown })}`)).json()).series.map(({ metric }) => metric), token);
    assert.deepEqual(known, ['cpu_usage']);
    assert.equal(await frame.locator('.evalue:not([hidden])').count(), 0);
    await context.close();
  });
});
