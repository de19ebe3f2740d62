import { expect, test } from 'vitest';
import type { Account } from '../../../src-main/domain/account.ts';
import type { Message } from '../../../src-main/domain/message.ts';
import { DAY } from '../../../src-main/domain/values.ts';
import { LETTERS_WAITING } from '../../../src-main/use-cases/jobs/long-work.ts';
import { runJobs } from '../../../src-main/use-cases/jobs/run-jobs.ts';
import { newAccount } from '../../../src-main/use-cases/set-up/create-workspace.ts';
import { auditedBy, auditOf } from '../../attacks/support/audit.ts';
import { protectedOwner } from '../../attacks/support/people.ts';
import { expectRefusal, tally } from '../../attacks/support/verdict.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { OWNER } from '../../support/person.ts';
import { changePolicyTo } from '../policy/admin.ts';

const INSTRUCTIONS: readonly Message['kind'][] = ['enrolBy', 'enrolNow', 'alreadyEnrolled'];

async function addMany(engine: Engine, count: number, change: Partial<Account> = {}, prefix = 'p'): Promise<void> {
  await engine.deps.store.transaction(async (tx) => {
    for (let index = 0; index < count; index += 1) {
      const email = `${prefix}${index}@example.org`;
      const address = { email, key: email };
      const account = newAccount(`${prefix}${index}`, `P ${index}`, address, 'member', 'hash', engine.clock.now());
      await tx.accounts.add({ ...account, ...change });
    }
  });
}

/** Runs until nothing is left; letters leave whenever they are waited for. */
async function runToTheEnd(engine: Engine): Promise<void> {
  for (;;) {
    const ran = await runJobs(engine.deps);
    if (ran === 'idle') return;
    if (ran === 'waiting') await engine.letters();
  }
}

/** What everybody was told, by address. */
async function told(engine: Engine): Promise<Record<string, Message[]>> {
  const all: Record<string, Message[]> = {};
  for (const { to, message } of await engine.letters()) {
    if (INSTRUCTIONS.includes(message.kind)) all[to] = [...(all[to] ?? []), message];
  }
  return all;
}

test('R28 when it becomes required everybody who can sign in is written to once, with their own deadline', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 2);
  await addMany(engine, 1, { suspendedAt: 1 }, 'suspended');
  await addMany(engine, 1, { passwordHash: null }, 'invited');
  await addMany(engine, 1, {}, 'emergency');
  await addMany(engine, 1, { deletedAt: 1 }, 'deleted');
  await engine.deps.store.transaction(async (tx) => {
    const base = { reason: 'r', createdBy: 'x', createdAt: 0, groupId: null };
    await tx.exceptions.add({ ...base, id: 'b', kind: 'breakGlass', accountId: 'emergency0', until: null });
    const until = engine.clock.now() + 30 * DAY;
    await tx.exceptions.add({ ...base, id: 'e', kind: 'extension', accountId: 'p1', until });
  });
  const requiredAt = engine.clock.now();
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  await runToTheEnd(engine);
  expect(await told(engine)).toEqual({
    [OWNER.email]: [{ kind: 'alreadyEnrolled' }],
    'p0@example.org': [{ kind: 'enrolBy', deadline: requiredAt + 3 * DAY }],
    'p1@example.org': [{ kind: 'enrolBy', deadline: requiredAt + 30 * DAY }],
  });
  expect(await owner.api.admin.jobs.see({ kind: 'setupInstructions' })).toMatchObject({
    state: 'done',
    done: 6,
    total: 6,
    endedAt: engine.clock.now(),
  });
  const ends = (await auditOf(engine)).filter(({ kind }) => kind === 'jobEnded');
  expect(ends).toMatchObject([{ detail: { reason: 'setupInstructions', after: 'done', count: 6 } }]);
});

test('R24 R28 with no days people are told to set it up at their next sign-in; where they would be refused, since when', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 1);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0 });
  await runToTheEnd(engine);
  expect((await told(engine))['p0@example.org']).toEqual([{ kind: 'enrolNow' }]);
  await changePolicyTo(engine, owner, { enforcement: 'optional' });
  const requiredAt = engine.clock.now();
  await changePolicyTo(engine, owner, { enforcement: 'required', afterDeadline: 'block' });
  await runToTheEnd(engine);
  expect((await told(engine))['p0@example.org']).toEqual([
    { kind: 'enrolNow' },
    { kind: 'enrolBy', deadline: requiredAt },
  ]);
});

