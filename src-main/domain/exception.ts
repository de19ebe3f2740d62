import type { Instant } from './values.ts';

/** A way round enforcement for one account or one group, with its reason, audited (R37). */
export interface PolicyException {
  readonly id: string;
  readonly kind: 'extension' | 'breakGlass';
  /** Exactly one of the two; a break-glass exception is for an account. */
  readonly accountId: string | null;
  readonly groupId: string | null;
  /** The deadline it gives; null for break-glass. */
  readonly until: Instant | null;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
}

/** People that policy exceptions, and later reports, can speak of together. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
}
