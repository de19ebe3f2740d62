import type { Account } from './account.ts';
import type { Session } from './session.ts';
import type { Caller } from './values.ts';

/** Who is signed in, as read from the store for this very call. */
export interface Actor {
  readonly caller: Caller;
  readonly session: Session;
  readonly account: Account;
}
