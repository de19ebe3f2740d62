import { expect, test } from 'vitest';
import { sendInstructions } from '../../src-main/use-cases/jobs/start-instructions.ts';
import { requestSms } from '../../src-main/use-cases/policy/request-sms.ts';
import { startOwnerRecovery } from '../../src-main/use-cases/recovery/start-owner-recovery.ts';
import { authenticate } from '../../src-main/use-cases/sessions/authenticate.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy } from '../support/staff.ts';
import { auditedBy } from './support/audit.ts';
import { accountOf } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';

const NEXT = { newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };

const CALLER = { surface: 'desktop' as const, addresses: [], client: 'test' };

interface Scene {
  readonly engine: Engine;
  readonly owner: Colleague;
  readonly mel: Colleague;
}

async function scene(): Promise<Scene> {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  return { engine, owner, mel: await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' }) };
}

/** Codes that were mailed for a new password, the newest last. */
async function resetCodes(engine: Engine): Promise<string[]> {
  return (await engine.letters()).flatMap(({ message }) => {
    return message.kind === 'passwordReset' ? [message.resetCode] : [];
  });
}

async function newestResetCode(engine: Engine): Promise<string> {
  return (await resetCodes(engine)).at(-1) ?? '';
}

test('R19 S15 a reset that was under way at a suspension ends with it, for good', async () => {
  const { engine, owner, mel } = await scene();
  await personAt(engine).api.open.reset.request({ email: mel.email });
  const code = await newestResetCode(engine);
  const before = (await accountOf(engine, mel.email)).passwordHash;
  await owner.api.admin.users.suspend({ id: mel.id, reason: 'Taken over' });
  await expectRefusal(personAt(engine).api.open.reset.finish({ code, ...NEXT }), 'oneTimeCodeRejected');
  await owner.api.admin.users.reinstate({ id: mel.id });
  await expectRefusal(personAt(engine).api.open.reset.finish({ code, ...NEXT }), 'oneTimeCodeRejected');
  expect((await accountOf(engine, mel.email)).passwordHash).toBe(before);
});

test('R19 S17 whoever is suspended is sent no code, and is answered like anybody', async () => {
  const { engine, owner, mel } = await scene();
  await owner.api.admin.users.suspend({ id: mel.id, reason: 'Taken over' });
  const ask = () => personAt(engine).api.open.reset.request({ email: mel.email });
  const entries = await auditedBy(engine, async () => expect(await ask()).toEqual({}));
  expect(entries).toMatchObject([{ kind: 'resetRefused', targetId: mel.id }]);
  expect(await resetCodes(engine)).toEqual([]);
});

test('S23 a change of address can be stopped during a suspension: nobody else could take it back later', async () => {
  const { engine, owner, mel } = await scene();
  const sent = await mel.api.self.email.sendCode({ newEmail: 'mal@example.org', currentPassword: mel.password });
  const code = await engine.codeFor('mal@example.org');
  const { challengeId } = sent;
  await mel.api.self.email.change({ currentPassword: mel.password, proof: null, challengeId, code });
  const undo = (await engine.letters()).flatMap(({ message }) =>
    message.kind === 'emailChanged' ? [message.undoCode] : [],
  );
  await owner.api.admin.users.suspend({ id: mel.id, reason: 'Taken over' });
  await personAt(engine).api.open.reset.finish({ code: undo[0] ?? '', ...NEXT });
  const account = await accountOf(engine, mel.email);
  expect(account.id).toBe(mel.id);
  const signIn = personAt(engine).api.open.signIn.withPassword({ email: mel.email, password: NEXT.newPassword });
  await expectRefusal(signIn, 'suspended');
});

test('R40 S39 the recovery of an owner does nothing for who is no owner any more', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  const ben = await colleague(engine, 'owner', { name: 'Ben Owner' });
  const { code } = await startOwnerRecovery(engine.deps, CALLER, { email: ben.email, newEmail: null });
  await ada.api.admin.users.changeRole({ id: ben.id, role: 'member', ...(await provenBy(engine, ada, 'roles')) });
  await expectRefusal(personAt(engine).api.open.reset.finish({ code, ...NEXT }), 'oneTimeCodeRejected');
  expect(await accountOf(engine, ben.email)).toMatchObject({ role: 'member', twoStep: 'active' });
});

test('S39 a call of an admin that a suspension overtakes asks for nothing and writes to nobody', async () => {
  const { engine, owner } = await scene();
  const mia = await colleague(engine, 'manager');
  const actor = await authenticate(engine.deps, CALLER, mia.jar.session);
  if (!actor) throw new Error('Mia is not signed in.');
  await owner.api.admin.users.suspend({ id: mia.id, reason: 'Taken over' });
  const entries = await auditedBy(engine, async () => {
    await expectRefusal(requestSms(engine.deps, actor, ''), 'notSignedIn');
    await expectRefusal(sendInstructions(engine.deps, actor), 'notSignedIn');
  });
  expect(entries).toMatchObject([
    { kind: 'policyRefused', actorId: mia.id },
    { kind: 'policyRefused', actorId: mia.id },
  ]);
});
