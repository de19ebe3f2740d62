const MINUTE = 60_000;

/** R42, S11, S13, as their text has them: one counter over all factors, and the lock it leads to. */
export class LockoutRule {
  failures = 0;
  #lockedUntil = 0;
  #triedInLock = 0;

  lockedUntil(now: number): number | null {
    return now < this.#lockedUntil ? this.#lockedUntil : null;
  }

  /** Within a lock ten passwords are weighed; after that nobody is told anything. */
  weighsPasswords(now: number): boolean {
    return this.lockedUntil(now) === null || this.#triedInLock < 10;
  }

  /**
   * Ten lock for a quarter of an hour, twenty for half of one, each further ten for a whole one; hammering a lock
   * does not lengthen it. True when the account has just locked.
   */
  fail(now: number): boolean {
    if (this.lockedUntil(now) !== null) {
      this.#triedInLock += 1;
      return false;
    }
    this.failures += 1;
    this.#triedInLock = 0;
    if (this.failures % 10 !== 0) return false;
    this.#lockedUntil = now + (this.failures === 10 ? 15 : this.failures === 20 ? 30 : 60) * MINUTE;
    return true;
  }

  /** Both steps were proven. */
  forgive(): void {
    this.failures = 0;
    this.#lockedUntil = 0;
    this.#triedInLock = 0;
  }
}
