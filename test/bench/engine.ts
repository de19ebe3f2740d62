import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argon2Hash } from '../../src-main/adapters/argon2-hash.ts';
import { eventLoopPause } from '../../src-main/adapters/event-loop-pause.ts';
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { inProcessBell, systemClock, systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { openKeyFileVault } from '../../src-main/adapters/vault/key-file-vault.ts';
import type { Account } from '../../src-main/domain/account.ts';
import type { Deps } from '../../src-main/ports/deps.ts';
import type { PasswordHash } from '../../src-main/ports/password-hash.ts';
import { createWorkspace, newAccount } from '../../src-main/use-cases/set-up/create-workspace.ts';
import { noSmtp } from '../support/mail/no-smtp.ts';

export const PASSWORD = 'tidal-lantern-42-rope';
export const CALLER = { surface: 'desktop', addresses: ['192.0.2.7'], client: 'Chrome on Linux' } as const;
/** Spread over so many accounts, no one of them signs in unnaturally often in a day. */
const ACCOUNTS = 200;

export interface BenchEngine {
  readonly deps: Deps;
  readonly folder: string;
  readonly accounts: readonly Account[];
  readonly realHash: PasswordHash;
  /** The code drawn last: what the letter would tell. */
  lastCode(): string;
}

const noHash: PasswordHash = {
  hash: async () => 'none',
  verify: async () => true,
  pretend: async () => undefined,
};

/** The engine over a real SQLite file and vault, filled with enrolled accounts. @param hash `none` takes the password hash out */
export async function openBenchEngine(hash: 'none' | 'real', count = ACCOUNTS): Promise<BenchEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-bench-'));
  const clock = systemClock();
  const store = await openSqliteStore({
    file: join(folder, 'vestibule.db'),
    backupsFolder: join(folder, 'backups'),
    now: clock.now,
  });
  const keys = { file: join(folder, 'vault.key'), keys: store.vaultKeys, random: systemRandom, now: clock.now };
  const vault = await openKeyFileVault(keys);
  await store.sealRows(vault.rowSeal);
  const realHash = argon2Hash(vault.pepper);
  let lastCode = 0;
  const deps: Deps = {
    store,
    clock,
    vault,
    random: {
      ...systemRandom,
      below: (bound) => {
        lastCode = systemRandom.below(bound);
        return lastCode;
      },
    },
    passwordHash: hash === 'real' ? realHash : noHash,
    bell: inProcessBell(),
    blocklist: { has: () => false },
    localOutbox: null,
    smtp: noSmtp,
    desktop: { openFolder: async () => false },
    pause: eventLoopPause(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const accounts = await fill(deps, count);
  return { deps, folder, accounts, realHash, lastCode: () => lastCode.toString().padStart(6, '0') };
}

async function fill(deps: Deps, length: number): Promise<Account[]> {
  const owner = { workspaceName: 'Bench', name: 'Ada', email: 'ada@example.org', password: PASSWORD };
  await createWorkspace(deps, CALLER, { ...owner, confirmPassword: PASSWORD, template: 'strong' });
  const now = deps.clock.now();
  const hash = await deps.passwordHash.hash(PASSWORD, 'password');
  const accounts = Array.from({ length }, (_, index): Account => {
    const email = `person-${index}@example.org`;
    const fresh = newAccount(deps.random.id(), `Person ${index}`, { email, key: email }, 'member', hash, now);
    return { ...fresh, twoStep: 'active' };
  });
  await deps.store.transaction(async (tx) => {
    for (const account of accounts) {
      await tx.accounts.add(account);
      const factor = { id: deps.random.id(), accountId: account.id, method: 'email', name: 'Email' } as const;
      await tx.factors.add({ ...factor, preferred: true, createdAt: now, lastUsedAt: null });
    }
  });
  return accounts;
}
