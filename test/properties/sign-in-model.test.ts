import { expect, test } from 'vitest';
import { runWalks, WALKS_TIMEOUT } from './sign-in-model/run-walks.ts';

test(
  'R14 R19 R42 whatever is done in whatever order at three screens, everyone is told what the rules say and stands where they say',
  async ({ annotate }) => {
    const { walks, steps } = await runWalks([]);
    expect(walks).toBeGreaterThan(0);
    await annotate(`${walks} walks, ${steps} steps`);
  },
  WALKS_TIMEOUT,
);
