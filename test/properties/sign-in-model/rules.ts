import { type OneTime, OneTimeRule } from './one-time-rule.ts';
import { SignInRules } from './sign-in-rules.ts';
import type { Place, ProofTyped, Purpose, Told } from './words.ts';

const HOUR = 3_600_000;
const SCREENS = [0, 1, 2];

/** The rules of what people do to their account, signed in or locked out of it, added to those of signing in. */
export class Rules extends SignInRules {
  name = 'Ada Owner';
  protected readonly oneTime = new OneTimeRule();

  get oneTimes(): readonly OneTime[] {
    return this.oneTime.sent;
  }

  /** R2, R6: confirming the code makes it active; `fresh` are the codes that were shown. */
  enable(screen: number, id: string, digits: string, fresh: readonly string[]): Told {
    const place = this.act(screen);
    if (!place) return 'notSignedIn';
    if (this.twoStep) return 'twoStepAlreadyActive';
    const told = this.answer(place, 'enable', id, digits);
    if (told !== 'done') return told;
    this.twoStep = true;
    this.show(fresh);
    this.newEpoch(screen);
    this.post('twoStepEnabled');
    return 'done';
  }

  /** R7, R8, R9: current password and a proof for this very act; `fresh` are the codes that were shown, if any. */
  stepUp(
    screen: number,
    purpose: 'disable' | 'newRecoveryCodes',
    rightPassword: boolean,
    proof: ProofTyped,
    fresh: readonly string[],
  ): Told {
    const place = this.act(screen);
    if (!place) return 'notSignedIn';
    if (!this.twoStep) return 'twoStepOff';
    const told = this.#firstHalf(rightPassword, proof);
    if (told !== 'done') return told;
    const proven = this.#prove(place, purpose, proof);
    if (proven !== 'done') return proven;
    this.lockout.forgive();
    this.twoStep = purpose !== 'disable';
    this.show(fresh);
    this.newEpoch(screen);
    this.post(purpose === 'disable' ? 'twoStepDisabled' : 'recoveryCodesReplaced');
    return 'done';
  }

  /** S23: no code leaves for a new address without the current password. */
  askNewAddress(screen: number, address: string, rightPassword: boolean): Told {
    const place = this.act(screen);
    if (!place) return 'notSignedIn';
    if (address === this.email) return 'invalidInput';
    const told = this.#weighPassword(rightPassword);
    return told === 'done' ? this.codeRule.maySend('confirmEmail', place, this.now) : told;
  }

  /** R12, S23: step-up, and the code that the new address got; a wrong one spends no proof. `undo` is told to the old one. */
  changeEmail(
    screen: number,
    rightPassword: boolean,
    proof: ProofTyped,
    confirmed: { readonly id: string; readonly digits: string },
    undo: string,
  ): Told {
    const place = this.act(screen);
    if (!place) return 'notSignedIn';
    const told = this.#firstHalf(rightPassword, proof);
    if (told !== 'done') return told;
    const reached = this.weigh(place, 'confirmEmail', confirmed.id, confirmed.digits);
    if (reached !== 'done') return reached;
    const proven = this.#prove(place, 'changeEmail', proof);
    if (proven !== 'done') return proven;
    this.codeRule.redeem(confirmed.id);
    this.newEpoch(screen);
    this.oneTime.voidResets();
    this.oneTime.add('undo', undo, this.email, this.now);
    this.post('emailChanged');
    this.email = this.codes.find(({ id }) => id === confirmed.id)?.to ?? this.email;
    this.post('emailConfirmed');
    return 'done';
  }

  /** R40: never the only owner. */
  deleteAccount(screen: number, rightPassword: boolean, proof: ProofTyped): Told {
    if (!this.act(screen)) return 'notSignedIn';
    const told = this.#firstHalf(rightPassword, proof);
    return told === 'done' ? 'lastOwner' : told;
  }

  /** R19: whether a letter leaves; whoever asks learns nothing of it (S17). */
  resetLeaves(address: string): boolean {
    return address === this.email && this.oneTime.maySendReset(this.now);
  }

  resetSent(code: string): void {
    this.oneTime.add('reset', code, this.email, this.now);
    this.post('passwordReset');
  }

  /** R19, S20–S23: a new password and nobody signed in; factors stay; the mailbox is used up for a day. */
  finish(code: string, password: 'fit' | 'common'): Told {
    const found = this.oneTime.find(code, this.now);
    if (!found) return 'oneTimeCodeRejected';
    if (password === 'common') return 'passwordUnfit';
    this.oneTime.use(found);
    // The rules are silent on the lock here; the product lifts it, for who has the mailbox chose the password anew.
    this.lockout.forgive();
    this.codeRule.voidAll();
    this.places.fill(null);
    this.mailUsedUpUntil = this.now + 24 * HOUR;
    if (found.act === 'reset') {
      this.post('passwordChanged');
      return 'done';
    }
    for (const address of new Set([this.email, found.to])) this.post('emailChangeUndone', address);
    this.email = found.to;
    return 'done';
  }

  /** R7: what was counted before stays until both steps are proven (S11). */
  changePassword(screen: number, rightPassword: boolean): Told {
    if (!this.act(screen)) return 'notSignedIn';
    const told = this.#weighPassword(rightPassword);
    if (told !== 'done') return told;
    this.newEpoch(screen);
    this.post('passwordChanged');
    return 'done';
  }

  /** S56: spaces around it do not count. */
  rename(screen: number, name: string): Told {
    if (!this.act(screen)) return 'notSignedIn';
    this.name = name;
    return 'done';
  }

  keepAlive(screen: number): Told {
    return this.act(screen) ? 'done' : 'notSignedIn';
  }

  signOut(screen: number): Told {
    if (!this.act(screen)) return 'notSignedIn';
    this.places[screen] = null;
    return 'done';
  }

  /** How many others lived. */
  endOthers(screen: number): { told: Told; ended: number } {
    if (!this.act(screen)) return { told: 'notSignedIn', ended: 0 };
    const ended = SCREENS.filter((other) => other !== screen && this.sessionAt(other)).length;
    this.endPlacesBut(screen);
    return { told: 'done', ended };
  }

  /** S27: one session of one's own, from any of them. */
  endSession(screen: number, other: number): Told {
    if (!this.act(screen)) return 'notSignedIn';
    if (!this.sessionAt(other)) return 'notFound';
    this.places[other] = null;
    return 'done';
  }

  /** Where two-step verification is active a proof there must be; then the password is weighed, but not during a lock. */
  #firstHalf(rightPassword: boolean, proof: ProofTyped): Told {
    return this.twoStep && proof === null ? 'proofNeeded' : this.#weighPassword(rightPassword);
  }

  #weighPassword(right: boolean): Told {
    if (this.lockedUntil) return 'locked';
    if (right) return 'done';
    this.fail();
    return 'currentPasswordRejected';
  }

  /** With two-step verification off there is nothing stronger than the password. */
  #prove(place: Place, purpose: Purpose, proof: ProofTyped): Told {
    if (!this.twoStep || proof === null) return 'done';
    if ('recoveryCode' in proof) return this.spendOrFail(proof.recoveryCode);
    return this.mailCounts ? this.answer(place, purpose, proof.id, proof.digits) : 'methodUnavailable';
  }
}
