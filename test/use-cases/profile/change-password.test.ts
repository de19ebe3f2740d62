import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { letterKinds, ownerAfterPassword } from '../../support/flows.ts';
import { CREDENTIALS, enableTwoStep, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, everythingStored } from '../../support/records.ts';

const NEW = 'a brand new secret';
const change = (newPassword: string, currentPassword = OWNER.password, confirmPassword = newPassword) => ({
  currentPassword,
  newPassword,
  confirmPassword,
});

test('R7 with the current password it is changed, told by letter and on record; the old one opens nothing', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  engine.clock.advance(1_000);
  const audited = await auditedBy(engine, () => owner.api.self.password.change(change(NEW)));
  expect(audited).toMatchObject([{ kind: 'passwordChanged' }]);
  expect(JSON.stringify(audited)).not.toContain(NEW);
  expect((await engine.letters()).at(-1)).toMatchObject({
    to: OWNER.email,
    message: { kind: 'passwordChanged', at: engine.clock.now(), client: 'Chrome on Linux' },
  });
  expect(await refusalOf(personAt(engine).api.open.signIn.withPassword(CREDENTIALS))).toMatchObject({
    code: 'signInRejected',
  });
  const again = personAt(engine);
  expect(await again.api.open.signIn.withPassword({ ...CREDENTIALS, password: NEW })).toEqual({ next: 'signedIn' });
});

test('R7 without the current password it is not, and the attempt counts', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const audited = await auditedBy(engine, async () => {
    expect(await refusalOf(owner.api.self.password.change(change(NEW, 'not my password')))).toEqual({
      code: 'currentPasswordRejected',
      data: undefined,
    });
  });
  expect(audited).toMatchObject([{ kind: 'stepUpRejected', detail: { reason: 'currentPasswordRejected' } }]);
  const account = await engine.read((tx) => tx.accounts.findByEmailKey(OWNER.email));
  expect(account?.throttle.failures).toBe(1);
  expect(await personAt(engine).api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
  expect(await letterKinds(engine)).toEqual([]);
});

test('R7 the other sessions and pending sign-ins end; the one that acts goes on under a new token', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const other = await ownerAfterPassword(engine, 'mobile');
  const oldToken = owner.jar.session;
  await owner.api.self.password.change(change(NEW));
  expect(await refusalOf(other.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(owner.jar.session).not.toBe(oldToken);
  expect(await owner.api.self.sessions.list()).toMatchObject([{ current: true }]);
});

test('R7 a second step that was pending under the old password has to start over; two-step stays active', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const codes = await enableTwoStep(engine, owner);
  const pending = await ownerAfterPassword(engine);
  await owner.api.self.password.change(change(NEW));
  const prove = pending.api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] });
  expect(await refusalOf(prove)).toMatchObject({ code: 'signInExpired' });
  expect(await owner.api.self.twoStep.status()).toMatchObject({ state: 'active', recoveryCodes: { left: 10 } });
});

test.each([
  ['seven characters', 'sevench', 'short'],
  ['257 characters', 'a1'.repeat(128).concat('x'), 'long'],
  ['one that everybody uses', 'Password123', 'common'],
  ['one’s own address', OWNER.email, 'personal'],
  ['one’s own name', OWNER.name.toUpperCase(), 'personal'],
  ['the workspace’s name', 'example works', 'personal'],
  ['the one it is already', OWNER.password, 'same'],
])('R7 %s is no new password', async (_, unfit, reason) => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const before = everythingStored(engine);
  const audited = await auditedBy(engine, async () => {
    expect(await refusalOf(owner.api.self.password.change(change(unfit)))).toEqual({
      code: 'passwordUnfit',
      data: { reason },
    });
  });
  expect(audited).toMatchObject([{ kind: 'passwordUnfit', detail: { reason } }]);
  expect(everythingStored(engine)).toEqual(before);
});

test.each([
  ['two different new ones', change(NEW, OWNER.password, `${NEW}!`), 'confirmPassword'],
  ['nothing for the current one', change(NEW, ''), 'currentPassword'],
  ['a megabyte', change('x'.repeat(1_000_000)), 'newPassword'],
  ['a list', { ...change(NEW), newPassword: [NEW] }, 'newPassword'],
])('R7 %s is bad input: the field is named, and nothing changes', async (_, input, field) => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const before = everythingStored(engine);
  const call: (input: unknown) => Promise<unknown> = owner.api.self.password.change as never;
  const error: unknown = await call(input).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'BAD_REQUEST' });
  expect(JSON.stringify((error as Error).cause)).toContain(field);
  expect(everythingStored(engine)).toEqual(before);
});

test('R7 with the real hash: the new password signs in however its accents are composed, the old one does not', async () => {
  const engine = await openEngine({ passwordHash: 'real' });
  const owner = await signedInOwner(engine);
  await owner.api.self.password.change(change('un café très noir'.normalize('NFC')));
  const email = OWNER.email;
  const password = 'un café très noir'.normalize('NFD');
  expect(await personAt(engine).api.open.signIn.withPassword({ email, password })).toEqual({ next: 'signedIn' });
  expect(await refusalOf(personAt(engine).api.open.signIn.withPassword(CREDENTIALS))).toMatchObject({
    code: 'signInRejected',
  });
});