test('R28 editing a policy that goes on requiring it writes to nobody; a reminder goes to those who have not set it up', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 1);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  await runToTheEnd(engine);
  const before = await told(engine);
  await changePolicyTo(engine, owner, { complianceDays: 9 });
  await runToTheEnd(engine);
  expect(await told(engine)).toEqual(before);
  const entries = await auditedBy(engine, () => owner.api.admin.policy.sendInstructions());
  expect(entries).toMatchObject([{ kind: 'jobStarted' }]);
  await expectRefusal(owner.api.admin.policy.sendInstructions(), 'jobRunning');
  await runToTheEnd(engine);
  const after = await told(engine);
  expect(after[OWNER.email]).toHaveLength(1);
  expect(after['p0@example.org']?.map(({ kind }) => kind)).toEqual(['enrolBy', 'enrolBy']);
});

test('R28 no reminders while it is not required', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const entries = await auditedBy(engine, () => expectRefusal(owner.api.admin.policy.sendInstructions(), 'stateUnfit'));
  expect(entries).toMatchObject([{ kind: 'policyRefused', detail: { reason: 'stateUnfit' } }]);
});

test('R28 R51 a piece is forty accounts at most, and no more letters are written while three hundred wait', async () => {
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 450);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  const progress: number[] = [];
  const see = async () => (await owner.api.admin.jobs.see({ kind: 'setupInstructions' }))?.done ?? 0;
  for (let ran = await runJobs(engine.deps); ran === 'worked'; ran = await runJobs(engine.deps))
    progress.push(await see());
  expect(progress).toEqual([40, 80, 120, 160, 200, 240, 280, 300]);
  expect(await engine.read((tx) => tx.outbox.waiting())).toBe(LETTERS_WAITING);
  expect(await runJobs(engine.deps)).toBe('waiting');
  await runToTheEnd(engine);
  const everybody = Object.values(await told(engine));
  expect([everybody.length, everybody.every((letters) => letters.length === 1)]).toEqual([451, true]);
});

test('R51 a code never waits behind the letters to everybody', async () => {
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 50);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  await runJobs(engine.deps);
  await owner.api.admin.policy.sendCode();
  const [first] = await engine.read((tx) => tx.outbox.due(engine.clock.now(), 1));
  expect(first?.bulk).toBe(false);
});

test('R28 Cancel stops where it stands: who was written to was, nobody else is', async () => {
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 150);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  await runJobs(engine.deps);
  const job = await owner.api.admin.jobs.see({ kind: 'setupInstructions' });
  const id = job?.id ?? '';
  const entries = await auditedBy(engine, async () => {
    const words = await tally([owner.api.admin.jobs.cancel({ id }), owner.api.admin.jobs.cancel({ id })]);
    expect(words).toEqual({ done: 1, notFound: 1 });
  });
  expect(entries.map(({ kind }) => kind).sort()).toEqual(['jobEnded', 'policyRefused']);
  expect(await runJobs(engine.deps)).toBe('idle');
  expect(await owner.api.admin.jobs.see({ kind: 'setupInstructions' })).toMatchObject({
    state: 'cancelled',
    done: 40,
  });
  expect(Object.keys(await told(engine))).toHaveLength(40);
});

test.each(['optional', 'off'] as const)('R27 R29 turning it %s ends the letters', async (enforcement) => {
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 150);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  await runJobs(engine.deps);
  await changePolicyTo(engine, owner, { enforcement });
  expect(await runJobs(engine.deps)).toBe('idle');
  expect(await owner.api.admin.jobs.see({ kind: 'setupInstructions' })).toMatchObject({
    state: 'cancelled',
    done: 40,
  });
});

test('R28 pieces run at once by two write to nobody twice', async () => {
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 150);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  await Promise.all([runJobs(engine.deps), runJobs(engine.deps), runJobs(engine.deps)]);
  await runToTheEnd(engine);
  const everybody = Object.values(await told(engine));
  expect([everybody.length, everybody.every((letters) => letters.length === 1)]).toEqual([151, true]);
});

test('R28 a piece that fails is as if it had not begun', async () => {
  let writes = 0;
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  await addMany(engine, 20);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 3 });
  const vault = {
    ...engine.deps.vault,
    seal: (...input: Parameters<typeof engine.deps.vault.seal>) => {
      writes += 1;
      if (writes === 12) throw new Error('the vault is gone');
      return engine.deps.vault.seal(...input);
    },
  };
  await expect(runJobs({ ...engine.deps, vault })).rejects.toThrow('the vault is gone');
  expect(await owner.api.admin.jobs.see({ kind: 'setupInstructions' })).toMatchObject({ state: 'running', done: 0 });
  await runToTheEnd(engine);
  expect(Object.values(await told(engine)).map(({ length }) => length)).toEqual(Array(21).fill(1));
});
