import { expect, test } from 'vitest';
import { MINUTE } from '../../../src-main/domain/values.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { accountOf } from '../../attacks/support/people.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { personAt, refusalOf } from '../../support/person.ts';
import { colleague, ownerOf } from '../../support/staff.ts';

const GRACE = { name: 'Grace Hopper', email: 'Grace@Example.org', phone: '+44 20 7946 0958', role: 'member' as const };

/** Codes of the invitations that reached an address, oldest first. */
async function invitationsTo(engine: Engine, email: string): Promise<string[]> {
  const letters = (await engine.letters()).filter(({ to }) => to === email);
  return letters.flatMap(({ message }) => (message.kind === 'invitation' ? message.inviteCode : []));
}

function join(engine: Engine, code: string | undefined) {
  const password = 'a phrase of my own';
  return personAt(engine).api.open.invitation.accept({ code, password, confirmPassword: password });
}

test('R39 S42 somebody is added with what the form says, nobody’s password, and an invitation that lets them join', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const audited = await auditedBy(engine, () => owner.api.admin.users.add(GRACE));
  const account = await accountOf(engine, 'grace@example.org');
  expect(account).toMatchObject({
    name: 'Grace Hopper',
    email: 'Grace@example.org',
    phone: '+442079460958',
    role: 'member',
    passwordHash: null,
    joinedAt: null,
  });
  expect(audited).toMatchObject([
    { kind: 'userAdded', actorId: owner.id, targetId: account.id, detail: { after: 'member' } },
  ]);
  const [code] = await invitationsTo(engine, 'Grace@example.org');
  expect(await join(engine, code)).toEqual({ next: 'signedIn' });
  expect((await accountOf(engine, 'grace@example.org')).passwordHash).not.toBeNull();
});

test('S18 R39 an address that is taken in any spelling is refused, and nothing is sent', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const letters = (await engine.letters()).length;
  const audited = await auditedBy(engine, async () => {
    const added = owner.api.admin.users.add({ ...GRACE, email: 'ＡDA@example.org' });
    expect(await refusalOf(added)).toMatchObject({ code: 'emailTaken' });
  });
  expect(audited).toMatchObject([{ kind: 'adminActRefused', detail: { reason: 'add: emailTaken' } }]);
  expect((await engine.letters()).length).toBe(letters);
});

test('R31 S56 each field that cannot be taken is named', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const bad = {
    name: 'Grace\r\nBcc: eve@example.org',
    email: 'grace',
    phone: '020 7946 0958',
    role: 'member' as const,
  };
  const { code, data } = await refusalOf(owner.api.admin.users.add(bad));
  expect([code, Object.keys((data as { fields: object }).fields)]).toEqual([
    'invalidInput',
    ['name', 'email', 'phone'],
  ]);
});

test('R39 who has not joined is invited again, a minute later at the earliest, and the first code is dead then', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { id } = await owner.api.admin.users.add(GRACE);
  expect(await refusalOf(owner.api.admin.users.invite({ id }))).toMatchObject({ code: 'resendTooSoon' });
  engine.clock.advance(MINUTE);
  const audited = await auditedBy(engine, () => owner.api.admin.users.invite({ id }));
  expect(audited).toMatchObject([{ kind: 'invitationSent', targetId: id }]);
  const [first, second] = await invitationsTo(engine, 'Grace@example.org');
  expect(await refusalOf(join(engine, first))).toMatchObject({ code: 'oneTimeCodeRejected' });
  expect(await join(engine, second)).toEqual({ next: 'signedIn' });
  engine.clock.advance(MINUTE);
  expect(await refusalOf(owner.api.admin.users.invite({ id }))).toMatchObject({ code: 'stateUnfit' });
});

test('R39 a mailbox is not flooded with invitations', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { id } = await owner.api.admin.users.add(GRACE);
  for (let sent = 1; sent < 5; sent++) {
    engine.clock.advance(MINUTE);
    await owner.api.admin.users.invite({ id });
  }
  engine.clock.advance(MINUTE);
  expect(await refusalOf(owner.api.admin.users.invite({ id }))).toMatchObject({ code: 'tooManyCodes' });
});

test('R39 name and phone are edited, one’s own too; the log says which, and not what was in them', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { id } = await colleague(engine, 'member', { name: 'Old Name' });
  const audited = await auditedBy(engine, () =>
    owner.api.admin.users.edit({ id, name: 'New  Name', phone: '+1 202 555 0123' }),
  );
  expect(await owner.api.admin.users.see({ id })).toMatchObject({ name: 'New Name', phone: '+12025550123' });
  expect(audited).toMatchObject([{ kind: 'userEdited', targetId: id, detail: { after: 'name, phone' } }]);
  expect(JSON.stringify(audited.map(({ detail }) => detail))).not.toMatch(/New|555/); // a hash may hold any figures
  await owner.api.admin.users.edit({ id: owner.id, name: 'Ada Owner', phone: '+44 20 7946 0958' });
  expect((await accountOf(engine)).phone).toBe('+442079460958');
});
