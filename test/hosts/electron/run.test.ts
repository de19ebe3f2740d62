import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockFolder } from '../../../src-main/adapters/sqlite/folder-lock.ts';
import { dataFolderForTest, startHostForTest } from '../support/start-loopback.ts';
import { computer, type MenuItem } from './stand-in.ts';
import { startElectron } from './start-electron.ts';

test('one window opens on app://vestibule/, shown once there is something to see', async () => {
  const { opened, windows, done } = startElectron();
  const window = await opened;
  expect([windows.length, window.loaded, done.includes('show')]).toEqual([1, ['app://vestibule/'], false]);
  window.emit('ready-to-show');
  expect(done).toContain('show');
});

test('all that Electron wants before it is ready is told by then', async () => {
  const { opened, done } = startElectron(['--password-store', 'kwallet6']);
  expect(done).toEqual(['path userData', 'switch password-store=kwallet6', 'sandbox for all', 'privileged schemes']);
  await opened;
});

test('data folder and profile are for their owner alone', async () => {
  const data = join(dataFolderForTest(), 'new');
  await startElectron([], { data }).opened;
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect([mode(data), mode(join(data, 'electron'))]).toEqual(['700', '700']);
});

describe('one process a data folder', () => {
  test('a second start shows the window of the first and ends with status 0', async () => {
    const on = computer();
    const first = startElectron([], { on });
    await first.opened;
    const second = startElectron([], { on, data: first.data });
    expect(await second.ended).toBe(0);
    await expect.poll(() => first.done.at(-1)).toBe('show');
    expect([second.windows, first.windows.length, second.stderr()]).toEqual([[], 1, '']);
  });

  test('another data folder is another app', async () => {
    const on = computer();
    await startElectron([], { on }).opened;
    await startElectron([], { on }).opened;
  });

  test('where the loopback host has the folder, that one opens up and this one ends with status 0', async () => {
    const loopback = startHostForTest();
    const { port } = await loopback.ready();
    const started = startElectron([], { data: loopback.data });
    expect(await started.ended).toBe(0);
    expect([started.windows, started.stdout()]).toEqual([
      [],
      expect.stringMatching(new RegExp(`^Vestibule ready at http://127.0.0.1:${port}/\\?launch=[\\w-]{43}\n$`)),
    ]);
  });
});

describe('a start that is refused says why in one line', () => {
  test.each([
    ['--colour', 'Unknown option --colour'],
    ['--inspect', 'Unknown option --inspect'],
    ['--remote-debugging-port=9222', 'Unknown option --remote-debugging-port'],
    ['--port=80', 'These options need --host loopback'],
  ])('S69 with status 2 for %s, before anything is made', async (option, sentence) => {
    const data = join(dataFolderForTest(), 'new');
    const started = startElectron([option], { data });
    expect(await started.ended).toBe(2);
    expect(started.stderr()).toMatch(new RegExp(`^${sentence}.*\n$`));
    expect(started.done).toEqual([]);
    expect(existsSync(data)).toBe(false);
  });

  test('with status 1 for a folder that cannot be written to, and in a box', async () => {
    const data = join(dataFolderForTest(), 'file');
    writeFileSync(data, '');
    const started = startElectron([], { data });
    expect([await started.ended, started.stderr()]).toEqual([
      1,
      expect.stringMatching(/^The data folder .* cannot be .*\n$/),
    ]);
    expect(started.done.at(-1)).toBe(`error box: ${started.stderr().trim()}`);
  });

  test('with status 1 for a folder that the engine refuses, and leaves that as it was', async () => {
    const data = join(dataFolderForTest(), 'from-a-newer-version');
    mkdirSync(data);
    writeFileSync(join(data, 'vestibule.db'), 'newer');
    const started = startElectron([], { data });
    expect([await started.ended, started.stderr()]).toEqual([1, 'This data folder is from a newer version. Update.\n']);
    expect([readdirSync(data), started.windows]).toEqual([['vestibule.db'], []]);
  });
});

describe('the end', () => {
  test('comes when the window is closed, and gives the folder free', async () => {
    const started = startElectron();
    (await started.opened).close();
    expect(await started.ended).toBe(0);
    lockFolder(started.data)?.release();
    expect(started.done.at(-1)).toBe('tray gone');
  });

  test('does not wait for an engine that hangs', { timeout: 5_000 }, async () => {
    const hanging = { handle: async () => new Response(), close: () => new Promise<void>(() => {}) };
    const started = startElectron([], { compose: async () => hanging as never });
    (await started.opened).close();
    expect(await started.ended).toBe(0);
  });
});

describe('menus', () => {
  const labels = (items: readonly MenuItem[]) => items.map(({ label, role }) => label ?? role);

  test('the application has a menu for each usual thing, and none that opens tools', async () => {
    const { menus, opened } = startElectron();
    await opened;
    expect(labels(menus.application).filter((one) => one !== 'appMenu')).toEqual([
      ...['File', 'editMenu', 'View', 'windowMenu', 'help'],
    ]);
    const [file, , view, , help] = menus.application.filter(({ role }) => role !== 'appMenu');
    expect([file, view, help].map((menu) => labels(menu?.submenu ?? []))).toEqual([
      ['Lock', 'Quit'],
      ['reload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'],
      ['about'],
    ]);
  });

  test('the tray shows the window and quits', async () => {
    const started = startElectron();
    const window = await started.opened;
    const choose = (label: string) => started.menus.tray.find((item) => item.label === label)?.click?.();
    expect(labels(started.menus.tray)).toEqual(['Show', 'Lock', 'Quit']);
    choose('Show');
    expect([started.done.at(-1), window.focused, started.windows.length]).toEqual(['show', true, 1]);
    choose('Quit');
    expect(await started.ended).toBe(0);
  });
});

describe('the window’s place', () => {
  const placed = (data: string, place: unknown) => {
    writeFileSync(join(data, 'window.json'), typeof place === 'string' ? place : JSON.stringify(place));
    return startElectron([], { data }).opened.then(({ bounds }) => bounds);
  };

  test('is kept from run to run', async () => {
    const first = startElectron();
    const window = await first.opened;
    window.bounds = { x: 100, y: 120, width: 1000, height: 700 };
    window.close();
    await first.ended;
    expect(JSON.parse(readFileSync(join(first.data, 'window.json'), 'utf8'))).toEqual(window.bounds);
    const again = await startElectron([], { data: first.data }).opened;
    expect(again.bounds).toEqual(window.bounds);
  });

  test.each([
    [
      { x: 5000, y: -900, width: 1000, height: 700 },
      { x: 920, y: 25, width: 1000, height: 700 },
    ],
    [
      { x: 0, y: 0, width: 9999, height: 9999 },
      { x: 0, y: 25, width: 1920, height: 1055 },
    ],
    [
      { x: 10, y: 30, width: 1, height: -1 },
      { x: 10, y: 30, width: 480, height: 400 },
    ],
  ])('%j is brought wholly onto a screen that is there', async (kept, place) => {
    expect(await placed(dataFolderForTest(), kept)).toEqual(place);
  });

  test.each([
    '',
    'null',
    '[]',
    '{"x":"0","y":0,"width":800,"height":600}',
    '{"x":0.5,"y":0,"width":1,"height":1}',
    '{"x":1e99}',
  ])('is the usual one where %j is kept', async (kept) => {
    expect(await placed(dataFolderForTest(), kept)).toMatchObject({ width: 1200, height: 800 });
  });
});
