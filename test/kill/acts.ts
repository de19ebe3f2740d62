import { parseEmail } from '../../src-main/domain/email-address.ts';
import type { Policy } from '../../src-main/domain/policy.ts';
import { changeTrusts } from '../../src-main/domain/trusted-device.ts';
import { runJobs } from '../../src-main/use-cases/jobs/run-jobs.ts';
import { changePolicy } from '../../src-main/use-cases/policy/change-policy.ts';
import { sendPolicyCode } from '../../src-main/use-cases/policy/confirm-act.ts';
import { changeEmail, sendNewAddressCode } from '../../src-main/use-cases/profile/change-email.ts';
import { changePassword } from '../../src-main/use-cases/profile/change-password.ts';
import { deleteAccount } from '../../src-main/use-cases/profile/delete-account.ts';
import { chooseNewPassword } from '../../src-main/use-cases/recovery/choose-new-password.ts';
import { requestReset } from '../../src-main/use-cases/recovery/request-reset.ts';
import { startOwnerRecovery } from '../../src-main/use-cases/recovery/start-owner-recovery.ts';
import { createWorkspace, newAccount } from '../../src-main/use-cases/set-up/create-workspace.ts';
import { proveCode } from '../../src-main/use-cases/sign-in/prove-code.ts';
import { proveRecoveryCode } from '../../src-main/use-cases/sign-in/prove-recovery-code.ts';
import { seePending } from '../../src-main/use-cases/sign-in/see-pending.ts';
import { signInWithPassword } from '../../src-main/use-cases/sign-in/sign-in-with-password.ts';
import { disableTwoStep } from '../../src-main/use-cases/two-step/disable-two-step.ts';
import { enableTwoStep } from '../../src-main/use-cases/two-step/enable-two-step.ts';
import { replaceRecoveryCodes } from '../../src-main/use-cases/two-step/replace-recovery-codes.ts';
import { sendEnableCode, sendProofCode } from '../../src-main/use-cases/two-step/send-enable-code.ts';
import type { StepUpPurpose } from '../../src-main/use-cases/two-step/step-up.ts';
import { acceptInvitation } from '../../src-main/use-cases/users/accept-invitation.ts';
import { addUser } from '../../src-main/use-cases/users/add-user.ts';
import { cancelImport, importUsers } from '../../src-main/use-cases/users/import-users.ts';
import { actorIn, CALLER, codeOf, inviteCodeOf, resetCodeOf, type World } from './world.ts';

export const OWNER = 'ada@example.org';
const MEMBER = 'ben@example.org';
const OTHER_ADDRESS = 'ben@elsewhere.example.org';
/** Whatever has happened, one of them is everybody's. */
export const PASSWORDS = ['correct horse battery', 'another horse battery'] as const;
const [PASSWORD, NEW_PASSWORD] = PASSWORDS;

/** One thing a person does, through the use-cases a screen would call. */
export type Act = (world: World) => Promise<void>;

export const setUp: Act = async (world) => {
  world.person.session = await createWorkspace(world.deps, CALLER, {
    workspaceName: 'Analytical Engines',
    name: 'Ada Lovelace',
    email: OWNER,
    password: PASSWORD,
    confirmPassword: PASSWORD,
    template: 'strong',
  });
};

/** Somebody new, whose day the acts that follow are: there already, without the letters of an invitation. */
const join: Act = async ({ deps, person }) => {
  const address = parseEmail(MEMBER);
  if (!address) throw new Error(`${MEMBER} is no address.`);
  const hash = await deps.passwordHash.hash(PASSWORD, 'password');
  const account = newAccount(deps.random.id(), 'Ben Babbage', address, 'member', hash, deps.clock.now());
  if (!(await deps.store.transaction((tx) => tx.accounts.add(account)))) throw new Error('The address is taken.');
  Object.assign(person, { email: MEMBER, password: PASSWORD });
  person.session = (await signInWithPassword(deps, CALLER, person)).token;
};

export const enable: Act = async (world) => {
  const { challengeId } = await sendEnableCode(world.deps, await actorIn(world), 'email');
  const answer = { challengeId, code: await codeOf(world, challengeId) };
  const enabled = await enableTwoStep(world.deps, await actorIn(world), answer);
  world.person.session = enabled.token;
  world.person.recoveryCodes = [...enabled.recoveryCodes];
};

