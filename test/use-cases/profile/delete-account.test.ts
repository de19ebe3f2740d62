import { expect, test } from 'vitest';
import { DAY } from '../../../src-main/domain/values.ts';
import { startOwnerRecovery } from '../../../src-main/use-cases/recovery/start-owner-recovery.ts';
import { openEngine } from '../../support/engine.ts';
import { stepUpBy } from '../../support/flows.ts';
import { enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { addAccount, auditedBy, auditOf, everythingStored, MEMBER, signedInMember } from '../../support/records.ts';

const PHONE = '+4915112345678';

test('a deleted account is nobody: no word of theirs is left, no session, no way in; the audit log keeps a number', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const member = await signedInMember(engine);
  const { id } = (await member.api.self.me()).account;
  const codes = await enableTwoStep(engine, member, MEMBER.email);
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { phone: PHONE, allowlist: ['203.0.113.7'] }));

  const entries = await auditedBy(engine, () => member.api.self.account.delete(stepUpBy(codes[0], MEMBER.password)));
  expect(entries.map(({ kind, actorId }) => [kind, actorId])).toEqual([['accountDeleted', id]]);
  expect((await engine.letters()).at(-1)).toMatchObject({ to: MEMBER.email, message: { kind: 'accountDeleted' } });

  engine.clock.advance(DAY);
  await engine.deps.store.transaction((tx) => tx.sessions.sweep(engine.clock.now()));
  const left = JSON.stringify([everythingStored(engine), await auditOf(engine)]);
  for (const word of [MEMBER.name, MEMBER.email, PHONE, '203.0.113.7'])
    expect([word, left.includes(word)]).toEqual([word, false]);
  expect(await refusalOf(member.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  const signIn = personAt(engine).api.open.signIn.withPassword({ email: MEMBER.email, password: MEMBER.password });
  expect(await refusalOf(signIn)).toMatchObject({ code: 'signInRejected' });
});

test('the address of a deleted account is free for a new one', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const member = await signedInMember(engine);
  await member.api.self.account.delete({ currentPassword: MEMBER.password, proof: null });
  await addAccount(engine);
  const again = personAt(engine);
  expect(await again.api.open.signIn.withPassword({ email: MEMBER.email, password: MEMBER.password })).toEqual({
    next: 'signedIn',
  });
});

test('R40 recovery of the owner is told to everyone there is, and to nobody who is gone', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await addAccount(engine, 'member', { ...MEMBER, name: 'Ann Other', email: 'ann@example.org' });
  const member = await signedInMember(engine);
  await member.api.self.account.delete({ currentPassword: MEMBER.password, proof: null });

  const caller = { surface: 'desktop' as const, addresses: [], client: 'Command line' };
  const entries = await auditedBy(engine, () =>
    startOwnerRecovery(engine.deps, caller, { email: null, newEmail: null }),
  );
  expect(entries.map(({ kind }) => kind)).toEqual(['ownerRecoveryStarted']);
  const told = (await engine.letters()).filter(({ message }) => message.kind === 'ownerRecoveryStarted');
  expect(told.map(({ to }) => to).sort()).toEqual([OWNER.email, 'ann@example.org']);
});
