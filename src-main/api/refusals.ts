import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';
import type { ZodError } from 'zod';
import type { DomainCode } from '../domain/errors.ts';

/** Each refusal's status. Total: a new code does not compile until it has one (ARCHITECTURE 4). */
export const STATUS_OF: Record<DomainCode, TRPC_ERROR_CODE_KEY> = {
  alreadySetUp: 'CONFLICT',
  invalidInput: 'BAD_REQUEST',
  notSignedIn: 'UNAUTHORIZED',
  signInRejected: 'UNAUTHORIZED',
  signInExpired: 'UNAUTHORIZED',
  currentPasswordRejected: 'FORBIDDEN',
  proofNeeded: 'FORBIDDEN',
  codeRejected: 'FORBIDDEN',
  challengeBurnt: 'FORBIDDEN',
  challengeExpired: 'FORBIDDEN',
  recoveryCodeRejected: 'FORBIDDEN',
  locked: 'TOO_MANY_REQUESTS',
  resendTooSoon: 'TOO_MANY_REQUESTS',
  tooManyCodes: 'TOO_MANY_REQUESTS',
  methodUnavailable: 'PRECONDITION_FAILED',
  surfaceForbidden: 'FORBIDDEN',
  twoStepAlreadyActive: 'CONFLICT',
  twoStepOff: 'CONFLICT',
  oneTimeCodeRejected: 'FORBIDDEN',
  emailTaken: 'CONFLICT',
  lastOwner: 'CONFLICT',
  passwordUnfit: 'BAD_REQUEST',
  mailNotSent: 'UNPROCESSABLE_CONTENT',
  tooManyTests: 'TOO_MANY_REQUESTS',
  suspended: 'FORBIDDEN',
  addressRefused: 'FORBIDDEN',
  deadlinePassed: 'FORBIDDEN',
  enrolFirst: 'FORBIDDEN',
  enforcementApplies: 'CONFLICT',
  twoStepDisabledByPolicy: 'CONFLICT',
  changedMeanwhile: 'CONFLICT',
  enrolYourselfFirst: 'PRECONDITION_FAILED',
  policyUnfit: 'BAD_REQUEST',
  targetOutranks: 'FORBIDDEN',
  notOnYourself: 'FORBIDDEN',
  allowlistExcludesYou: 'PRECONDITION_FAILED',
  stateUnfit: 'CONFLICT',
  nameTaken: 'CONFLICT',
  groupExcepted: 'FORBIDDEN',
  jobRunning: 'CONFLICT',
  importUnfit: 'BAD_REQUEST',
  clockWrong: 'PRECONDITION_FAILED',
  forbidden: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
};

/** The first complaint about each field, by the field's name; `form` for what concerns no single one. */
export function fieldsOf(error: ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { path, message } of error.issues) fields[path.join('.') || 'form'] ??= message;
  return fields;
}
