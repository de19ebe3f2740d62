import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { defaultDataFolder } from '../../../src-main/hosts/data-folder.ts';
import { dataFolderForTest, rawRequest, startHost, startHostForTest, stop } from '../support/start-loopback.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test.each([
  ['linux', {}, '/home/mia/.local/share/vestibule'],
  ['linux', { XDG_DATA_HOME: '/home/mia/data' }, '/home/mia/data/vestibule'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/mia/.local/share/vestibule'],
  ['darwin', {}, '/home/mia/Library/Application Support/Vestibule'],
  ['win32', { APPDATA: '/Users/mia/Roaming' }, '/Users/mia/Roaming/Vestibule'],
] as const)('on %s with %j the usual data folder is %s', (platform, env, folder) => {
  expect(defaultDataFolder(platform, env, '/home/mia')).toBe(folder);
});

test('a new data folder, and what it tells other processes, are for their owner alone', async () => {
  const data = join(dataFolderForTest(), 'of', 'mia');
  const started = startHost(['--no-open', '--data', data]);
  onTestFinished(async () => void (await stop(started)));
  await started.ready();
  expect([modeOf(dirname(data)), modeOf(data), modeOf(join(data, 'running.json'))]).toEqual(['700', '700', '600']);
});

test('the app starts in the usual data folder when none is named', async () => {
  const home = dataFolderForTest();
  const started = startHost(['--no-open'], { XDG_DATA_HOME: home });
  onTestFinished(async () => void (await stop(started)));
  await started.ready();
  expect(readdirSync(home)).toEqual(['vestibule']);
});

test('a data folder that cannot be written to ends the start with status 1 and one line that names it', async () => {
  const below = join(dataFolderForTest(), 'file');
  writeFileSync(below, '');
  for (const data of [below, join(below, 'folder'), '/proc/vestibule']) {
    const { ended, stdout, stderr } = startHost(['--no-open', '--data', data]);
    expect([await ended, stdout(), stderr()]).toEqual([
      1,
      '',
      expect.stringMatching(new RegExp(`^[^\\n]*${data}[^\\n]*\\n$`)),
    ]);
  }
  expect(statSync(below).size).toBe(0);
});

test('a data folder that the engine refuses is left as it was', async () => {
  const data = join(dataFolderForTest(), 'from-a-newer-version');
  mkdirSync(data);
  writeFileSync(join(data, 'vestibule.db'), 'newer');
  const { ended, stdout, stderr } = startHost(['--no-open', '--data', data]);
  expect([await ended, stdout(), stderr()]).toEqual([1, '', 'This data folder is from a newer version. Update.\n']);
  expect(readdirSync(data)).toEqual(['vestibule.db']);
});

test('a port that another program uses ends the start with status 1 and one line, and makes no data folder', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const port = String((other.address() as { port: number }).port);
  const data = join(dataFolderForTest(), 'new', 'folder');
  const { ended, stdout, stderr } = startHost(['--no-open', '--data', data, '--port', port]);
  const line = `Port ${port} is in use by another program; choose another with --port.\n`;
  expect([await ended, stdout(), stderr()]).toEqual([1, '', line]);
  expect(readdirSync(join(data, '../..'))).toEqual([]);
});

test('two data folders never share a cookie name', async () => {
  const names = await Promise.all(
    [startHostForTest(), startHostForTest()].map(async ({ ready }) => {
      const { port, token } = await ready();
      const { headers } = await rawRequest(port, `/?launch=${token}`);
      return headers['set-cookie']?.[0]?.split('=')[0];
    }),
  );
  expect(new Set(names).size).toBe(2);
});
