import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOptions, readOptionsFor } from '../../src-main/hosts/options.ts';
import { dataFolderForTest, startHost } from './support/start-loopback.ts';

const AT = '/home/mia';

test('without options the app opens on its usual folder, on any port', () => {
  expect(readOptions([], AT)).toEqual({
    data: null,
    port: 0,
    open: true,
    demo: false,
    host: null,
    migrateVault: null,
    passwordStore: null,
  });
});

test('every option is understood, with its value beside it or after an equals sign', () => {
  expect(readOptions(['--data', 'here', '--port', '8080', '--no-open', '--demo', '--host', 'loopback'], AT)).toEqual({
    data: '/home/mia/here',
    port: 8080,
    open: false,
    demo: true,
    host: 'loopback',
    migrateVault: null,
    passwordStore: null,
  });
  expect(readOptions(['--data=/srv/vestibule', '--port=0', '--host=loopback'], AT)).toEqual({
    data: '/srv/vestibule',
    port: 0,
    open: true,
    demo: false,
    host: 'loopback',
    migrateVault: null,
    passwordStore: null,
  });
});

test.each([
  [['--host', 'electron'], 'electron', null],
  [['--migrate-vault=keychain'], 'electron', 'keychain'],
  [['--host=electron', '--migrate-vault', 'keyFile'], 'electron', 'keyFile'],
  [['--password-store=kwallet6'], 'electron', null],
  [['--port', '0'], 'loopback', null],
  [['--no-open'], 'loopback', null],
  [['--demo'], null, null],
])('%j needs the host %s', (args, host, migrateVault) => {
  expect(readOptions(args, AT)).toMatchObject({ host, migrateVault });
});

test.each([
  [['--colour'], '--colour'],
  [['-p', '80'], '-p'],
  [['--toString'], '--toString'],
  [['--no-demo'], '--no-demo'],
  [['here'], 'here'],
  [['--', 'here'], 'here'],
  [['--data'], '--data'],
  [['--data', ''], '--data'],
  [['--data='], '--data'],
  [['--data', '--no-open'], '--data'],
  [['--port'], '--port'],
  [['--port', 'http'], 'http'],
  [['--port', '65536'], '65536'],
  [['--port', '-1'], '--port'],
  [['--port=-1'], '-1'],
  [['--port', '80.5'], '80.5'],
  [['--port', '0x50'], '0x50'],
  [['--no-open=yes'], 'yes'],
  [['--host', 'web'], 'web'],
  [['--host'], '--host'],
  [['--migrate-vault'], '--migrate-vault'],
  [['--migrate-vault', 'keyfile'], 'keyfile'],
  [['--password-store', 'basic'], 'basic'],
  [['--host', 'electron', '--port', '80'], '--port is for the loopback host, --host electron for Electron'],
  [
    ['--host', 'loopback', '--migrate-vault', 'keyFile'],
    '--host loopback is for the loopback host, --migrate-vault for',
  ],
  [['--demo', '--migrate-vault', 'keychain'], '--demo'],
  [['--no-open', '--migrate-vault', 'keychain'], '--no-open is for the loopback host, --migrate-vault for Electron'],
  [['--software-key'], '--software-key is not built yet'],
])('%j is refused in one line that names what is wrong', (args, named) => {
  expect(() => readOptions(args, AT)).toThrow(named);
  expect(() => readOptions(args, AT)).not.toThrow('\n');
});

test.each([
  ['loopback', '--host=electron', 'These options need --host electron, but this is the loopback host; use npm start.'],
  ['loopback', '--migrate-vault=keychain', 'These options need --host electron'],
  ['electron', '--no-open', 'These options need --host loopback, but this is the electron host; use npm start.'],
] as const)('the %s host refuses %s, which another must follow', (host, option, sentence) => {
  expect(() => readOptionsFor(host, [option], AT)).toThrow(sentence);
});

describe('on the command line', () => {
  test.each(['--colour', '--host=electron', '--software-key'])(
    '%s ends with status 2 and one line, before anything is made',
    async (option) => {
      const data = join(dataFolderForTest(), 'new');
      const { ended, stdout, stderr } = startHost(['--data', data, option]);
      expect([await ended, stdout(), stderr()]).toEqual([
        2,
        '',
        expect.stringMatching(/^.*--(colour|host|software-key).*\n$/),
      ]);
      expect(existsSync(data)).toBe(false);
    },
  );
});
