import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../../src-main/adapters/sqlite/folder-lock.ts';
import { issueRecoveryCode } from '../../../src-main/hosts/recover-owner/recover-owner.ts';
import { openEngine } from '../../support/engine.ts';
import { freshFolder } from '../../support/open-test-store.ts';
import { OWNER, personAt, signedInOwner } from '../../support/person.ts';

test('R40 the command prints a code that gives the owner a new password', async () => {
  const engine = await openEngine({ sealed: true });
  await signedInOwner(engine);
  const printed = await issueRecoveryCode({ data: engine.folder, email: null, newEmail: null });
  expect(printed).toContain(`${OWNER.name} <${OWNER.email}>`);
  const code = /^ {2}(\S+)$/m.exec(printed)?.[1];
  engine.clock.raise(Date.now());
  const password = 'a whole new secret';
  await personAt(engine).api.open.reset.finish({ code, newPassword: password, confirmPassword: password });
  const owner = personAt(engine);
  expect(await owner.api.open.signIn.withPassword({ email: OWNER.email, password })).toEqual({ next: 'signedIn' });
});

test('R40 it says which address the owner will have, where the mailbox is lost too', async () => {
  const engine = await openEngine({ sealed: true });
  await signedInOwner(engine);
  const printed = await issueRecoveryCode({ data: engine.folder, email: OWNER.email, newEmail: 'ada@new.example.org' });
  expect(printed).toContain('makes ada@new.example.org its address');
});

test('it says in one line why it cannot: no workspace, no such owner, or an app that runs', async () => {
  const empty = await freshFolder();
  await expect(issueRecoveryCode({ data: empty, email: null, newEmail: null })).rejects.toThrow(
    `There is no workspace in ${empty}.`,
  );
  expect(existsSync(join(empty, 'vestibule.db'))).toBe(false);

  const engine = await openEngine({ sealed: true });
  await signedInOwner(engine);
  const named = issueRecoveryCode({ data: engine.folder, email: 'nobody@example.org', newEmail: null });
  await expect(named).rejects.toThrow('There is no such owner, or several: name one with --email ADDRESS.');
  const nowhere = issueRecoveryCode({ data: engine.folder, email: null, newEmail: 'nowhere' });
  await expect(nowhere).rejects.toThrow('That is no email address: --new-email name@example.org.');
  const lock = lockFolder(engine.folder);
  await expect(issueRecoveryCode({ data: engine.folder, email: null, newEmail: null })).rejects.toThrow(
    /runs on .*: quit it first/,
  );
  lock?.release();
});