const givePassword: Act = async ({ deps, person }) => {
  const { next, token } = await signInWithPassword(deps, CALLER, person);
  if (next !== 'secondStep') throw new Error('A second step was expected.');
  person.pending = token;
};

const signInWithCode: Act = async (world) => {
  await givePassword(world);
  const challengeId = (await seePending(world.deps, CALLER, world.person.pending)).code?.challengeId ?? '';
  const answer = { challengeId, code: await codeOf(world, challengeId) };
  world.person.session = (await proveCode(world.deps, CALLER, world.person.pending, answer)).token;
};

const signInWithRecoveryCode: Act = async (world) => {
  await givePassword(world);
  const code = world.person.recoveryCodes.pop();
  world.person.session = (await proveRecoveryCode(world.deps, CALLER, world.person.pending, code)).token;
};

const renewRecoveryCodes: Act = async (world) => {
  const renewed = await replaceRecoveryCodes(world.deps, await actorIn(world), await stepUp(world, 'newRecoveryCodes'));
  world.person.session = renewed.token;
  world.person.recoveryCodes = [...renewed.recoveryCodes];
};

const disable: Act = async (world) => {
  world.person.session = await disableTwoStep(world.deps, await actorIn(world), await stepUp(world, 'disable'));
};

const disableWithRecoveryCode: Act = async (world) => {
  const proof = { method: 'recoveryCode', code: world.person.recoveryCodes.pop() } as const;
  const input = { currentPassword: world.person.password, proof };
  world.person.session = await disableTwoStep(world.deps, await actorIn(world), input);
};

const changeOwnPassword: Act = async (world) => {
  const { person } = world;
  const newPassword = person.password === PASSWORD ? NEW_PASSWORD : PASSWORD;
  const change = { currentPassword: person.password, newPassword, confirmPassword: newPassword };
  person.session = await changePassword(world.deps, await actorIn(world), change);
  person.password = newPassword;
};

const changeAddress: Act = async (world) => {
  const { deps, person } = world;
  const wanted = { newEmail: OTHER_ADDRESS, currentPassword: person.password };
  const { challengeId } = await sendNewAddressCode(deps, await actorIn(world), wanted);
  const answer = { challengeId, code: await codeOf(world, challengeId) };
  person.session = await changeEmail(deps, await actorIn(world), await stepUp(world, 'changeEmail'), answer);
  person.email = OTHER_ADDRESS;
};

const deleteOwnAccount: Act = async (world) => {
  await deleteAccount(world.deps, await actorIn(world), await stepUp(world, 'deleteAccount'));
  Object.assign(world.person, { email: OWNER, session: null });
};

const resetByMail: Act = async (world) => {
  const { deps, person } = world;
  await requestReset(deps, CALLER, person.email);
  const code = await resetCodeOf(world);
  await chooseNewPassword(deps, CALLER, { code, newPassword: NEW_PASSWORD, confirmPassword: NEW_PASSWORD });
  Object.assign(person, { password: NEW_PASSWORD, session: null });
};

const recoverOwner: Act = async ({ deps, person }) => {
  const { code } = await startOwnerRecovery(deps, CALLER, { email: null, newEmail: null });
  await chooseNewPassword(deps, CALLER, { code, newPassword: PASSWORD, confirmPassword: PASSWORD });
  Object.assign(person, { password: PASSWORD, session: null });
};

/** Five more people, who do nothing. */
const crowd: Act = async ({ deps }) => {
  const hash = await deps.passwordHash.hash(PASSWORD, 'password');
  await deps.store.transaction(async (tx) => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const address = parseEmail(`${name}@example.org`);
      if (!address) throw new Error(`${name} has no address.`);
      await tx.accounts.add(newAccount(deps.random.id(), name, address, 'member', hash, deps.clock.now()));
    }
  });
};

const requireTwoStep: Act = (world) => turnPolicy(world, { enforcement: 'required', complianceDays: 3 });

const allowTrust: Act = (world) => turnPolicy(world, { trust: '7d' });

async function turnPolicy(world: World, turned: Partial<Policy>): Promise<void> {
  const by = await actorIn(world);
  const { challengeId } = await sendPolicyCode(world.deps, by);
  const proof = { method: 'email', challengeId, code: await codeOf(world, challengeId) } as const;
  const { version, policy } = await world.sqlite.read((tx) => tx.workspace.policy());
  const change = { expectedVersion: version, policy: { ...policy, ...turned }, proof };
  world.person.session = (await changePolicy(world.deps, by, change)).token;
}

