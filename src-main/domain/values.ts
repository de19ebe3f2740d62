/** A point in time: whole milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** A length of time in whole milliseconds. */
export type Duration = number;

export const SECOND: Duration = 1_000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;

/** Where a call comes from. Both hosts (Electron, loopback) count as `desktop` (ARCHITECTURE 2). */
export type Surface = 'desktop' | 'web' | 'mobile' | 'federated';

/** A factor's kind, as policy names it (PRODUCT, "Words"). */
export type Method = 'email' | 'sms' | 'authenticatorApp' | 'securityKey' | 'phoneApproval';

/** What a second step can be answered with: a factor's method or a recovery code (R16). */
export type ProofMethod = Method | 'recoveryCode';

/** Who calls, as far as the host can tell: stored with sessions and audit entries. */
export interface Caller {
  readonly surface: Surface;
  /** This computer's addresses (SECURITY, "Desktop surface and addresses"), canonical. */
  readonly addresses: readonly string[];
  /** Short name of the program that calls, for the sessions list, e.g. `Chromium on Linux`. */
  readonly client: string;
}
