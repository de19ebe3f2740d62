import type { Place, Purpose, Told } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A code on its way or in somebody's hand. */
export interface Code {
  readonly id: string;
  readonly digits: string;
  readonly purpose: Purpose;
  readonly askedIn: Place;
  readonly to: string;
  readonly sentAt: number;
  /** Only the newest of a purpose is open, until it is used or the epoch ends. */
  open: boolean;
  redeemed: boolean;
  tries: number;
  lastWrong: string | null;
}

/** R15 and SECURITY 2 about mailed codes, as their text has them. */
export class CodeRule {
  readonly sent: Code[] = [];

  /** A minute between two of an act, five an hour and ten a day that nobody redeemed. */
  maySend(purpose: Purpose, askedIn: Place | null, now: number): Told {
    const last = this.sent.findLast((code) => code.open && code.purpose === purpose && code.askedIn === askedIn);
    if (last && now < last.sentAt + MINUTE) return 'resendTooSoon';
    const unredeemed = this.sent.filter((code) => !code.redeemed);
    const hour = unredeemed.filter((code) => code.sentAt > now - HOUR).length;
    const day = unredeemed.filter((code) => code.sentAt > now - 24 * HOUR).length;
    return hour < 5 && day < 10 ? 'done' : 'tooManyCodes';
  }

  /** Of its purpose it is now the only one that works. */
  add(sent: Pick<Code, 'id' | 'digits' | 'purpose' | 'askedIn' | 'to' | 'sentAt'>): void {
    for (const code of this.sent) if (code.purpose === sent.purpose) code.open = false;
    this.sent.push({ ...sent, open: true, redeemed: false, tries: 0, lastWrong: null });
  }

  /** Five minutes, five tries, the same wrong one twice in a row counts once. `counts` says whether it was a failure. */
  weigh(askedIn: Place, purpose: Purpose, id: string, digits: string, now: number): { told: Told; counts: boolean } {
    const code = this.sent.find((one) => one.id === id && one.open);
    const fits = code && code.purpose === purpose && code.askedIn === askedIn && now < code.sentAt + 5 * MINUTE;
    if (!fits) return { told: 'challengeExpired', counts: false };
    if (code.tries >= 5) return { told: 'challengeBurnt', counts: false };
    if (digits === code.digits) return { told: 'done', counts: false };
    if (digits === code.lastWrong) return { told: 'codeRejected', counts: false };
    code.tries += 1;
    code.lastWrong = digits;
    return { told: code.tries < 5 ? 'codeRejected' : 'challengeBurnt', counts: true };
  }

  /** Each works once. */
  redeem(id: string): void {
    for (const code of this.sent) {
      if (code.id !== id) continue;
      code.open = false;
      code.redeemed = true;
    }
  }

  voidAll(): void {
    for (const code of this.sent) code.open = false;
  }
}
