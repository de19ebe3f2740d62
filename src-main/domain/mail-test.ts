import { type Duration, type Instant, MINUTE } from './values.ts';

export const TESTS_AT_ONCE = 5;
export const TEST_WINDOW: Duration = 10 * MINUTE;

export type TestDecision =
  | { readonly kind: 'send'; readonly tests: readonly Instant[] }
  | { readonly kind: 'capped'; readonly retryAt: Instant };

/**
 * Whether another test letter may leave: five in ten minutes, so that the button is no way to flood a mailbox or to
 * try passwords on a mail server.
 * @param tests instants of the last ones, oldest first; with the decision comes the list with this one
 */
export function decideTest(tests: readonly Instant[], now: Instant): TestDecision {
  const recent = tests.filter((at) => at > now - TEST_WINDOW);
  const oldest = recent.at(-TESTS_AT_ONCE);
  return oldest === undefined
    ? { kind: 'send', tests: [...recent, now] }
    : { kind: 'capped', retryAt: oldest + TEST_WINDOW };
}
