import { type Code, CodeRule } from './code-rule.ts';
import { LockoutRule } from './lockout-rule.ts';
import type { LetterKind, LetterSent, Place, Purpose, Told } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SCREENS = [0, 1, 2];

/**
 * The rules of signing in as PRODUCT.md and SECURITY.md tell them, in the plainest code: one owner at three screens of
 * one desktop. Written from their text, importing none of the product's numbers or decisions.
 */
export class SignInRules {
  now: number;
  twoStep = false;
  email: string;
  /** For a day after a reset by mail the mailbox is used up, where there is another way (R19, S22). */
  mailUsedUpUntil = 0;
  /** Unused recovery codes, as printed. */
  readonly recoveryCodes = new Set<string>();
  /** Every recovery code there ever was. */
  readonly everShown: string[] = [];
  readonly places: (Place | null)[] = [null, null, null];
  /** Letters that must have left in this step. */
  letters: LetterSent[] = [];
  /** How many steps were taken. */
  steps = 0;
  /** Set-up signs the owner in. */
  signIns = 1;
  protected readonly codeRule = new CodeRule();
  protected readonly lockout = new LockoutRule();

  constructor(now: number, email: string) {
    this.now = now;
    this.email = email;
    this.places[0] = this.#newPlace('session');
  }

  get lockedUntil(): number | null {
    return this.lockout.lockedUntil(this.now);
  }

  get failures(): number {
    return this.lockout.failures;
  }

  get codes(): readonly Code[] {
    return this.codeRule.sent;
  }

  /** Whether a mailed code is taken as a proof: not during a lock (S13), nor where the mailbox is used up. */
  get mailCounts(): boolean {
    return !this.lockedUntil && !(this.now < this.mailUsedUpUntil && this.recoveryCodes.size > 0);
  }

  /** The live session or pending sign-in of a screen. Owners: 15 min idle, 12 h in all; a second step waits 10 min. */
  at(screen: number): Place | null {
    const place = this.places[screen] ?? null;
    if (!place) return null;
    const idleEnd = place.lastSeenAt + 15 * MINUTE;
    const end = place.begunAt + (place.kind === 'session' ? 12 * HOUR : 10 * MINUTE);
    return this.now < Math.min(idleEnd, end) ? place : null;
  }

  sessionAt(screen: number): Place | null {
    const place = this.at(screen);
    return place?.kind === 'session' ? place : null;
  }

  pendingAt(screen: number): Place | null {
    const place = this.at(screen);
    return place?.kind === 'pending' ? place : null;
  }

  /** What each of the three screens shows. */
  stages(): ('signIn' | 'secondStep' | 'signedIn')[] {
    return SCREENS.map((screen) => {
      const place = this.at(screen);
      return place ? (place.kind === 'session' ? 'signedIn' : 'secondStep') : 'signIn';
    });
  }

  /** R14, R22: the first step. `sends` tells whether a code must now be on its way. */
  signIn(screen: number, rightPassword: boolean): { told: Told; sends: boolean } {
    if (!this.lockout.weighsPasswords(this.now)) return { told: 'signInRejected', sends: false };
    if (!rightPassword) {
      this.fail();
      return { told: 'signInRejected', sends: false };
    }
    if (this.lockedUntil && (!this.twoStep || this.recoveryCodes.size === 0)) return { told: 'locked', sends: false };
    if (!this.twoStep) {
      this.#open(screen);
      return { told: 'signedIn', sends: false };
    }
    this.places[screen] = this.#newPlace('pending');
    // During a lock only recovery codes are asked for (S13); over the cap the code stays away (R15).
    return { told: 'secondStep', sends: this.mailCounts && this.codeRule.maySend('signIn', null, this.now) === 'done' };
  }

