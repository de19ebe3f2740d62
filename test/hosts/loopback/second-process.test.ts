import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataFolderForTest, enter, rawRequest, startHost, startHostForTest, stop } from '../support/start-loopback.ts';

test('a second process prints a fresh address of the first and ends', async () => {
  const first = startHostForTest();
  const { port, link } = await first.ready();
  const second = startHost(['--no-open', '--data', first.data, '--port', '1']);
  const fresh = await second.ready();
  expect([await second.ended, second.stderr(), fresh.port]).toEqual([0, '', port]);
  expect(fresh.link).not.toBe(link);
  const cookie = await enter(port, fresh.token);
  expect((await rawRequest(port, '/', { headers: { cookie } })).status).toBe(200);
});

test('a data folder is the same by every name', async () => {
  const first = startHostForTest();
  const { port } = await first.ready();
  const alias = join(dataFolderForTest(), 'alias');
  symlinkSync(first.data, alias);
  expect((await startHost(['--no-open', '--data', alias]).ready()).port).toBe(port);
});

test('of five at once, one becomes the app and the others print its address', async () => {
  const data = dataFolderForTest();
  const all = Array.from({ length: 5 }, () => startHost(['--no-open', '--data', data]));
  onTestFinished(async () => void (await Promise.all(all.map(stop))));
  const ports = await Promise.all(all.map(async ({ ready }) => (await ready()).port));
  expect(new Set(ports).size).toBe(1);
});

test('what a killed process left behind does not keep the next from starting', async () => {
  const first = startHostForTest();
  const { token } = await first.ready();
  first.child.kill('SIGKILL');
  await first.ended;
  expect(existsSync(join(first.data, 'running.json'))).toBe(true);
  const next = startHost(['--no-open', '--data', first.data]);
  onTestFinished(async () => void (await stop(next)));
  const ready = await next.ready();
  expect((await rawRequest(ready.port, `/?launch=${token}`)).status).toBe(401);
});

test('only who can read the data folder is given a fresh address', async () => {
  const first = startHostForTest();
  const { port, token } = await first.ready();
  const { secret, ...rest } = JSON.parse(readFileSync(join(first.data, 'running.json'), 'utf8'));
  expect(rest).toEqual({ port, pid: first.child.pid });
  const cookie = await enter(port, token);
  const ask = async (headers: Record<string, string>, method = 'POST') =>
    (
      await rawRequest(port, '/.vestibule/open', {
        method,
        headers: { cookie, ...headers },
        ...(method === 'POST' && { body: '{}' }),
      })
    ).status;
  expect(await ask({})).toBe(403);
  expect(await ask({ 'x-vestibule-secret': token })).toBe(403);
  expect(await ask({ 'x-vestibule-secret': secret, origin: `http://127.0.0.1:${port}` })).toBe(403);
  expect(await ask({ 'x-vestibule-secret': secret, 'sec-fetch-site': 'same-origin' })).toBe(403);
  expect(await ask({ 'x-vestibule-secret': secret, host: 'rebound.example' })).toBe(403);
  expect(await ask({ 'x-vestibule-secret': secret }, 'GET')).toBe(403);
  expect(await ask({ 'x-vestibule-secret': secret })).toBe(200);
});

test('without --no-open the first process opens a window, at a name that WebAuthn knows', async () => {
  const browser = join(dataFolderForTest(), 'browser');
  writeFileSync(browser, '#!/bin/sh\nfor word; do echo "$word"; done > "$0.new" && mv "$0.new" "$0.words"\n');
  chmodSync(browser, 0o700);
  const first = startHostForTest(['--no-open'], { CHROME_PATH: browser, DISPLAY: ':none' });
  const { port } = await first.ready();
  const second = startHost(['--data', first.data], { CHROME_PATH: browser, DISPLAY: ':none' });
  expect([await second.ended, second.stdout(), second.stderr()]).toEqual([0, '', '']);
  const words = await expect
    .poll(() => existsSync(`${browser}.words`))
    .toBe(true)
    .then(() => readFileSync(`${browser}.words`, 'utf8').split('\n'));
  expect(words).toContain(`--user-data-dir=${first.data}/browser-profile`);
  expect(words[0]).toMatch(new RegExp(`^--app=http://vestibule\\.localhost:${port}/\\?launch=[\\w-]{43}$`));
});
