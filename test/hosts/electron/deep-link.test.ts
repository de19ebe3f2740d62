import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDeepLink, routeOf } from '../../../src-main/hosts/deep-link.ts';
import type { Compose } from '../../../src-main/hosts/host-types.ts';
import { composeContractEngine } from '../support/contract-engine.ts';
import { dataFolderForTest } from '../support/start-loopback.ts';
import { computer } from './stand-in.ts';
import { startElectron } from './start-electron.ts';

const CODE = 'ABCDE-FGHJK-MNPQR-STVWX';
const LINK = `vestibule://reset/${CODE}`;
const SCREEN = `app://vestibule/sign-in/reset#${CODE}`;

describe('S68 a link', () => {
  test('to a reset leads to its screen, with the code where no log and no request sees it', () => {
    expect(routeOf(LINK)).toBe(`/sign-in/reset#${CODE}`);
    expect(routeOf(`${LINK}/`)).toBe(`/sign-in/reset#${CODE}`);
  });

  test('to an invitation leads to joining, and nowhere else', () => {
    expect(routeOf(`vestibule://join/${CODE}`)).toBe(`/sign-in/invitation#${CODE}`);
    expect(routeOf(`vestibule://join/${CODE}/approve`)).toBeNull();
  });

  test.each([
    'vestibule://',
    'vestibule://reset',
    'vestibule://reset/',
    'vestibule://reset/ABCDE',
    `vestibule://reset/${'A'.repeat(41)}`,
    `vestibule://reset/${CODE.toLowerCase()}`,
    `vestibule://reset/${CODE}/approve`,
    `vestibule://reset/${CODE}?next=/users`,
    `vestibule://reset/${CODE}#x`,
    `vestibule://reset/${CODE}%0A`,
    `vestibule://reset/${CODE}\n`,
    `vestibule://reset/${CODE}" --no-sandbox`,
    `vestibule://user@reset/${CODE}`,
    `vestibule://reset:1/${CODE}`,
    `vestibule://approve/${CODE}`,
    `vestibule:reset/${CODE}`,
    `https://reset/${CODE}`,
    'javascript:alert(1)',
    'vestibule://reset/<img src=x onerror=alert(1)>AAAA',
    null,
    undefined,
    {},
  ])('%j leads nowhere', (link) => {
    expect(routeOf(link)).toBeNull();
  });

  test('leads to a screen of ours or nowhere, whatever it says', () => {
    const part = fc.oneof(
      fc.constantFrom('vestibule://', 'reset/', CODE, '..', '/', '#', '?', '%2e', '\\', 'A-'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const route = routeOf(parts.join(''));
        if (route !== null) expect(route).toMatch(/^\/sign-in\/reset#[0-9A-Z-]{20,40}$/);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('S68 a link that the system hands over', () => {
  const asked = ({ done }: { done: string[] }) => done.filter((line) => line.startsWith('asked'));

  test('to a second process is followed in the first, if the person at the window says so', async () => {
    const start = { on: computer(), home: dataFolderForTest() };
    const first = startElectron([], start);
    const { loaded } = await first.opened;
    expect(await startElectron([LINK], start).ended).toBe(0);
    await expect.poll(() => asked(first)).toEqual(['asked: A link wants to fill in a code here. Follow it?']);
    expect(loaded).toEqual(['app://vestibule/']);
    first.answer = 0;
    await startElectron([LINK], start).ended;
    await expect.poll(() => loaded).toEqual(['app://vestibule/', SCREEN]);
  });

  test('with the start waits for the window', async () => {
    const started = startElectron([LINK], { on: computer(), home: dataFolderForTest() });
    started.answer = 0;
    const { loaded } = await started.opened;
    await expect.poll(() => loaded).toEqual(['app://vestibule/', SCREEN]);
  });

  test('as an event, as macOS does, also before the window is there', async () => {
    const started = startElectron();
    started.answer = 0;
    let prevented = 0;
    const preventDefault = () => {
      prevented += 1;
    };
    started.app.emit('open-url', { preventDefault }, LINK);
    const { loaded } = await started.opened;
    await expect.poll(() => loaded).toEqual(['app://vestibule/', SCREEN]);
    expect(prevented).toBe(1);
  });

  test('brings no options with it', async () => {
    const elsewhere = dataFolderForTest();
    const words = ['--data', elsewhere, LINK, '--no-sandbox', '--migrate-vault=keyFile', '--colour'];
    const started = startElectron(words, { on: computer(), home: dataFolderForTest() });
    await started.opened;
    expect([readdirSync(elsewhere), started.stdout(), started.stderr()]).toEqual([[], '', '']);
  });

  test.each(['vestibule://approve/everything', 'VESTIBULE:x', '--data=/elsewhere vestibule:'])(
    'is dropped where it leads nowhere, and its text is not logged: %s',
    async (link) => {
      const logged: unknown[] = [];
      const log = { info: () => {}, error: () => {}, warn: (...line: unknown[]) => void logged.push(line) };
      const compose: Compose = async (options) => ({ ...(await composeContractEngine(options)), log });
      const started = startElectron([], { compose });
      const { loaded } = await started.opened;
      started.app.emit('open-url', { preventDefault() {} }, link);
      await expect.poll(() => logged).toEqual([[{}, 'A link that leads nowhere was dropped']]);
      expect([asked(started), loaded]).toEqual([[], ['app://vestibule/']]);
    },
  );

  test('asks once, however often it comes', async () => {
    const started = startElectron();
    await started.opened;
    for (let times = 0; times < 20; times += 1) started.app.emit('open-url', { preventDefault() {} }, LINK);
    await expect.poll(() => asked(started)).toHaveLength(1);
  });

  test('comes to us once the app is installed, and never by running it from its sources', async () => {
    const sources = startElectron();
    const installed = startElectron([], { packaged: true });
    await Promise.all([sources.opened, installed.opened]);
    expect([sources.done.includes('opens vestibule:'), installed.done.includes('opens vestibule:')]).toEqual([
      false,
      true,
    ]);
  });
});

test('what is no link of ours stays an argument', () => {
  expect(['vestibule://reset/x', 'VESTIBULE:x', '--data', 'x vestibule:', 'https://x'].map(isDeepLink)).toEqual([
    ...[true, true],
    ...[false, false, false],
  ]);
});
