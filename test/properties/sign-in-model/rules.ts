import { CodeRule } from './code-rule.ts';
import { LockoutRule } from './lockout-rule.ts';
import type { LetterKind, Place, Purpose, Told } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SCREENS = [0, 1, 2];

/**
 * The rules of signing in as PRODUCT.md and SECURITY.md tell them, in the plainest code: one owner at three screens of
 * one desktop. Written from their text, importing none of the product's numbers or decisions.
 */
export class Rules {
  now: number;
  twoStep = false;
  /** Unused recovery codes, as printed. */
  readonly recoveryCodes = new Set<string>();
  /** Every recovery code there ever was. */
  readonly everShown: string[] = [];
  readonly places: (Place | null)[] = [null, null, null];
  /** Letters that must have left in this step. */
  letters: LetterKind[] = [];
  /** Set-up signs the owner in. */
  signIns = 1;
  readonly #codes = new CodeRule();
  readonly #lockout = new LockoutRule();

  constructor(now: number) {
    this.now = now;
    this.places[0] = this.#newPlace('session');
  }

  get lockedUntil(): number | null {
    return this.#lockout.lockedUntil(this.now);
  }

  get failures(): number {
    return this.#lockout.failures;
  }

  get codes() {
    return this.#codes.sent;
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
    if (!this.#lockout.weighsPasswords(this.now)) return { told: 'signInRejected', sends: false };
    if (!rightPassword) {
      this.#fail();
      return { told: 'signInRejected', sends: false };
    }
    if (this.lockedUntil && (!this.twoStep || this.recoveryCodes.size === 0)) return { told: 'locked', sends: false };
    if (!this.twoStep) {
      this.#open(screen);
      return { told: 'signedIn', sends: false };
    }
    this.places[screen] = this.#newPlace('pending');
    // During a lock only recovery codes are asked for (S13); over the cap the code stays away (R15).
    return { told: 'secondStep', sends: !this.lockedUntil && this.#codes.maySend('signIn', null, this.now) === 'done' };
  }

  /** R15: whether a(nother) code leaves. */
  ask(screen: number, purpose: Purpose): Told {
    const place = purpose === 'signIn' ? this.pendingAt(screen) : this.#act(screen);
    if (!place) return purpose === 'signIn' ? 'signInExpired' : 'notSignedIn';
    if (purpose === 'enable' && this.twoStep) return 'twoStepAlreadyActive';
    if (purpose !== 'enable' && purpose !== 'signIn' && !this.twoStep) return 'twoStepOff';
    if (purpose !== 'enable' && this.lockedUntil) return 'methodUnavailable';
    return this.#codes.maySend(purpose, place, this.now);
  }

  /** A code left. */
  sent(screen: number, purpose: Purpose, id: string, digits: string): void {
    const askedIn = this.at(screen);
    if (!askedIn) throw new Error('A code left, but nobody had asked for it.');
    this.#codes.add(id, digits, purpose, askedIn, this.now);
    this.letters.push(`${purpose}Code` as const);
  }

  /** R14: the second step, by mailed code. */
  proveByMail(screen: number, id: string, digits: string): Told {
    const place = this.pendingAt(screen);
    if (!place) return 'signInExpired';
    const told = this.#answer(place, 'signIn', id, digits);
    if (told === 'done') this.#open(screen);
    return told;
  }

  /** R4, R12: the second step, by recovery code. It works during a lock, five times a sign-in (S10, S13). */
  proveByRecoveryCode(screen: number, code: string): Told {
    const place = this.pendingAt(screen);
    if (!place) return 'signInExpired';
    place.recoveryTries += 1;
    if (place.recoveryTries <= 5 && this.#spend(code)) {
      this.#open(screen);
      return 'done';
    }
    if (!this.lockedUntil) this.#fail();
    return 'recoveryCodeRejected';
  }

  /** R2, R6: confirming the code makes it active; `fresh` are the codes that were shown. */
  enable(screen: number, id: string, digits: string, fresh: readonly string[]): Told {
    const place = this.#act(screen);
    if (!place) return 'notSignedIn';
    if (this.twoStep) return 'twoStepAlreadyActive';
    const told = this.#answer(place, 'enable', id, digits);
    if (told !== 'done') return told;
    this.twoStep = true;
    this.#show(fresh);
    this.#newEpoch(screen);
    this.letters.push('twoStepEnabled');
    return 'done';
  }

  /** R7, R8, R9: current password and a proof for this very act; `fresh` are the codes that were shown, if any. */
  stepUp(
    screen: number,
    purpose: 'disable' | 'newRecoveryCodes',
    rightPassword: boolean,
    proof: { readonly id: string; readonly digits: string } | { readonly recoveryCode: string },
    fresh: readonly string[],
  ): Told {
    const place = this.#act(screen);
    if (!place) return 'notSignedIn';
    if (!this.twoStep) return 'twoStepOff';
    if (this.lockedUntil) return 'locked';
    if (!rightPassword) {
      this.#fail();
      return 'currentPasswordRejected';
    }
    const proven =
      'recoveryCode' in proof
        ? this.#spendOrFail(proof.recoveryCode)
        : this.#answer(place, purpose, proof.id, proof.digits);
    if (proven !== 'done') return proven;
    this.#lockout.forgive();
    this.twoStep = purpose !== 'disable';
    this.#show(fresh);
    this.#newEpoch(screen);
    this.letters.push(purpose === 'disable' ? 'twoStepDisabled' : 'recoveryCodesReplaced');
    return 'done';
  }

  /** R7: what was counted before stays until both steps are proven (S11). */
  changePassword(screen: number, rightPassword: boolean): Told {
    if (!this.#act(screen)) return 'notSignedIn';
    if (this.lockedUntil) return 'locked';
    if (!rightPassword) {
      this.#fail();
      return 'currentPasswordRejected';
    }
    this.#newEpoch(screen);
    this.letters.push('passwordChanged');
    return 'done';
  }

  keepAlive(screen: number): Told {
    return this.#act(screen) ? 'done' : 'notSignedIn';
  }

  signOut(screen: number): Told {
    if (!this.#act(screen)) return 'notSignedIn';
    this.places[screen] = null;
    return 'done';
  }

  cancel(screen: number): Told {
    if (this.places[screen]?.kind === 'pending') this.places[screen] = null;
    return 'done';
  }

  /** How many others lived. */
  endOthers(screen: number): { told: Told; ended: number } {
    if (!this.#act(screen)) return { told: 'notSignedIn', ended: 0 };
    const ended = SCREENS.filter((other) => other !== screen && this.sessionAt(other)).length;
    this.#endPlacesBut(screen);
    return { told: 'done', ended };
  }

  #newPlace(kind: Place['kind']): Place {
    return { kind, begunAt: this.now, lastSeenAt: this.now, recoveryTries: 0 };
  }

  /** Doing something in a session moves its idle end. */
  #act(screen: number): Place | null {
    const place = this.sessionAt(screen);
    if (place) place.lastSeenAt = this.now;
    return place;
  }

  #open(screen: number): void {
    this.places[screen] = this.#newPlace('session');
    this.signIns += 1;
    this.#lockout.forgive();
  }

  #fail(): void {
    if (this.#lockout.fail(this.now)) this.letters.push('accountLocked');
  }

  /** R6, S15, S27: every other session, pending sign-in and open code ends. */
  #newEpoch(screen: number): void {
    this.#endPlacesBut(screen);
    this.#codes.voidAll();
  }

  #endPlacesBut(screen: number): void {
    for (const other of SCREENS) if (other !== screen) this.places[other] = null;
  }

  /** R8, R9: the set before is dead for good. */
  #show(fresh: readonly string[]): void {
    this.recoveryCodes.clear();
    for (const code of fresh) this.recoveryCodes.add(code);
    this.everShown.push(...fresh);
  }

  /** R4: each works once; the owner is told (S30). */
  #spend(code: string): boolean {
    if (!this.recoveryCodes.delete(code)) return false;
    this.letters.push('recoveryCodeUsed');
    return true;
  }

  #spendOrFail(code: string): Told {
    if (this.#spend(code)) return 'done';
    this.#fail();
    return 'recoveryCodeRejected';
  }

  /** Nothing is weighed while locked. */
  #answer(place: Place, purpose: Purpose, id: string, digits: string): Told {
    if (this.lockedUntil) return 'locked';
    const { told, counts } = this.#codes.answer(place, purpose, id, digits, this.now);
    if (counts) this.#fail();
    return told;
  }
}
