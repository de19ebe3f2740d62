import { describe, expect, test } from 'vitest';
import { auditedBy } from '../../attacks/support/audit.ts';
import { changedTables, dumpOf } from '../../attacks/support/database.ts';
import { accountOf } from '../../attacks/support/people.ts';
import { tally } from '../../attacks/support/verdict.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { ended } from '../../support/imports.ts';
import { otherThan, personAt, refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy, UNPROVEN } from '../../support/staff.ts';

const ABOVE_MEMBER = ['owner', 'admin', 'manager', 'helpDesk'] as const;
const EVE = { name: 'Eve Newcomer', email: 'eve@example.org', phone: null };

/** What is done to get somebody in, by hand and by a file with one such row among others. */
const WAYS = {
  add: ({ api }: Colleague, role: string, stepUp?: Proven) =>
    api.admin.users.add({ ...EVE, role: role as 'owner', stepUp }),
  import: ({ api }: Colleague, role: string, stepUp?: Proven) =>
    api.admin.users.import({ csv: `name,email,role\nMel,mel@example.org,member\nEve,${EVE.email},${role}`, stepUp }),
};
type Proven = Awaited<ReturnType<typeof provenBy>> | typeof UNPROVEN;
type Way = keyof typeof WAYS;
const BOTH_WAYS = Object.keys(WAYS) as Way[];
const EVERY = BOTH_WAYS.flatMap((way) => ABOVE_MEMBER.map((role) => [way, role] as const));

const newcomer = (engine: Engine) => engine.read((tx) => tx.accounts.findByEmailKey(EVE.email));

test.each(EVERY)(
  'S26 S39 a session alone does not %s a new %s: refused, on record, nothing done',
  async (way, role) => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const before = dumpOf(engine);
    const audited = await auditedBy(engine, async () => {
      expect((await refusalOf(WAYS[way](owner, role))).code).toBe('proofNeeded');
    });
    const detail = { reason: `${way}: proofNeeded` };
    expect(audited).toMatchObject([{ kind: 'adminActRefused', actorId: owner.id, targetId: null, detail }]);
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
  },
);

test.each(BOTH_WAYS)('a member is let in without, by %s', async (way) => {
  const engine = await openEngine();
  await ownerOf(engine);
  const admin = await colleague(engine, 'admin', { twoStep: 'off' });
  const session = admin.jar.session;
  await WAYS[way](admin, 'member');
  if (way === 'import') await ended(engine, admin);
  expect(await newcomer(engine)).toMatchObject({ role: 'member' });
  expect(admin.jar.session).toBe(session);
});

