/** Transactions in a row, each some milliseconds at most, that may pass while nothing else in the process gets a turn. */
const IN_A_ROW = 4;

/**
 * To be awaited before each of them: what comes in many pieces, one after the other, lets everybody else in between
 * (R39: no screen and no other person's call waits for it).
 */
export function loopTurns(): () => Promise<void> | undefined {
  let passed = 0;
  return () => {
    if (passed === 0) setImmediate(() => (passed = 0));
    passed += 1;
    return passed > IN_A_ROW ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  };
}
