import { EventEmitter } from 'node:events';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  findBrowser,
  followWindow,
  HAND_OVER,
  hasDisplay,
  type Machine,
  windowArguments,
} from '../../../src-main/hosts/loopback/browser-window.ts';
import { openFolder } from '../../../src-main/hosts/loopback/open-folder.ts';
import { dataFolderForTest, startHostForTest } from '../support/start-loopback.ts';

const machine = (
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  programs: string[] = [],
  isRoot = false,
): Machine => ({
  platform,
  env,
  isRoot,
  isProgram: (path) => programs.includes(path),
});

describe('the browser', () => {
  test.each([
    [
      'CHROME_PATH first',
      machine('linux', { CHROME_PATH: '/my/chrome', PATH: '/usr/bin' }, ['/my/chrome', '/usr/bin/chromium']),
      '/my/chrome',
    ],
    [
      'not a CHROME_PATH that is no program',
      machine('linux', { CHROME_PATH: '/gone', PATH: '/usr/bin' }, ['/usr/bin/chromium']),
      '/usr/bin/chromium',
    ],
    [
      'Chrome before Chromium before Edge',
      machine('linux', { PATH: '/a:/b' }, ['/b/google-chrome', '/a/chromium', '/a/microsoft-edge']),
      '/b/google-chrome',
    ],
    ['Edge where it is alone', machine('linux', { PATH: '/a:/b' }, ['/b/microsoft-edge']), '/b/microsoft-edge'],
    [
      'an application of macOS',
      machine('darwin', { HOME: '/Users/mia' }, ['/Users/mia/Applications/Chromium.app/Contents/MacOS/Chromium']),
      '/Users/mia/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    [
      'Edge of Windows',
      machine('win32', { 'ProgramFiles(x86)': 'C:\\P86' }, ['C:\\P86\\Microsoft\\Edge\\Application\\msedge.exe']),
      'C:\\P86\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    ['none', machine('linux', { PATH: '/usr/bin' }), null],
  ])('is %s', (_, where, browser) => {
    expect(findBrowser(where)).toBe(browser);
  });

  test('has its own profile, no accounts, and a sandbox wherever it can have one', () => {
    const words = windowArguments('http://x/', '/data/browser-profile', machine('linux', {}));
    expect(words).toEqual(
      expect.arrayContaining([
        '--app=http://x/',
        '--user-data-dir=/data/browser-profile',
        '--no-first-run',
        '--disable-sync',
      ]),
    );
    expect(words).not.toContain('--no-sandbox');
    expect(windowArguments('http://x/', '/p', machine('linux', {}, [], true))).toContain('--no-sandbox');
    expect(windowArguments('http://x/', '/p', machine('darwin', {}, [], true))).not.toContain('--no-sandbox');
  });

  test('needs a display', () => {
    const env = [{}, { DISPLAY: '' }, { DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'wayland-0' }];
    expect(env.map((one) => hasDisplay(machine('linux', one)))).toEqual([false, false, true, true]);
    expect(hasDisplay(machine('darwin', {}))).toBe(true);
  });
});

describe('the window', () => {
  afterEach(() => vi.useRealTimers());

  test.each([
    ['closed after a while ends the app', HAND_OVER, 0, ['closed']],
    ['crashed after a while ends the app', HAND_OVER, 139, ['closed']],
    ['handed over to a browser that runs already does not', HAND_OVER - 1, 0, []],
    ['that never came does not, and is told of', HAND_OVER - 1, 1, ['failed']],
  ])('%s', (_, after, status, told) => {
    vi.useFakeTimers();
    const browser = new EventEmitter();
    const heard: string[] = [];
    followWindow(
      browser as unknown as Parameters<typeof followWindow>[0],
      () => heard.push('closed'),
      () => heard.push('failed'),
    );
    vi.advanceTimersByTime(after);
    browser.emit('exit', status);
    expect(heard).toEqual(told);
  });

  test('opens with the app and is closed with it; the address is printed all the same', async () => {
    const browser = join(dataFolderForTest(), 'browser');
    writeFileSync(browser, '#!/bin/sh\necho "$1" > "$0.new" && mv "$0.new" "$0.word"\nexec sleep 1000\n');
    chmodSync(browser, 0o700);
    const started = startHostForTest([], { CHROME_PATH: browser, DISPLAY: ':none' });
    const { port, token } = await started.ready();
    await expect.poll(() => existsSync(`${browser}.word`)).toBe(true);
    const word = readFileSync(`${browser}.word`, 'utf8');
    expect(word).toContain(`--app=http://vestibule.localhost:${port}/?launch=`);
    expect(word).not.toContain(token);
    expect((statSync(join(started.data, 'browser-profile')).mode & 0o777).toString(8)).toBe('700');
    started.child.kill('SIGTERM');
    expect([await started.ended, started.stderr()]).toEqual([0, '']);
  });

  test('that cannot be opened leaves the address, and a word on stderr', async () => {
    const started = startHostForTest([]);
    await started.ready();
    await expect.poll(() => started.stderr()).toMatch(/^There is no display, .*\n$/);
    expect(started.stdout().split('\n')).toHaveLength(2);
  });
});

test('a folder that nothing can show is told to the caller', async () => {
  vi.stubEnv('PATH', dataFolderForTest());
  expect(await openFolder('/anywhere', 'linux')).toBe(false);
  vi.unstubAllEnvs();
});

test.each([
  [0, true],
  [4, false],
])('an opener that ends with %i says whether the folder was shown', async (status, shown) => {
  const folder = dataFolderForTest();
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$#:$1" > ${folder}/words\nexit ${status}\n`);
  chmodSync(join(folder, 'xdg-open'), 0o700);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  expect(await openFolder("/a b; 'c' $(d)", 'linux')).toBe(shown);
  expect(readFileSync(join(folder, 'words'), 'utf8')).toBe("1:/a b; 'c' $(d)\n");
  vi.unstubAllEnvs();
});
