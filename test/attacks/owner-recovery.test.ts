import { expect, test } from 'vitest';
import type { Policy } from '../../src-main/domain/policy.ts';
import { DAY } from '../../src-main/domain/values.ts';
import { startOwnerRecovery } from '../../src-main/use-cases/recovery/start-owner-recovery.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { enableTwoStep, type Person, personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy } from '../support/staff.ts';
import { changePolicyTo } from '../use-cases/policy/admin.ts';
import { auditedBy } from './support/audit.ts';
import { accountOf } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';

const COMMAND_LINE = { surface: 'desktop' as const, addresses: [], client: 'Command line' };
const PASSWORD = 'a brand new phrase';
const FOUND = 'ada.elsewhere@example.org';

/** The printed code, spent on a new password. */
async function recover(engine: Engine, { email }: Colleague): Promise<void> {
  const { code } = await startOwnerRecovery(engine.deps, COMMAND_LINE, email);
  await personAt(engine).api.open.reset.finish({ code, newPassword: PASSWORD, confirmPassword: PASSWORD });
}

async function signIn(engine: Engine, email: string): Promise<Person & { readonly next: string }> {
  const person = personAt(engine);
  const { next } = await person.api.open.signIn.withPassword({ email, password: PASSWORD });
  return { ...person, next };
}

const REQUIRED: Readonly<Record<string, Partial<Policy>>> = {
  'at the next sign-in': { complianceDays: 0 },
  'by a deadline that is over': { complianceDays: 10 },
  'by a deadline that is over, or be refused': { complianceDays: 10, afterDeadline: 'block' },
};

test.each(Object.entries(REQUIRED))(
  'R12 R40 a sole owner who lost the mailbox as well gets in, where everybody must enrol %s',
  async (_, change) => {
    const engine = await openEngine({ sealed: true });
    const ada = await ownerOf(engine);
    await changePolicyTo(engine, ada, { enforcement: 'required', ...change });
    engine.clock.advance(30 * DAY);
    await recover(engine, ada);
    const back = await signIn(engine, ada.email);
    const wanted = { newEmail: FOUND, currentPassword: PASSWORD };
    const { challengeId } = await back.api.self.email.sendCode(wanted);
    const code = await engine.codeFor(FOUND);
    await back.api.self.email.change({ currentPassword: PASSWORD, proof: null, challengeId, code });
    await enableTwoStep(engine, back, FOUND);
    expect((await back.api.self.me()).compliance).toEqual({ kind: 'met' });
    expect((await signIn(engine, FOUND)).next).toBe('secondStep');
  },
);

test('R37 R43 S36 the time that a recovery gives is a day to the millisecond, and on record', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  await changePolicyTo(engine, ada, { enforcement: 'required', complianceDays: 0 });
  const start = engine.clock.now();
  const entries = await auditedBy(engine, () => recover(engine, ada));
  const after = `extension until ${new Date(start + DAY).toISOString()}`;
  expect(entries).toMatchObject([
    { kind: 'ownerRecoveryStarted', targetId: ada.id },
    { kind: 'exceptionGranted', actorId: null, targetId: ada.id, detail: { after } },
    { kind: 'ownerRecovered', targetId: ada.id },
  ]);
  engine.clock.advance(DAY - 1);
  expect((await signIn(engine, ada.email)).next).toBe('signedIn');
  engine.clock.advance(1);
  expect((await signIn(engine, ada.email)).next).toBe('enrol');
});

test('R37 a recovery gives no time where nobody is asked for it', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  const entries = await auditedBy(engine, () => recover(engine, ada));
  expect(entries.map(({ kind }) => kind)).toEqual(['ownerRecoveryStarted', 'ownerRecovered']);
  expect((await signIn(engine, ada.email)).next).toBe('signedIn');
});

test('R40 R41 a recovery takes back that another owner reset this one, whose mailbox is lost', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  const ben = await colleague(engine, 'owner', { name: 'Ben Owner' });
  const proofs = await provenBy(engine, ben, 'resetTwoStep');
  await ben.api.helpDesk.resetTwoStep({ id: ada.id, reason: 'Lost everything', ...proofs });
  await recover(engine, ada);
  expect(await accountOf(engine, ada.email)).toMatchObject({ mustEnrolSince: null, twoStep: 'off' });
  expect((await signIn(engine, ada.email)).next).toBe('signedIn');
});

test('S39 R40 a recovery lifts no suspension', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  const ben = await colleague(engine, 'owner', { name: 'Ben Owner' });
  await ada.api.admin.users.suspend({ id: ben.id, reason: 'Taken over' });
  await recover(engine, ben);
  await expectRefusal(
    personAt(engine).api.open.signIn.withPassword({ email: ben.email, password: PASSWORD }),
    'suspended',
  );
});

test('R51 the letters that tell everybody of a recovery wait behind codes', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  await colleague(engine, 'member', { twoStep: 'off' });
  const mia = await colleague(engine, 'manager');
  await engine.letters();
  await startOwnerRecovery(engine.deps, COMMAND_LINE, ada.email);
  engine.clock.advance(1_000);
  await personAt(engine).api.open.signIn.withPassword({ email: mia.email, password: mia.password });
  const due = await engine.read((tx) => tx.outbox.due(engine.clock.now(), 10));
  expect(due.map(({ bulk }) => bulk)).toEqual([false, true, true, true]);
});