/** R18. */
const signInAndTrust: Act = async (world) => {
  const { deps, person } = world;
  await givePassword(world);
  const challengeId = (await seePending(deps, CALLER, person.pending)).code?.challengeId ?? '';
  const answer = { challengeId, code: await codeOf(world, challengeId) };
  const { token, trust } = await proveCode(deps, CALLER, person.pending, answer, {
    remember: true,
    held: person.trusts,
  });
  if (!trust) throw new Error('The computer is not trusted.');
  Object.assign(person, { session: token, trusts: changeTrusts(person.trusts, trust) });
};

const signInTrusted: Act = async ({ deps, person }) => {
  const { next, token, trust } = await signInWithPassword(deps, CALLER, person, person.trusts);
  if (next !== 'signedIn' || !trust) throw new Error('The second step was to be spared.');
  Object.assign(person, { session: token, trusts: changeTrusts(person.trusts, trust) });
};

const invite: Act = async (world) => {
  const wanted = { name: 'Ben Babbage', email: MEMBER, phone: null, role: 'member' as const };
  await addUser(world.deps, await actorIn(world), wanted, null);
};

/** S42. */
export const acceptInvite: Act = async (world) => {
  const chosen = { password: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };
  const { token } = await acceptInvitation(world.deps, CALLER, { code: await inviteCodeOf(world), ...chosen });
  Object.assign(world.person, { email: MEMBER, password: NEW_PASSWORD, session: token });
};

/** All long work to its end; two people a piece, so that there are several. */
export const writeToEverybody: Act = async ({ deps }) => {
  while ((await runJobs(deps, 2)) === 'worked');
};

const NEWCOMERS = ['name,email', ...Array.from({ length: 3 }, (_, n) => `New ${n},new${n}@example.org`)].join('\n');

/** Three people, two a piece; then everybody is invited. */
const importPeople: Act = async (world) => {
  await importUsers(world.deps, await actorIn(world), NEWCOMERS, null, 2);
  await writeToEverybody(world);
};

const takeImportBack: Act = async (world) => {
  const { importId } = await importUsers(world.deps, await actorIn(world), NEWCOMERS, null, 2);
  await runJobs(world.deps, 2);
  await cancelImport(world.deps, await actorIn(world), importId);
  while ((await runJobs(world.deps, 1)) === 'worked');
};

async function stepUp(world: World, purpose: StepUpPurpose) {
  const { challengeId } = await sendProofCode(world.deps, await actorIn(world), purpose);
  const proof = { method: 'email', challengeId, code: await codeOf(world, challengeId) } as const;
  return { currentPassword: world.person.password, proof };
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
  'changing the password': { before: [setUp, join, enable, signInWithRecoveryCode], act: changeOwnPassword },
  'changing the address': { before: [setUp, join, enable, signInWithRecoveryCode], act: changeAddress },
  'resetting the password by mail': { before: [setUp, enable, signInWithCode], act: resetByMail },
  'deleting the account': { before: [setUp, join, enable, signInWithRecoveryCode], act: deleteOwnAccount },
  'requiring two-step verification (R24)': { before: [setUp, enable, crowd], act: requireTwoStep },
  'writing to everybody (R28)': { before: [setUp, enable, crowd, requireTwoStep], act: writeToEverybody },
  'trusting a computer (R18)': { before: [setUp, enable, allowTrust], act: signInAndTrust },
  'signing in on a trusted computer (S32)': { before: [setUp, enable, allowTrust, signInAndTrust], act: signInTrusted },
  'joining by invitation (S42)': { before: [setUp, invite], act: acceptInvite },
  'importing people (R39)': { before: [setUp], act: importPeople },
  'taking an import back (R39)': { before: [setUp], act: takeImportBack },
  'recovering the owner': { before: [setUp, enable, signInWithCode], act: recoverOwner },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

/** A day in the life of somebody who joins and leaves, and of the owner left behind; to be repeated until the kill comes. */
export const ROUND: readonly Act[] = [
  join,
  enable,
  signInWithCode,
  signInWithRecoveryCode,
  renewRecoveryCodes,
  changeOwnPassword,
  signInWithCode,
  disableWithRecoveryCode,
  enable,
  changeAddress,
  signInWithCode,
  disable,
  enable,
  deleteOwnAccount,
  resetByMail,
  recoverOwner,
];
