import type { ChallengePurpose } from './challenge.ts';
import type { Caller, Instant, ProofMethod, Surface } from './values.ts';

/** Every security action and every refusal, by name. */
export type AuditKind =
  | 'workspaceCreated'
  | 'passwordAccepted'
  | 'passwordRejected'
  | 'signInLocked'
  | 'signInCancelled'
  | 'signedIn'
  | 'signedOut'
  | 'sessionEnded'
  | 'otherSessionsEnded'
  | 'codeSent'
  | 'codeRefused'
  | 'codeRejected'
  | 'recoveryCodeRejected'
  | 'stepUpRejected'
  | 'twoStepEnabled'
  | 'twoStepDisabled'
  | 'recoveryCodesReplaced'
  | 'passwordChanged'
  | 'passwordUnfit'
  | 'nameChanged'
  | 'resetRequested'
  | 'resetRefused'
  | 'passwordReset'
  | 'emailChanged'
  | 'emailChangeUndone'
  | 'accountDeleted'
  | 'ownerRecoveryStarted'
  | 'ownerRecovered'
  | 'connectionChanged'
  | 'connectionTested'
  | 'signInRefused'
  | 'policyChanged'
  | 'policyRefused'
  | 'smsRequested'
  | 'jobStarted'
  | 'jobEnded'
  | 'exceptionGranted'
  | 'exceptionEnded'
  | 'groupChanged'
  | 'rolesChanged'
  | 'roleChanged'
  | 'userAdded'
  | 'userEdited'
  | 'userRemoved'
  | 'usersImported'
  | 'usersExported'
  | 'invitationSent'
  | 'invitationAccepted'
  | 'invitationRefused'
  | 'suspended'
  | 'reinstated'
  | 'unlocked'
  | 'signedOutEverywhere'
  | 'allowlistChanged'
  | 'twoStepReset'
  | 'adminActRefused'
  | 'trustGranted'
  | 'trustRevoked'
  | 'trustReplayed'
  | 'breakGlassUsed'
  | 'clockDoubted'
  | 'clockAccepted'
  | 'surfaceRefused'
  | 'accessDenied'
  | 'damageFound';

/** One security action: who did what, on whom, when, from where, before and after (R43). Details never hold a secret. */
export interface AuditEntry {
  readonly kind: AuditKind;
  readonly at: Instant;
  /** Account that acted; null when nobody is signed in or known. */
  readonly actorId: string | null;
  /** Account acted upon; null when none is known. */
  readonly targetId: string | null;
  readonly surface: Surface;
  readonly address: string;
  readonly detail: AuditDetail;
}

export interface AuditDetail {
  readonly purpose?: ChallengePurpose;
  /** What a sign-in or a sensitive act was proven with. */
  readonly method?: ProofMethod;
  readonly reason?: string;
  readonly before?: string;
  readonly after?: string;
  readonly count?: number;
}

/** An entry in its place in the chain: `hash = SHA-256(previous hash ‖ canonical entry)` (SECURITY 5, S77). */
export interface ChainedEntry extends AuditEntry {
  readonly sequence: number;
  /** Lower-case hex. */
  readonly previousHash: string;
  readonly hash: string;
}

/** Who an entry is about: the actor where one is known to act, the target where one is known to be meant. */
export interface Parties {
  readonly actorId: string | null;
  readonly targetId: string | null;
}

/** Someone at the sign-in screen: nobody is known to act yet, but an account may be meant. */
export function stranger(targetId: string | null): Parties {
  return { actorId: null, targetId };
}

/** Someone acting on their own account. */
export function oneself(accountId: string): Parties {
  return { actorId: accountId, targetId: accountId };
}

export function auditEntry(
  kind: AuditKind,
  at: Instant,
  caller: Caller,
  parties: Parties,
  detail: AuditDetail = {},
): AuditEntry {
  return { kind, at, ...parties, surface: caller.surface, address: caller.addresses[0] ?? '', detail };
}