describe('S26 S39 with password and second step', () => {
  test.each(EVERY)('%s gives a new %s, on record with the means', async (way, role) => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const stepUp = await provenBy(engine, owner, 'roles');
    const audited = await auditedBy(engine, () => WAYS[way](owner, role, stepUp));
    const first = way === 'add' ? { kind: 'userAdded', detail: { method: 'email', after: role } } : IMPORTING;
    expect(audited.at(-1)).toMatchObject({ actorId: owner.id, ...first });
    if (way === 'import') await ended(engine, owner);
    expect(await newcomer(engine)).toMatchObject({ role, passwordHash: null });
  });

  const IMPORTING = { kind: 'jobStarted', detail: { method: 'email', reason: 'userImport', count: 2 } };

  test.each(BOTH_WAYS)('S16 the session goes on under a new token after %s, and the old one is dead', async (way) => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const stepUp = await provenBy(engine, owner, 'roles');
    const stolen = personAt(engine);
    stolen.jar.session = owner.jar.session ?? '';
    await WAYS[way](owner, 'admin', stepUp);
    expect(owner.jar.session).not.toBe(stolen.jar.session);
    expect((await owner.api.self.me()).account.id).toBe(owner.id);
    expect((await refusalOf(stolen.api.self.me())).code).toBe('notSignedIn');
  });

  test.each(BOTH_WAYS)('%s is refused with a wrong one of either, or with one for something else', async (way) => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const stepUp = await provenBy(engine, owner, 'roles');
    const elsewhere = await provenBy(engine, owner, 'allowlist');
    const wrongCode = { ...stepUp, proof: { ...stepUp.proof, code: otherThan(stepUp.proof.code) } };
    for (const [wrong, code] of [
      [UNPROVEN, 'currentPasswordRejected'],
      [{ ...stepUp, currentPassword: 'not this one' }, 'currentPasswordRejected'],
      [wrongCode, 'codeRejected'],
      [elsewhere, 'challengeExpired'],
    ] as const) {
      const audited = await auditedBy(engine, async () => {
        expect((await refusalOf(WAYS[way](owner, 'owner', wrong))).code).toBe(code);
      });
      expect(audited.at(-1)).toMatchObject({ kind: 'stepUpRejected', detail: { purpose: 'roles', reason: code } });
    }
    expect(await newcomer(engine)).toBeNull();
    await WAYS[way](owner, 'owner', stepUp);
  });

  test('S7 of twenty parallel tries with one code one adds somebody', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const stepUp = await provenBy(engine, owner, 'roles');
    const people = Array.from({ length: 20 }, (_, n) => ({ ...EVE, email: `eve${n}@example.org` }));
    const tried = people.map((who) => owner.api.admin.users.add({ ...who, role: 'owner', stepUp }));
    expect((await tally(tried)).done).toBe(1);
    expect(await engine.read((tx) => tx.accounts.count())).toBe(2);
  });

  test('S38 whose own is off is told to switch it on first, by hand and by file', async () => {
    const engine = await openEngine();
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin', { twoStep: 'off' });
    const passwordOnly = { currentPassword: admin.password, proof: null };
    for (const way of BOTH_WAYS) {
      expect((await refusalOf(WAYS[way](admin, 'helpDesk'))).code).toBe('enrolYourselfFirst');
      expect((await refusalOf(WAYS[way](admin, 'helpDesk', passwordOnly as never))).code).toBe('enrolYourselfFirst');
    }
    expect(await newcomer(engine)).toBeNull();
  });
});

describe('S26 nobody proves anything in vain', () => {
  test('what else is wrong with a new person is said first, and no code is spent on it', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const stepUp = await provenBy(engine, owner, 'roles');
    for (const [change, code] of [
      [{ email: owner.email }, 'emailTaken'],
      [{ email: 'eve' }, 'invalidInput'],
      [{ name: 'Eve\r\nBcc: eve' }, 'invalidInput'],
    ] as const) {
      for (const proofs of [undefined, stepUp]) {
        const added = owner.api.admin.users.add({ ...EVE, ...change, role: 'admin', stepUp: proofs });
        expect((await refusalOf(added)).code).toBe(code);
      }
    }
    await WAYS.add(owner, 'admin', stepUp);
    expect((await accountOf(engine, EVE.email)).role).toBe('admin');
  });

  test('what is wrong with a file, and a role one may not give, is said first', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    const stepUp = await provenBy(engine, admin, 'roles');
    for (const proofs of [undefined, stepUp]) {
      expect((await refusalOf(WAYS.add(admin, 'admin', proofs))).code).toBe('targetOutranks');
      expect((await refusalOf(WAYS.import(admin, 'admin', proofs))).code).toBe('importUnfit');
    }
    await WAYS.import(admin, 'manager', stepUp);
    const another = await provenBy(engine, owner, 'roles');
    expect((await refusalOf(WAYS.import(owner, 'admin', another))).code).toBe('jobRunning');
    await ended(engine, owner);
    await owner.api.admin.users.add({ ...EVE, email: 'second@example.org', role: 'admin', stepUp: another });
  });

  test('R39 a file that is looked through says how many of its people get a role above member', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const rows = ['member', '', ...ABOVE_MEMBER, 'captain'].map((role, n) => `P ${n},p${n}@example.org,${role}`);
    const found = await owner.api.admin.users.checkImport({ csv: ['name,email,role', ...rows].join('\n') });
    expect(found).toMatchObject({ rows: 7, good: 6, privileged: 4 });
  });
});
