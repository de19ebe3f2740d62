import { describe, expect, test } from 'vitest';
import { issueOneTimeCode } from '../../src-main/use-cases/recovery/issue-one-time-code.ts';
import { startOwnerRecovery } from '../../src-main/use-cases/recovery/start-owner-recovery.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { enableTwoStep, personAt } from '../support/person.ts';
import { auditedBy, writePolicy } from '../support/records.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { accountOf } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';

const COMMAND_LINE = { surface: 'desktop' as const, addresses: [], client: 'Command line' };
const PASSWORD = 'a brand new phrase';

/** The printed code, spent on a new password. */
async function recover(engine: Engine, { email }: Colleague, newEmail: string | null = null): Promise<void> {
  const { code } = await startOwnerRecovery(engine.deps, COMMAND_LINE, { email, newEmail });
  await personAt(engine).api.open.reset.finish({ code, newPassword: PASSWORD, confirmPassword: PASSWORD });
}

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
  await startOwnerRecovery(engine.deps, COMMAND_LINE, { email: ada.email, newEmail: null });
  engine.clock.advance(1_000);
  await personAt(engine).api.open.signIn.withPassword({ email: mia.email, password: mia.password });
  const due = await engine.read((tx) => tx.outbox.due(engine.clock.now(), 10));
  expect(due.map(({ bulk }) => bulk)).toEqual([false, true, true, true]);
});

describe('R40 an owner whose mailbox is lost too', () => {
  /** The one owner of a workspace where the time to enrol is over; their address stays as it is but for `recover`. */
  async function lostOwner() {
    const engine = await openEngine();
    const ada = await ownerOf(engine);
    const ben = await colleague(engine, 'member', { name: 'Ben' });
    await writePolicy(engine, { enforcement: 'required', complianceDays: 0 });
    return { engine, ada, ben };
  }

  test('is in again by enrolling with another address; the one before is told, and can take nothing back (R12, S23)', async () => {
    const { engine, ada } = await lostOwner();
    const undo = await engine.deps.store.transaction((tx) =>
      issueOneTimeCode(engine.deps, tx, ada, 'undoEmailChange', 'older@example.org', engine.clock.now()),
    );
    const audited = await auditedBy(engine, () => recover(engine, ada, 'Ada@NEW.example.org'));
    expect(audited.at(-1)).toMatchObject({
      kind: 'ownerRecovered',
      detail: { before: ada.email, after: 'Ada@new.example.org' },
    });
    const told = (await engine.letters()).filter(({ message }) => message.kind === 'twoStepDisabled');
    expect(told.map(({ to }) => to).sort()).toEqual(['Ada@new.example.org', ada.email].sort());

    const seat = personAt(engine);
    const who = { email: 'ada@new.example.org', password: PASSWORD };
    expect(await seat.api.open.signIn.withPassword(who)).toEqual({ next: 'enrol' });
    await enableTwoStep(engine, seat, 'Ada@new.example.org');
    expect((await seat.api.self.me()).account).toMatchObject({ email: 'Ada@new.example.org', role: 'owner' });
    await expectRefusal(
      personAt(engine).api.open.reset.finish({ code: undo.code, newPassword: PASSWORD, confirmPassword: PASSWORD }),
      'oneTimeCodeRejected',
    );
  });

  test.each([
    ['what is no address', 'ada at home', 'invalidInput'],
    ['the address of somebody else', 'BEN@example.org', 'emailTaken'],
  ])('is given no code for %s, on record', async (_, newEmail, code) => {
    const { engine, ada } = await lostOwner();
    const audited = await auditedBy(engine, async () => {
      await expect(startOwnerRecovery(engine.deps, COMMAND_LINE, { email: null, newEmail })).rejects.toMatchObject({
        code,
      });
    });
    expect(audited).toMatchObject([{ kind: 'resetRefused', targetId: ada.id, detail: { reason: 'ownerRecovery' } }]);
  });

  test('keeps the address where somebody has taken the new one meanwhile, and the code for another try', async () => {
    const { engine, ada, ben } = await lostOwner();
    const wanted = { email: null, newEmail: 'ada@new.example.org' };
    const { code } = await startOwnerRecovery(engine.deps, COMMAND_LINE, wanted);
    const taken = { email: 'ada@new.example.org', emailKey: 'ada@new.example.org' };
    await engine.deps.store.transaction((tx) => tx.accounts.change(ben.id, taken));
    const { reset } = personAt(engine).api.open;
    const spent = () => reset.finish({ code, newPassword: PASSWORD, confirmPassword: PASSWORD });
    await expectRefusal(spent(), 'emailTaken');
    expect(await accountOf(engine, ada.email)).toMatchObject({ id: ada.id, twoStep: 'active' });
    await engine.deps.store.transaction((tx) => tx.accounts.change(ben.id, { email: ben.email, emailKey: ben.email }));
    await spent();
    expect(await accountOf(engine, 'ada@new.example.org')).toMatchObject({ id: ada.id, twoStep: 'off' });
  });
});
