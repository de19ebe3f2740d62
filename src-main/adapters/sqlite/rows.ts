import type { ChainLink } from '../../domain/audit-chain.ts';
import type { Tx } from '../../ports/store.ts';
import { accountRows } from './accounts.ts';
import { auditRows } from './audit.ts';
import { challengeRows } from './challenges.ts';
import { connectionRows } from './connections.ts';
import type { Db } from './database.ts';
import { exceptionRows } from './exceptions.ts';
import { factorRows } from './factors.ts';
import { groupRows } from './groups.ts';
import { impactRows } from './impact.ts';
import { jobPieceRows } from './job-pieces.ts';
import { jobRows } from './jobs.ts';
import { oneTimeCodeRows } from './one-time-codes.ts';
import { outboxRows } from './outbox.ts';
import { pendingSignInRows } from './pending-sign-ins.ts';
import { peopleRows } from './people.ts';
import { recoveryCodeRows } from './recovery-codes.ts';
import { roleRows } from './roles.ts';
import type { Seals } from './seals.ts';
import { sessionRows } from './sessions.ts';
import { trustedDeviceRows } from './trusted-devices.ts';
import { workspaceRows } from './workspace.ts';

/** Every statement of the port, prepared on one connection. */
export function rowsOn(db: Db, seals: Seals, appended?: (entry: ChainLink) => void): Tx {
  const rows = {
    workspace: workspaceRows(db, seals),
    accounts: accountRows(db, seals),
    factors: factorRows(db, seals),
    recoveryCodes: recoveryCodeRows(db, seals),
    challenges: challengeRows(db, seals),
    pendingSignIns: pendingSignInRows(db, seals),
    sessions: sessionRows(db, seals),
    oneTimeCodes: oneTimeCodeRows(db, seals),
    outbox: outboxRows(db),
    connections: connectionRows(db, seals),
    trustedDevices: trustedDeviceRows(db, seals),
    roles: roleRows(db, seals),
    groups: groupRows(db, seals),
    exceptions: exceptionRows(db, seals),
    jobs: jobRows(db),
    jobPieces: jobPieceRows(db, seals),
    impact: impactRows(db),
    audit: auditRows(db, appended),
  };
  return { ...rows, people: peopleRows(db, rows) };
}
