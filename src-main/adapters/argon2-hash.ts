import { hash, verify } from '@node-rs/argon2';
import type { PasswordHash } from '../ports/password-hash.ts';

const ARGON2ID = 2;
const COSTS = {
  password: { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 },
  recoveryCode: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
} as const;
const AT_ONCE = 4; // 4 × 64 MiB; also as many as libuv has threads
const ENCODED = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

/** The two argon2 functions needed; both run on libuv's threads. */
export interface Argon2 {
  readonly hash: typeof hash;
  readonly verify: typeof verify;
}

/**
 * argon2id under a pepper (SECURITY 2): 64 MiB / t=3 / p=1 for passwords, OWASP's floor for recovery codes.
 * Secrets are NFC-normalised. `verify` throws when the stored hash is none of ours: that is a bug or tampering,
 * not a wrong password.
 * @param pepper 32 bytes from the vault, handed to argon2 as its secret (RFC 9106 3.1, `K`)
 */
export function argon2Hash(pepper: Uint8Array, argon2: Argon2 = { hash, verify }): PasswordHash {
  const inTurn = queueOf(AT_ONCE);
  const make = (secret: string, kind: keyof typeof COSTS) =>
    inTurn(() => argon2.hash(secret.normalize('NFC'), { ...COSTS[kind], algorithm: ARGON2ID, secret: pepper }));
  return {
    hash: make,
    async verify(encoded, secret) {
      requireOurs(encoded);
      return inTurn(() => argon2.verify(encoded, secret.normalize('NFC'), { secret: pepper }));
    },
    async pretend(secret, kind = 'password') {
      await make(secret, kind);
    },
  };
}

function requireOurs(encoded: string): void {
  const [, memory, passes] = ENCODED.exec(encoded) ?? [];
  const floor = COSTS.recoveryCode;
  if (Number(memory) >= floor.memoryCost && Number(passes) >= floor.timeCost) return;
  throw new Error('A stored hash is malformed or weaker than the floor.');
}

/** Runs at most `atOnce` pieces of work at a time, the others in the order they came. */
function queueOf(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve)); // takes over the place of the one that ends
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
