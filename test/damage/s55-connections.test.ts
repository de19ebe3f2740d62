import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { verdictOf } from '../attacks/support/verdict.ts';
import { openWorld } from '../kill/world.ts';
import { openEngine } from '../support/engine.ts';
import { BY_PASSWORD } from '../support/mail/admin.ts';
import { recordingSmtp } from '../support/mail/recording-smtp.ts';
import { smtpForm } from '../support/mail/settings.ts';
import { freshFolder } from '../support/open-test-store.ts';
import { signedInOwner } from '../support/person.ts';
import { auditOf } from '../support/records.ts';

/** A workspace that sends through a mail server, and somebody who has the file, but not its key. */
async function scene() {
  const folder = await freshFolder();
  const smtp = recordingSmtp();
  const engine = await openEngine({ sealed: true, folder, smtp });
  const owner = await signedInOwner(engine);
  await owner.api.admin.connections.save({ ...smtpForm(), ...BY_PASSWORD });
  const behindItsBack = (sql: string) => {
    const database = new Database(join(folder, 'vestibule.db'));
    database.exec(sql);
    database.close();
  };
  return { folder, smtp, engine, owner, behindItsBack };
}

test('S55 settings altered in the database send nothing anywhere; seeing them is denied and on record', async () => {
  const { engine, owner, smtp, behindItsBack } = await scene();
  behindItsBack("UPDATE connections SET sealed = replace(sealed, '|', '!')");
  await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  expect(await engine.letters()).toEqual([]);
  expect(smtp.handed).toEqual([]);
  expect((await verdictOf(owner.api.admin.connections.see())).kind).toBe('failed');
  expect((await auditOf(engine)).at(-1)).toMatchObject({ kind: 'damageFound', detail: { reason: 'connections' } });
});

test('S55 a mail server put in place of another, so that codes would go there, ends the next start', async () => {
  const { folder, engine, behindItsBack } = await scene();
  await engine.deps.store.close();
  behindItsBack("UPDATE connections SET sealed = replace(sealed, '|', '!'), seal = (SELECT seal FROM workspace)");
  const start = openWorld(folder).then(
    () => 'it started',
    (error: Error) => error.name,
  );
  expect(await start).toBe('CorruptDatabase');
});
