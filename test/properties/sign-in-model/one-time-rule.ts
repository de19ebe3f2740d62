const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A code that opens one act to whoever is not signed in, and sets a new password by the way. */
export interface OneTime {
  readonly code: string;
  readonly act: 'reset' | 'undo';
  /** A reset is for this address alone; an undo leads back to it. */
  readonly to: string;
  readonly sentAt: number;
  open: boolean;
  used: boolean;
  /** It would stop a change that was built on one already stopped. */
  overtaken: boolean;
}

/** R19, S21, S23 and SECURITY 2 about reset codes and those that stop a change of address, as their text has them. */
export class OneTimeRule {
  readonly sent: OneTime[] = [];

  /** The numbers of mailed codes: a minute apart, five an hour, ten a day, counting only those not redeemed. */
  maySendReset(now: number): boolean {
    const unused = this.sent.filter(({ act, used }) => act === 'reset' && !used);
    const within = (span: number) => unused.filter(({ sentAt }) => sentAt > now - span).length;
    return within(MINUTE) === 0 && within(HOUR) < 5 && within(DAY) < 10;
  }

  /** Of resets only the newest works; each change of address has a code of its own. */
  add(act: OneTime['act'], code: string, to: string, sentAt: number): void {
    if (act === 'reset') this.voidResets();
    this.sent.push({ code, act, to, sentAt, open: true, used: false, overtaken: false });
  }

  /** A reset lives half an hour, a change can be stopped for three days. */
  find(code: string, now: number): OneTime | null {
    const found = this.sent.find((one) => one.code === code && one.open);
    return found && now < found.sentAt + (found.act === 'reset' ? 30 * MINUTE : 3 * DAY) ? found : null;
  }

  use(code: OneTime): void {
    code.open = false;
    code.used = true;
    this.voidResets();
    if (code.act === 'undo') this.#overtake(code);
  }

  /** Whoever stops a change stops what was built on it: the addresses after it have no say any more (S23). */
  #overtake(stopped: OneTime): void {
    for (const one of this.sent.slice(this.sent.indexOf(stopped) + 1)) {
      one.open = false;
      one.overtaken = one.act === 'undo';
    }
  }

  /** S21: none outlives a change of address. */
  voidResets(): void {
    for (const one of this.sent) if (one.act === 'reset') one.open = false;
  }
}
