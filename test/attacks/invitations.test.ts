import { expect, test } from 'vitest';
import { DAY } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy } from '../support/staff.ts';
import { changePolicyTo, policyProof } from '../use-cases/policy/admin.ts';
import { auditedBy } from './support/audit.ts';
import { accountOf, pendingSignIn } from './support/people.ts';
import { expectRefusal, tally, verdictOf } from './support/verdict.ts';

const CHOSEN = { password: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
const NEXT = { newPassword: 'another new phrase', confirmPassword: 'another new phrase' };
const EVE = { name: 'Eve Newcomer', email: 'eve@example.org', phone: null, role: 'member' as const };

/** The code of the newest invitation to an address. */
async function invitationTo(engine: Engine, email: string): Promise<string> {
  const codes = (await engine.letters()).flatMap(({ to, message }) =>
    to === email && message.kind === 'invitation' ? [message.inviteCode] : [],
  );
  const code = codes.at(-1);
  if (!code) throw new Error(`Nobody was invited at ${email}.`);
  return code;
}

async function join(engine: Engine, email: string): Promise<Person & { readonly next: string }> {
  const person = personAt(engine);
  const { next } = await person.api.open.invitation.accept({ code: await invitationTo(engine, email), ...CHOSEN });
  return { ...person, next };
}

/** Somebody's address taken to a mailbox of a thief's; gives the code that stops it. */
async function takenOver(engine: Engine, { api, email, password }: Colleague): Promise<string> {
  const newEmail = 'thief@example.org';
  const { challengeId } = await api.self.email.sendCode({ newEmail, currentPassword: password });
  const code = await engine.codeFor(newEmail);
  await api.self.email.change({ currentPassword: password, proof: null, challengeId, code });
  const undo = (await engine.letters()).flatMap(({ to, message }) =>
    to === email && message.kind === 'emailChanged' ? [message.undoCode] : [],
  );
  return undo.at(-1) ?? '';
}

test.each(['invited', 'suspended'] as const)(
  'S23 whoever took an admin’s account over does not keep it by giving the old address to somebody %s',
  async (state) => {
    const engine = await openEngine({ sealed: true });
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin', { twoStep: 'off' });
    const undo = await takenOver(engine, admin);
    const { id } = await admin.api.admin.users.add({ ...EVE, email: admin.email });
    if (state === 'suspended') await admin.api.admin.users.suspend({ id, reason: 'In the way' });
    const entries = await auditedBy(engine, () => personAt(engine).api.open.reset.finish({ code: undo, ...NEXT }));
    expect(entries.map(({ kind, targetId }) => [kind, targetId])).toEqual([
      ['accountDeleted', id],
      ['emailChangeUndone', admin.id],
    ]);
    expect((await accountOf(engine, admin.email)).id).toBe(admin.id);
    const back = await personAt(engine).api.open.signIn.withPassword({
      email: admin.email,
      password: NEXT.newPassword,
    });
    expect(back).toEqual({ next: 'signedIn' });
    const code = await invitationTo(engine, admin.email);
    await expectRefusal(personAt(engine).api.open.invitation.accept({ code, ...CHOSEN }), 'oneTimeCodeRejected');
  },
);

test('S23 who has joined at the old address meanwhile keeps it, and the stopping is refused on record', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  const undo = await takenOver(engine, mel);
  await owner.api.admin.users.add({ ...EVE, email: mel.email });
  await join(engine, mel.email);
  const entries = await auditedBy(engine, () =>
    expectRefusal(personAt(engine).api.open.reset.finish({ code: undo, ...NEXT }), 'emailTaken'),
  );
  expect(entries).toMatchObject([{ kind: 'resetRefused', targetId: mel.id, detail: { reason: 'emailTaken' } }]);
  expect((await accountOf(engine, mel.email)).name).toBe(EVE.name);
});

test('S15 S27 S31 an address that is invited again after a deletion begins with nothing of the account before', async () => {
  const engine = await openEngine({ sealed: true });
  const owner = await ownerOf(engine);
  await changePolicyTo(engine, owner, { trust: '30d' });
  const mel = await colleague(engine, 'manager', { name: 'Mel Member' });
  const groupId = (await owner.api.admin.groups.add({ name: 'Night shift' })).id;
  await owner.api.admin.groups.addMember({ groupId, accountId: mel.id });
  const proof = await policyProof(engine, owner);
  const forever = { kind: 'breakGlass' as const, until: null, reason: 'The safe' };
  await owner.api.admin.exceptions.grant({ target: { accountId: mel.id }, ...forever, proof });
  await owner.api.admin.users.setAllowlist({ id: mel.id, text: '192.0.2.0/24', confirmed: false });
  engine.clock.advance(60_000);
  const { challengeId, code, ...device } = await pendingSignIn(engine, mel);
  await device.api.open.signIn.prove({ method: 'email', challengeId, code, remember: true });
  const pending = await pendingSignIn(engine, mel);
  await personAt(engine).api.open.reset.request({ email: mel.email });
  const reset = (await engine.letters()).flatMap(({ message }) =>
    message.kind === 'passwordReset' ? [message.resetCode] : [],
  )[0];
  const sent = await device.api.self.twoStep.sendProofCode({ purpose: 'deleteAccount' });
  const last = { method: 'email' as const, challengeId: sent.challengeId, code: await engine.codeFor(mel.email) };
  await device.api.self.account.delete({ currentPassword: mel.password, proof: last });

  const { id } = await owner.api.admin.users.add({ ...EVE, email: mel.email });
  expect(id).not.toBe(mel.id);
  await expectRefusal(personAt(engine).api.open.reset.finish({ code: reset, ...NEXT }), 'oneTimeCodeRejected');
  const credentials = { email: mel.email, password: mel.password };
  await expectRefusal(device.api.open.signIn.withPassword(credentials), 'signInRejected');
  const anew = await join(engine, mel.email);
  expect(anew.next).toBe('signedIn');
  expect((await anew.api.self.me()).account).toMatchObject({ id, role: 'member' });
  const seen = await owner.api.admin.users.see({ id });
  expect(seen).toMatchObject({ groups: [], allowlist: [], trustedDevices: [], breakGlass: false, twoStep: 'off' });
  for (const old of [device, pending, mel]) await expectRefusal(old.api.self.me(), 'notSignedIn');
  const late = pending.api.open.signIn.prove({ method: 'email', challengeId: pending.challengeId, code: pending.code });
  await expectRefusal(late, 'signInExpired');
});

