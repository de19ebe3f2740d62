import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser, type Machine, provideBrowser } from '../../scripts/find-browser.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vestibule-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);

/** A program in the one folder of PATH; it may only use what the shell has built in. */
function program(name: string, text = 'exit 0'): string {
  writeFileSync(at(name), `#!/bin/sh\n${text}\n`);
  chmodSync(at(name), 0o755);
  return at(name);
}

const makesProgram = (name: string) =>
  `printf '#!/bin/sh\\nexit 0\\n' > '${at(name)}' && PATH=/bin:/usr/bin chmod +x '${at(name)}'`;

function machine(over: Partial<Machine> = {}): Machine {
  return {
    env: { PATH: folder },
    platform: 'linux',
    isRoot: true,
    playwrightsOwn: async () => at('own'),
    playwright: at('playwright'),
    say: () => undefined,
    ...over,
  };
}

test('CHROME_PATH comes first, then the system, then the test runner’s own', async () => {
  expect(await findBrowser(machine())).toBeNull();
  program('own');
  expect(await findBrowser(machine())).toBe(at('own'));
  program('microsoft-edge');
  expect(await findBrowser(machine())).toBe(at('microsoft-edge'));
  program('chosen');
  expect(await findBrowser(machine({ env: { PATH: folder, CHROME_PATH: at('chosen') } }))).toBe(at('chosen'));
});

test('a CHROME_PATH that is no program is said, not passed over', async () => {
  program('chromium');
  const wrong = machine({ env: { PATH: folder, CHROME_PATH: at('gone') } });
  await expect(findBrowser(wrong)).rejects.toThrow(`CHROME_PATH is set to ${at('gone')}, which is no program`);
  await expect(provideBrowser(wrong)).rejects.toThrow('CHROME_PATH');
});

test('a browser that is there is taken and nothing is installed', async () => {
  program('chromium');
  program('playwright', `: > '${at('touched')}'`);
  expect(await provideBrowser(machine())).toBe(at('chromium'));
  expect(existsSync(at('touched'))).toBe(false);
});

test('without one, the test runner’s installer goes first', async () => {
  program('playwright', makesProgram('own'));
  program('apt-get', `: > '${at('touched')}'`);
  expect(await provideBrowser(machine())).toBe(at('own'));
  expect(existsSync(at('touched'))).toBe(false);
});

test('when that one is refused, apt installs it as root', async () => {
  program('playwright', 'exit 1');
  program('apt-get', `test "$1" = install && ${makesProgram('chromium')}; exit 0`);
  expect(await provideBrowser(machine())).toBe(at('chromium'));
});

test('a download that cannot start here is not taken for a browser', async () => {
  program(
    'playwright',
    `printf '#!/bin/sh\\nexit 127\\n' > '${at('own')}' && PATH=/bin:/usr/bin chmod +x '${at('own')}'`,
  );
  program('apt-get', `test "$1" = install && ${makesProgram('chromium')}; exit 0`);
  expect(await provideBrowser(machine())).toBe(at('chromium'));
});

test('without root or apt it fails saying what to do', async () => {
  program('playwright', 'exit 1');
  program('apt-get', makesProgram('chromium'));
  await expect(provideBrowser(machine({ isRoot: false }))).rejects.toThrow(
    'Install one, or set CHROME_PATH to its program, and run again.',
  );
});
