import { checkInBackground } from '../adapters/sqlite/check-in-background.ts';
import { stranger } from '../domain/audit.ts';
import type { Caller } from '../domain/values.ts';
import type { Deps } from '../ports/deps.ts';
import { recordDamage } from '../use-cases/audit/record-damage.ts';

export interface WholeCheckOptions {
  /** False where the start has done it already. */
  readonly isDue: boolean;
  readonly file: string;
  readonly rowKeys: readonly Uint8Array[];
  readonly caller: Caller;
}

export interface WholeCheck {
  /** Resolves when what was found is on record, or nothing was. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Goes on where the start of a large workspace left off. What it finds is logged and put on record, as where a call meets it (S76). */
export function startWholeCheck(
  deps: Pick<Deps, 'store' | 'clock' | 'log'>,
  { isDue, file, rowKeys, caller }: WholeCheckOptions,
): WholeCheck {
  if (!isDue) return { ended: Promise.resolve(), stop: async () => undefined };
  const check = checkInBackground({ file, rowKeys });
  const ended = tell();
  return {
    ended,
    async stop() {
      await check.stop();
      await ended;
    },
  };

  async function tell(): Promise<void> {
    try {
      const damage = await check.finding;
      if (damage === null) return;
      deps.log.error({ error: damage, detail: damage.cause }, 'the database does not hold what was written');
      await recordDamage(deps, caller, stranger(null), damage);
    } catch (error) {
      deps.log.error({ error }, 'the database could not be checked');
    }
  }
}
