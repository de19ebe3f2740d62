import { expect, test } from 'vitest';
import { runWalks } from './policy-model/run-walks.ts';
import { WALKS_TIMEOUT } from './sign-in-model/run-walks.ts';

test(
  'R14 R18 R26 R30 R40 S3 S33 S36 whoever changes whatever in a workspace, everyone is told what the rules say and stands where they say',
  async ({ annotate }) => {
    const { walks, steps } = await runWalks([]);
    expect(walks).toBeGreaterThan(0);
    await annotate(`${walks} walks, ${steps} steps`);
  },
  WALKS_TIMEOUT,
);
