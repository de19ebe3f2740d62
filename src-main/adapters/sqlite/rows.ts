import type { Tx } from '../../ports/store.ts';
import { accountRows } from './accounts.ts';
import { auditRows } from './audit.ts';
import { challengeRows } from './challenges.ts';
import { connectionRows } from './connections.ts';
import type { Db } from './database.ts';
import { factorRows } from './factors.ts';
import { oneTimeCodeRows } from './one-time-codes.ts';
import { outboxRows } from './outbox.ts';
import { pendingSignInRows } from './pending-sign-ins.ts';
import { recoveryCodeRows } from './recovery-codes.ts';
import { sessionRows } from './sessions.ts';
import { workspaceRows } from './workspace.ts';

/** Every statement of the port, prepared on one connection. */
export function rowsOn(db: Db): Tx {
  return {
    workspace: workspaceRows(db),
    accounts: accountRows(db),
    factors: factorRows(db),
    recoveryCodes: recoveryCodeRows(db),
    challenges: challengeRows(db),
    pendingSignIns: pendingSignInRows(db),
    sessions: sessionRows(db),
    oneTimeCodes: oneTimeCodeRows(db),
    outbox: outboxRows(db),
    connections: connectionRows(db),
    audit: auditRows(db),
  };
}