test('S17 S42 a code that opens no invitation is answered alike, whatever it was, and leaves the account as it is', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const invited = async (email: string) => {
    const { id } = await owner.api.admin.users.add({ ...EVE, email });
    return { id, email, code: await invitationTo(engine, email) };
  };
  const [late, barred, renewed, used] = [
    await invited('late@example.org'),
    await invited('barred@example.org'),
    await invited('renewed@example.org'),
    await invited('used@example.org'),
  ];
  await join(engine, used.email);
  await owner.api.admin.users.suspend({ id: barred.id, reason: 'Not to come' });
  engine.clock.advance(8 * DAY);
  const back = await pendingSignIn(engine, owner);
  await back.api.open.signIn.prove({ method: 'email', challengeId: back.challengeId, code: back.code });
  await back.api.admin.users.invite({ id: renewed.id });
  const codes = [late.code, barred.code, renewed.code, used.code, 'AAAAA-AAAAA-AAAAA-AAAAA', 'x', '', null, 7];
  const told = new Set<string>();
  for (const code of codes) {
    const entries = await auditedBy(engine, async () => {
      const accept = personAt(engine).api.open.invitation.accept({ code: code as string, ...CHOSEN });
      told.add(JSON.stringify(await verdictOf(accept)));
    });
    expect(entries.map(({ kind }) => kind)).toEqual(['invitationRefused']);
  }
  expect([...told]).toEqual([JSON.stringify({ kind: 'refused', code: 'oneTimeCodeRejected' })]);
  for (const { email } of [late, barred, renewed]) expect((await accountOf(engine, email)).passwordHash).toBe(null);
});

test('S40 S42 an invitation that is taken up while its account is suspended, invited again or raised ends in one piece', async () => {
  for (let round = 0; round < 4; round += 1) {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const { id } = await owner.api.admin.users.add(EVE);
    const code = await invitationTo(engine, EVE.email);
    engine.clock.advance(60_000);
    const proofs = await provenBy(engine, owner, 'roles');
    const person = personAt(engine);
    const acts = [
      () => person.api.open.invitation.accept({ code, ...CHOSEN }),
      () => owner.api.admin.users.suspend({ id, reason: 'Not to come' }),
      () => owner.api.admin.users.invite({ id }),
      () => owner.api.admin.users.changeRole({ id, role: 'admin', ...proofs }),
    ];
    const turned = [...acts.slice(round), ...acts.slice(0, round)];
    expect((await tally(turned.map((act) => act()))).failed).toBeUndefined();
    const account = await accountOf(engine, EVE.email);
    const sessions = await engine.read((tx) => tx.sessions.listFor(id));
    if (account.suspendedAt !== null) expect(sessions).toEqual([]);
    expect(account.joinedAt === null).toBe(account.passwordHash === null);
    if (account.suspendedAt !== null) await expectRefusal(person.api.self.me(), 'notSignedIn');
  }
});

test.each(['enrol', 'block'] as const)(
  'R27 R41 once it is not required any more, who joined without time to enrol signs in like anybody; who was reset does not (%s)',
  async (afterDeadline) => {
    const engine = await openEngine({ sealed: true });
    const owner = await ownerOf(engine);
    const ben = await colleague(engine, 'member', { name: 'Ben Member' });
    await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0, afterDeadline });
    await owner.api.admin.users.add(EVE);
    expect((await join(engine, EVE.email)).next).toBe('enrol');
    const proofs = await provenBy(engine, owner, 'resetTwoStep');
    await owner.api.helpDesk.resetTwoStep({ id: ben.id, reason: 'Lost it all', ...proofs });
    const signIn = async (email: string, password: string) =>
      (await personAt(engine).api.open.signIn.withPassword({ email, password })).next;
    expect(await signIn(EVE.email, CHOSEN.password)).toBe('enrol');
    await changePolicyTo(engine, owner, { enforcement: 'optional' });
    expect(await signIn(EVE.email, CHOSEN.password)).toBe('signedIn');
    expect(await signIn(ben.email, ben.password)).toBe('enrol');
  },
);
