import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folderMail } from '../../../src-main/adapters/mail/folder-mail.ts';
import { localOutbox } from '../../../src-main/adapters/mail/local-outbox.ts';
import type { Message } from '../../../src-main/domain/message.ts';
import { SECOND } from '../../../src-main/domain/values.ts';
import type { LocalOutbox } from '../../../src-main/ports/mail.ts';
import { letterOf, MESSAGES, WRITTEN_AT } from '../../support/letters.ts';
import { freshFolder } from '../../support/open-test-store.ts';

let home: string;
let folder: string;
let outbox: LocalOutbox;
beforeEach(async () => {
  home = await freshFolder();
  folder = join(home, 'outbox', 'mail');
  outbox = localOutbox(folder);
});

let order = 0;
async function write(to: string, message: Message = MESSAGES.signInCode): Promise<string> {
  order += 1;
  const at = WRITTEN_AT + order * SECOND;
  await folderMail(folder).send(`id${order}`, letterOf(message, { to }), at);
  return `${new Date(at).toISOString().replaceAll(':', '-')}-id${order}.eml`;
}

test('before the first letter there is nothing, not an error', async () => {
  expect(await outbox.list('all', 10)).toEqual([]);
  expect(await outbox.read('2026-11-22T12-30-05.123Z-a.eml', 'all')).toBeNull();
});

test('R50 lists newest first, with time, addressee and subject, at most as many as asked for', async () => {
  const ids = [];
  for (const message of [MESSAGES.enableCode, MESSAGES.twoStepEnabled, MESSAGES.passwordChanged]) {
    ids.unshift(await write('ada@example.org', message));
  }
  const listed = await outbox.list('all', 2);
  expect(listed).toEqual([
    { id: ids[0], at: expect.any(Number), to: 'ada@example.org', subject: 'Your password was changed' },
    { id: ids[1], at: expect.any(Number), to: 'ada@example.org', subject: 'Two-step verification is active' },
  ]);
  expect((listed[0]?.at ?? 0) - (listed[1]?.at ?? 0)).toBe(SECOND);
});

test('R50 shows a person letters to their own addresses only, compared by their key form (S18)', async () => {
  const mine = await write('Ada@Example.org');
  const other = await write('bob@example.org');
  const keys = [
    ['ada@example.org'],
    ['ADA@EXAMPLE.ORG'],
    ['ada＠example.org'],
    ['bob@example.org', 'x@example.org'],
    [],
  ];
  const ids = await Promise.all(keys.map(async (key) => (await outbox.list(key, 9)).map(({ id }) => id)));
  expect(ids).toEqual([[mine], [mine], [mine], [other], []]);
  expect(await outbox.read(other, ['ada@example.org'])).toBeNull();
  expect(await outbox.read(other, [])).toBeNull();
  expect((await outbox.read(mine, ['ada@example.org']))?.text).toContain('042917');
});

test('an address that is none matches nothing, not even a letter without a readable addressee', async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '2026-11-22T12-30-05.123Z-x.eml'), 'To: undisclosed\r\n\r\nbody');
  expect(await outbox.list(['', 'undisclosed'], 9)).toEqual([]);
});

test('finds one letter among hundreds of others', async () => {
  const mine = await write('ada@example.org');
  for (let each = 0; each < 200; each += 1) await write('bob@example.org');
  expect((await outbox.list(['ada@example.org'], 5)).map(({ id }) => id)).toEqual([mine]);
  expect(await outbox.list(['bob@example.org'], 50)).toHaveLength(50);
});

test('sees letters that come and go after it looked', async () => {
  const first = await write('ada@example.org');
  await outbox.list('all', 9);
  const second = await write('ada@example.org');
  rmSync(join(folder, first));
  expect((await outbox.list('all', 9)).map(({ id }) => id)).toEqual([second]);
  expect(await outbox.read(first, 'all')).toBeNull();
});

test('passes over drafts, foreign files and broken ones', async () => {
  const good = await write('ada@example.org');
  for (const name of ['.draft.eml', 'notes.txt', 'x.eml', `.${good}.draft`])
    writeFileSync(join(folder, name), 'To: ada@example.org\r\n\r\nx');
  mkdirSync(join(folder, '2026-11-22T12-30-05.123Z-folder.eml'));
  expect((await outbox.list('all', 9)).map(({ id }) => id)).toEqual([good]);
});

describe('a path is never read', () => {
  test.each([
    '../secret.eml',
    '../../vault.key',
    '/etc/passwd',
    '..\\secret.eml',
    './2026-11-22T12-30-05.123Z-a.eml',
    '2026-11-22T12-30-05.123Z-../../x.eml',
    '2026-11-22T12-30-05.123Z-a.eml\0.txt',
    '2026-11-22T12-30-05.123Z-a.eml/..',
    '',
    '.',
  ])('%j', async (id) => {
    await write('ada@example.org');
    writeFileSync(join(home, 'secret.eml'), 'To: ada@example.org\r\n\r\nsecret');
    expect(await outbox.read(id, 'all')).toBeNull();
  });

  test('nor a link that leads out of the folder', async () => {
    await write('ada@example.org');
    const name = '2026-11-22T12-30-05.123Z-link.eml';
    writeFileSync(join(home, 'secret.eml'), 'To: ada@example.org\r\n\r\nsecret');
    symlinkSync(join(home, 'secret.eml'), join(folder, name));
    expect(await outbox.read(name, 'all')).toBeNull();
    expect((await outbox.list('all', 9)).map(({ id }) => id)).not.toContain(name);
  });
});