  /** R15: whether a(nother) code leaves. */
  ask(screen: number, purpose: Purpose): Told {
    const place = purpose === 'signIn' ? this.pendingAt(screen) : this.act(screen);
    if (!place) return purpose === 'signIn' ? 'signInExpired' : 'notSignedIn';
    if (purpose === 'enable' && this.twoStep) return 'twoStepAlreadyActive';
    if (purpose !== 'enable' && purpose !== 'signIn' && !this.twoStep) return 'twoStepOff';
    if (purpose !== 'enable' && !this.mailCounts) return 'methodUnavailable';
    return this.codeRule.maySend(purpose, place, this.now);
  }

  /** A code left. */
  sent(screen: number, purpose: Purpose, id: string, digits: string, to = this.email): void {
    const askedIn = this.at(screen);
    if (!askedIn) throw new Error('A code left, but nobody had asked for it.');
    this.codeRule.add({ id, digits, purpose, askedIn, to, sentAt: this.now });
    this.post(`${purpose}Code`, to);
  }

  /** R14: the second step, by mailed code. */
  proveByMail(screen: number, id: string, digits: string): Told {
    const place = this.pendingAt(screen);
    if (!place) return 'signInExpired';
    const told = this.answer(place, 'signIn', id, digits);
    if (told === 'done') this.#open(screen);
    return told;
  }

  /** R4, R12: the second step, by recovery code. It works during a lock, five times a sign-in (S10, S13). */
  proveByRecoveryCode(screen: number, code: string): Told {
    const place = this.pendingAt(screen);
    if (!place) return 'signInExpired';
    place.recoveryTries += 1;
    if (place.recoveryTries <= 5 && this.spend(code)) {
      this.#open(screen);
      return 'done';
    }
    if (!this.lockedUntil) this.fail();
    return 'recoveryCodeRejected';
  }

  cancel(screen: number): Told {
    if (this.places[screen]?.kind === 'pending') this.places[screen] = null;
    return 'done';
  }

  #newPlace(kind: Place['kind']): Place {
    return { kind, begunAt: this.now, lastSeenAt: this.now, recoveryTries: 0 };
  }

  /** Doing something in a session moves its idle end. */
  protected act(screen: number): Place | null {
    const place = this.sessionAt(screen);
    if (place) place.lastSeenAt = this.now;
    return place;
  }

  #open(screen: number): void {
    this.places[screen] = this.#newPlace('session');
    this.signIns += 1;
    this.lockout.forgive();
  }

  protected fail(): void {
    if (this.lockout.fail(this.now)) this.post('accountLocked');
  }

  /** R6, S15, S27: every other session, pending sign-in and open code ends. */
  protected newEpoch(screen: number): void {
    this.endPlacesBut(screen);
    this.codeRule.voidAll();
  }

  protected endPlacesBut(screen: number): void {
    for (const other of SCREENS) if (other !== screen) this.places[other] = null;
  }

  /** R8, R9: the set before is dead for good. */
  protected show(fresh: readonly string[]): void {
    this.recoveryCodes.clear();
    for (const code of fresh) this.recoveryCodes.add(code);
    this.everShown.push(...fresh);
  }

  /** R4: each works once; the owner is told (S30). */
  protected spend(code: string): boolean {
    if (!this.recoveryCodes.delete(code)) return false;
    this.post('recoveryCodeUsed');
    return true;
  }

  protected spendOrFail(code: string): Told {
    if (this.spend(code)) return 'done';
    this.fail();
    return 'recoveryCodeRejected';
  }

  /** A right answer uses the code up. */
  protected answer(place: Place, purpose: Purpose, id: string, digits: string): Told {
    const told = this.weigh(place, purpose, id, digits);
    if (told === 'done') this.codeRule.redeem(id);
    return told;
  }

  /** Nothing is weighed while locked. */
  protected weigh(place: Place, purpose: Purpose, id: string, digits: string): Told {
    if (this.lockedUntil) return 'locked';
    const { told, counts } = this.codeRule.weigh(place, purpose, id, digits, this.now);
    if (counts) this.fail();
    return told;
  }

  protected post(kind: LetterKind, to = this.email): void {
    this.letters.push(`${kind} to ${to}`);
  }
}
