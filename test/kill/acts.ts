import { createWorkspace } from '../../src-main/use-cases/set-up/create-workspace.ts';
import { proveCode } from '../../src-main/use-cases/sign-in/prove-code.ts';
import { proveRecoveryCode } from '../../src-main/use-cases/sign-in/prove-recovery-code.ts';
import { seePending } from '../../src-main/use-cases/sign-in/see-pending.ts';
import { signInWithPassword } from '../../src-main/use-cases/sign-in/sign-in-with-password.ts';
import { disableTwoStep } from '../../src-main/use-cases/two-step/disable-two-step.ts';
import { enableTwoStep } from '../../src-main/use-cases/two-step/enable-two-step.ts';
import { replaceRecoveryCodes } from '../../src-main/use-cases/two-step/replace-recovery-codes.ts';
import { sendEnableCode, sendProofCode } from '../../src-main/use-cases/two-step/send-enable-code.ts';
import { actorIn, CALLER, codeOf, type World } from './world.ts';

export const EMAIL = 'ada@example.org';
export const PASSWORD = 'correct horse battery';

/** One thing a person does, through the use-cases a screen would call. */
export type Act = (world: World) => Promise<void>;

export const setUp: Act = async (world) => {
  world.person.session = await createWorkspace(world.deps, CALLER, {
    workspaceName: 'Analytical Engines',
    name: 'Ada Lovelace',
    email: EMAIL,
    password: PASSWORD,
    confirmPassword: PASSWORD,
    template: 'strong',
  });
};

export const enable: Act = async (world) => {
  const { challengeId } = await sendEnableCode(world.deps, await actorIn(world), 'email');
  const answer = { challengeId, code: await codeOf(world, challengeId) };
  const enabled = await enableTwoStep(world.deps, await actorIn(world), answer);
  world.person.session = enabled.token;
  world.person.recoveryCodes = [...enabled.recoveryCodes];
};

const givePassword: Act = async (world) => {
  const { next, token } = await signInWithPassword(world.deps, CALLER, { email: EMAIL, password: PASSWORD });
  if (next !== 'secondStep') throw new Error('A second step was expected.');
  world.person.pending = token;
};

export const signInWithCode: Act = async (world) => {
  await givePassword(world);
  const challengeId = (await seePending(world.deps, CALLER, world.person.pending)).code?.challengeId ?? '';
  const answer = { challengeId, code: await codeOf(world, challengeId) };
  world.person.session = await proveCode(world.deps, CALLER, world.person.pending, answer);
};

export const signInWithRecoveryCode: Act = async (world) => {
  await givePassword(world);
  const code = world.person.recoveryCodes.pop();
  world.person.session = (await proveRecoveryCode(world.deps, CALLER, world.person.pending, code)).token;
};

export const renewRecoveryCodes: Act = async (world) => {
  const renewed = await replaceRecoveryCodes(world.deps, await actorIn(world), await stepUp(world, 'newRecoveryCodes'));
  world.person.session = renewed.token;
  world.person.recoveryCodes = [...renewed.recoveryCodes];
};

export const disable: Act = async (world) => {
  world.person.session = await disableTwoStep(world.deps, await actorIn(world), await stepUp(world, 'disable'));
};

export const disableWithRecoveryCode: Act = async (world) => {
  const proof = { method: 'recoveryCode', code: world.person.recoveryCodes.pop() } as const;
  world.person.session = await disableTwoStep(world.deps, await actorIn(world), { currentPassword: PASSWORD, proof });
};

async function stepUp(world: World, purpose: 'disable' | 'newRecoveryCodes') {
  const { challengeId } = await sendProofCode(world.deps, await actorIn(world), purpose);
  const proof = { method: 'email', challengeId, code: await codeOf(world, challengeId) } as const;
  return { currentPassword: PASSWORD, proof };
}

/** What has happened before, and the act that is struck. */
export interface Scenario {
  readonly before: readonly Act[];
  readonly act: Act;
}

export const SCENARIOS = {
  'setting up the workspace': { before: [], act: setUp },
  'enabling two-step verification': { before: [setUp], act: enable },
  'signing in with a code': { before: [setUp, enable], act: signInWithCode },
  'signing in with a recovery code': { before: [setUp, enable], act: signInWithRecoveryCode },
  'replacing the recovery codes': { before: [setUp, enable, signInWithRecoveryCode], act: renewRecoveryCodes },
  'disabling with a code': { before: [setUp, enable, signInWithCode], act: disable },
  'disabling with a recovery code': { before: [setUp, enable], act: disableWithRecoveryCode },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

/** A day in the life, to be repeated until the kill comes. */
export const ROUND: readonly Act[] = [
  enable,
  signInWithCode,
  signInWithRecoveryCode,
  renewRecoveryCodes,
  signInWithRecoveryCode,
  signInWithCode,
  disableWithRecoveryCode,
  enable,
  signInWithCode,
  disable,
];
