import type { DomainCode, DomainErrors } from '../src-main/domain/errors.ts';
import type { Explanation } from './explain.ts';
import { clockTime, exactTime, serverNow } from './ui/times.ts';

const NOTHING = 'Nothing was changed.';
const OUTSIDE = 'You are not signed in.';

type Codes = Extract<
  DomainCode,
  | 'suspended'
  | 'addressRefused'
  | 'deadlinePassed'
  | 'enrolFirst'
  | 'enforcementApplies'
  | 'twoStepDisabledByPolicy'
  | 'changedMeanwhile'
  | 'enrolYourselfFirst'
  | 'policyUnfit'
  | 'targetOutranks'
  | 'notOnYourself'
  | 'allowlistExcludesYou'
  | 'stateUnfit'
  | 'nameTaken'
  | 'groupExcepted'
  | 'jobRunning'
  | 'importUnfit'
  | 'clockWrong'
>;

const UNFIT: Record<DomainErrors['policyUnfit']['reason'], string> = {
  noMethod: 'Allow at least one method, or people could not set it up.',
  methodNotWorking: 'This method cannot be set up in this version of Vestibule yet. Keep one that works.',
  smsNotEntitled: 'Text messages are a paid extra: ask for them with Request SMS.',
  notWorkingYet: 'This version of Vestibule cannot ask for security keys yet, so nobody could get in.',
};

/** Words for refusals about policy, users and roles. */
export const WORKSPACE_EXPLANATIONS: { [C in Codes]: (data: DomainErrors[C]) => Explanation } = {
  suspended: () => ({
    title: 'This account is suspended',
    unchanged: OUTSIDE,
    next: 'Your password is right. Ask an admin of the workspace to reinstate the account.',
  }),
  addressRefused: ({ addresses }) => ({
    title: 'Signing in from here is not allowed',
    unchanged: OUTSIDE,
    next: `Your password is right, but your account is limited to other addresses. Tell an admin that you sign in from ${addresses.join(' or ')}; try again after the change.`,
  }),
  deadlinePassed: ({ deadline }) => ({
    title: 'The time to set up two-step verification is over',
    unchanged: OUTSIDE,
    next: `It ended on ${exactTime(deadline)}. Your password is right: ask an admin for more time, then sign in again.`,
  }),
  enrolFirst: () => ({
    title: 'Set up two-step verification first',
    unchanged: NOTHING,
    next: 'Until then nothing else is open to you.',
  }),
  enforcementApplies: () => ({
    title: 'Your workspace requires two-step verification',
    unchanged: 'It stays on.',
    next: 'An admin decides for the whole workspace in Workspace settings.',
  }),
  twoStepDisabledByPolicy: () => ({
    title: 'Two-step verification is switched off for this workspace',
    unchanged: NOTHING,
    next: 'An admin can switch it on in Workspace settings.',
  }),
  changedMeanwhile: () => ({
    title: 'Somebody else changed this in the meantime',
    unchanged: 'Your change was not saved.',
    next: 'Look at what is in force now, then make your change again.',
  }),
  enrolYourselfFirst: () => ({
    title: 'Switch on your own two-step verification first',
    unchanged: NOTHING,
    next: 'Go to Profile settings → Security. Whoever requires it of others must have it.',
  }),
  policyUnfit: ({ reason }) => ({
    title: 'This policy would lock people out',
    unchanged: NOTHING,
    next: UNFIT[reason],
  }),
  targetOutranks: () => ({
    title: 'Your role does not reach that far',
    unchanged: NOTHING,
    next: 'Their role, or the one to be given, is as high as yours or higher. Ask an owner.',
  }),
  notOnYourself: () => ({
    title: 'This cannot be done to yourself',
    unchanged: NOTHING,
    next: 'Ask another admin, or use Profile settings.',
  }),
  allowlistExcludesYou: ({ addresses }) => ({
    title: 'This list would lock you out',
    unchanged: NOTHING,
    next: `You are at ${addresses.join(' or ')}, which is not on it. Add the address, or confirm that you want this.`,
  }),
  stateUnfit: () => ({
    title: 'This does not fit the account any more',
    unchanged: NOTHING,
    next: 'Reload the list to see how it stands.',
  }),
  groupExcepted: () => ({
    title: 'This group has more time by an exception',
    unchanged: NOTHING,
    next: 'Whoever is in it has that time too, so only somebody who may also change Workspace settings puts people in, takes them out or removes it.',
  }),
  nameTaken: () => ({ title: 'This name is in use', unchanged: NOTHING, next: 'Choose another one.' }),
  jobRunning: () => ({
    title: 'This is under way already',
    unchanged: NOTHING,
    next: 'Wait until it has finished, or cancel it.',
  }),
  importUnfit: ({ errors }) => ({
    title: errors === 1 ? 'One row cannot be taken' : `${errors} rows cannot be taken`,
    unchanged: 'Nobody was added.',
    next: 'Correct the file and choose it again.',
  }),
  clockWrong: () => ({
    title: 'The clock of this computer seems to be wrong',
    unchanged: NOTHING,
    next: `It says ${clockTime(serverNow())}. Set it right, and start Vestibule again.`,
  }),
};
