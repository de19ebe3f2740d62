import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concealed } from '../../src-main/adapters/log-concealment.ts';
import { openLog } from '../../src-main/adapters/pino-log.ts';
import type { Log } from '../../src-main/ports/deps.ts';
import { freshFolder } from '../support/open-test-store.ts';

async function written(write: (log: Log) => void): Promise<{ text: string; lines: Record<string, unknown>[] }> {
  const folder = join(await freshFolder(), 'logs');
  const log = openLog(folder);
  write(log);
  log.close();
  const text = readFileSync(join(folder, 'vestibule.log'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return { text, lines: lines.map((line) => JSON.parse(line)) };
}

test('a line is one JSON object with time, level, fields and message', async () => {
  const { lines } = await written((log) => log.warn({ letter: 'a1', attempts: 2 }, 'Not delivered'));
  expect(lines).toEqual([{ level: 40, time: expect.any(String), letter: 'a1', attempts: 2, msg: 'Not delivered' }]);
});

test('S80 secrets are concealed by name, at any depth', async () => {
  const { text } = await written((log) =>
    log.error(
      {
        password: 'hunter2',
        nested: { newPassword: 'hunter2', list: [{ resetToken: 'hunter2' }], deeper: { clientSecret: 'hunter2' } },
        headers: { Cookie: 'sid=hunter2', authorization: 'Bearer hunter2' },
        verificationCode: 'hunter2',
        sealed: 'hunter2',
        bytes: Buffer.from('hunter2'),
      },
      'Something failed',
    ),
  );
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain(Buffer.from('hunter2').toString('base64'));
});

test('S80 secrets are concealed by shape: mailed codes, recovery codes, tokens, hashes', async () => {
  const token = 'q83vEjRWeJCrze_-q83vEjRWeJCrze_-q83vEjRWeJA';
  const { text } = await written((log) => {
    log.info({ subject: 'Your code 042917', seen: ['ABCDE-FGHJK-MNPQR-STVWX'] }, `GET /?launch=${token}`);
    log.info({ stored: '$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA' }, 'Typed 042917.');
  });
  for (const secret of ['042917', 'FGHJK', token, 'aGFzaA']) expect(text).not.toContain(secret);
});

test('S80 an error shows its kind and place, not the input its message quotes', async () => {
  const parsing = () => JSON.parse('{"password":"hunter2"');
  const unquoted = new Error('Failed query: insert into accounts\nparams: hunter2,ada@example.org');
  const { text, lines } = await written((log) => {
    try {
      parsing();
    } catch (cause) {
      log.error({ error: new Error('Reading "hunter2" failed', { cause }) }, 'Bug');
    }
    log.error({ error: Object.assign(unquoted, { code: 'SQLITE_BUSY' }) }, 'Bug');
  });
  expect(text).not.toContain('hunter2');
  expect(lines[0]?.error).toMatchObject({
    name: 'Error',
    message: 'Reading "…" failed',
    cause: { name: 'SyntaxError' },
  });
  expect(lines[1]?.error).toMatchObject({ kind: 'SQLITE_BUSY', message: 'Failed query: insert into accounts' });
  expect(JSON.stringify(lines[1]?.error)).toContain('pino-log.test.ts');
});

test('S80 whatever stands under a secret name never comes out', () => {
  const name = fc.constantFrom('password', 'Passphrase', 'code', 'access_token', 'SECRET', 'setCookie', 'pepper');
  fc.assert(
    fc.property(name, fc.anything(), (secret, value) => {
      expect(concealed({ at: { [secret]: value } })).toEqual({ at: { [secret]: '[concealed]' } });
    }),
  );
});

test('S56 a name with line breaks stays inside its line', async () => {
  const { lines } = await written((log) => log.info({ name: 'Eve\r\n{"level":50,"msg":"forged"}' }, 'Added'));
  expect(lines).toHaveLength(1);
});

test('a field that contains itself, or is of any other kind, is written without failing', async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const odd = { circle, big: 1n, none: null, missing: undefined, when: Number.NaN, act: () => 1 };
  const { lines } = await written((log) => log.info(odd, 'Odd'));
  expect(lines[0]).toMatchObject({ big: '1', none: null, msg: 'Odd' });
});

test('a log over 5 MB becomes the previous one at start; files are the owner’s alone', async () => {
  const folder = await freshFolder();
  writeFileSync(join(folder, 'vestibule.log'), 'x'.repeat(5 * 1024 * 1024 + 1));
  openLog(folder).close();
  expect(readdirSync(folder).sort()).toEqual(['vestibule.log', 'vestibule.previous.log']);
  const { size, mode } = statSync(join(folder, 'vestibule.log'));
  expect({ size, mode: mode & 0o777 }).toEqual({ size: 0, mode: 0o600 });
});
