import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataFolderForTest, enter, rawRequest, startProcess } from '../support/start-loopback.ts';

/** Long enough for a build, where nothing is built yet. */
const PATIENCE = 180_000;

test('npm start prints its one line, serves the built app, and ends with npm', { timeout: PATIENCE }, async () => {
  const data = dataFolderForTest();
  const npm = startProcess('npm', ['start', '--silent', '--', '--no-open', '--data', data]);
  onTestFinished(() => void npm.child.kill('SIGKILL'));
  const { port, token } = await npm.ready();
  const cookie = await enter(port, token);
  const page = await rawRequest(port, '/', { headers: { cookie } });
  expect([page.status, page.text]).toEqual([200, expect.stringMatching(/<script type="module"[^>]* src="\/assets\//)]);
  const call = await rawRequest(port, '/api/trpc/open.welcome', { headers: { cookie } });
  expect(JSON.parse(call.text).result.data.stage).toBe('setUp');
  expect(npm.stdout().split('\n')).toHaveLength(2);
  npm.child.kill('SIGKILL');
  await npm.ended; // comes when the last process that holds stdout has ended
  expect(existsSync(join(data, 'running.json'))).toBe(false);
});

test('npm start refuses a wrong option before it builds or makes anything', async () => {
  const data = join(dataFolderForTest(), 'new');
  const npm = startProcess('npm', ['start', '--silent', '--', '--data', data, '--colour']);
  expect([await npm.ended, npm.stdout(), npm.stderr()]).toEqual([
    2,
    '',
    expect.stringMatching(/Unknown option --colour\..*\n$/),
  ]);
  expect(existsSync(data)).toBe(false);
});
