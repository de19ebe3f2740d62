import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderMail } from '../../src-main/adapters/mail/folder-mail.ts';
import { localOutbox } from '../../src-main/adapters/mail/local-outbox.ts';
import { dispatchLetters } from '../../src-main/use-cases/delivery/dispatch-letters.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { OWNER, type Person, personAt, signedInOwner } from '../support/person.ts';
import { auditedBy } from './support/audit.ts';
import { addAccount, SECOND, signedIn, withDeps } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';

/** Two people, each with a letter that carries a code, in one outbox folder. */
async function twoMailboxes(): Promise<{ engine: Engine; ada: Person; ben: Person; folder: string }> {
  const bare = await openEngine();
  const folder = join(bare.folder, 'outbox', 'mail');
  const engine = withDeps(bare, { localOutbox: localOutbox(folder) });
  const ada = await signedInOwner(engine);
  await addAccount(engine);
  const ben = await signedIn(engine, SECOND);
  for (const { api } of [ada, ben]) await api.self.twoStep.sendEnableCode({ method: 'email' });
  await dispatchLetters({ ...engine.deps, mail: folderMail(folder) });
  return { engine, ada, ben, folder };
}

test('R50 a person sees the letters to their own address and no other', async () => {
  const { ada, ben } = await twoMailboxes();
  const [adas, bens] = [await ada.api.self.outbox.list(), await ben.api.self.outbox.list()];
  expect([adas.map(({ to }) => to), bens.map(({ to }) => to)]).toEqual([[OWNER.email], [SECOND.email]]);
  expect((await ben.api.self.outbox.read({ id: bens[0]?.id ?? '' })).text).toMatch(/\b\d{6}\b/);
});

test("R50 the id of another's letter is as unknown as any, and asking for it is on record", async () => {
  const { engine, ada, ben } = await twoMailboxes();
  const id = (await ada.api.self.outbox.list())[0]?.id ?? '';
  const audited = await auditedBy(engine, () => expectRefusal(ben.api.self.outbox.read({ id }), 'notFound'));
  expect(audited).toMatchObject([{ kind: 'accessDenied', detail: { reason: 'self.outbox.read' } }]);
  await expectRefusal(personAt(engine).api.self.outbox.read({ id }), 'notSignedIn');
  await expectRefusal(personAt(engine).api.open.demoMessages(), 'notFound');
});

test('R50 no id leads out of the folder', async () => {
  const { engine, ben, folder } = await twoMailboxes();
  const letter = `To: ${SECOND.email}\r\nSubject: planted\r\n\r\nsecret`;
  writeFileSync(join(engine.folder, '2026-06-01T12-00-00.000Z-planted.eml'), letter);
  mkdirSync(join(folder, 'below'), { recursive: true });
  writeFileSync(join(folder, 'below', '2026-06-01T12-00-00.000Z-planted.eml'), letter);
  const name = '2026-06-01T12-00-00.000Z-planted.eml';
  for (const id of [
    '../../vestibule.db',
    '../../vault.key',
    `../../${name}`,
    `below/${name}`,
    `..\\..\\${name}`,
    `/${name}`,
    `${name}/`,
    `${name}\u0000`,
    `${name}\n`,
    '.',
    '..',
  ]) {
    await expectRefusal(ben.api.self.outbox.read({ id }), 'notFound');
  }
  expect(await ben.api.self.outbox.list()).toHaveLength(1);
});
