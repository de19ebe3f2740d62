import { expect, test } from 'vitest';
import { startOwnerRecovery } from '../../src-main/use-cases/recovery/start-owner-recovery.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { expectRefusal } from './support/verdict.ts';

const COMMAND_LINE = { surface: 'desktop' as const, addresses: [], client: 'Command line' };
const PASSWORD = 'a brand new phrase';

/** The printed code, spent on a new password. */
async function recover(engine: Engine, { email }: Colleague): Promise<void> {
  const { code } = await startOwnerRecovery(engine.deps, COMMAND_LINE, email);
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
  await startOwnerRecovery(engine.deps, COMMAND_LINE, ada.email);
  engine.clock.advance(1_000);
  await personAt(engine).api.open.signIn.withPassword({ email: mia.email, password: mia.password });
  const due = await engine.read((tx) => tx.outbox.due(engine.clock.now(), 10));
  expect(due.map(({ bulk }) => bulk)).toEqual([false, true, true, true]);
});
