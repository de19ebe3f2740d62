import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TOP = join(import.meta.dirname, '../../..');
const json = (file: string) => JSON.parse(readFileSync(join(TOP, file), 'utf8'));
const config = json('scripts/electron-builder.json');
const manifest = json('package.json');

test('S69 the packaged app is no Node.js, takes no debugger, and runs nothing but its own archive', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
  });
});

test('S69 every script is in the archive that is checked; outside lie native modules alone', () => {
  expect([config.asar, config.asarUnpack, config.npmRebuild]).toEqual([{ smartUnpack: false }, ['**/*.node'], false]);
});

test('what the app runs is in the package, and the packages of the build are not', () => {
  const needed = [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'resources/icons/**',
    'package.json',
    '!node_modules/**',
  ];
  expect(config.files).toEqual(expect.arrayContaining(needed));
  expect(manifest.main).toBe('out/main/electron.js');
});

test('there is a package for each system, and links come to it', () => {
  expect([config.linux.target, config.mac.target, config.win.target]).toEqual([['deb', 'AppImage'], ['dmg'], ['nsis']]);
  expect(config.protocols).toEqual([{ name: 'Vestibule link', schemes: ['vestibule'] }]);
  for (const icon of [config.icon, 'resources/icons/tray.png', 'resources/icons/tray@2x.png']) {
    expect([icon, existsSync(join(TOP, icon))]).toEqual([icon, true]);
  }
});

test('CVE-2026-102676: Electron is a version that is mended', () => {
  const [major = 0, minor = 0, patch = 0] = manifest.devDependencies.electron.split('.').map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(45_004_001);
});
