import { mayDisable } from './policy-rule.ts';
import { manages } from './role-rule.ts';
import { type Answer, SEATS, SeatRules } from './seat-rules.ts';
import type { Place, Someone, Told } from './who.ts';

/** The second half of a step-up, as typed. */
export type ProofTyped = Answer | { readonly recoveryCode: string } | null;
export type Purpose = Parameters<Someone['mail']['maySend']>[0];

/** The rules of what people do to their own account, added to those of signing in. */
export class OwnRules extends SeatRules {
  ask(seat: number, purpose: Purpose): Told[] {
    const acting = this.act(seat);
    if (!acting) return ['notSignedIn'];
    const { place, someone } = acting;
    if (place.scope !== 'full' && purpose !== 'enable') return ['enrolFirst'];
    const refusals: Told[] = [];
    if (purpose === 'enable') {
      if (someone.twoStep) refusals.push('twoStepAlreadyActive');
      if (this.policy.enforcement === 'off') refusals.push('twoStepDisabledByPolicy');
      if (this.policy.email !== 'allowed') refusals.push('methodUnavailable');
    } else if (purpose !== 'policy') {
      if (!someone.twoStep)
        refusals.push(...OFF[purpose === 'disable' || purpose === 'newRecoveryCodes' ? 'own' : 'other']);
    }
    if (refusals.length > 0) return refusals;
    if (purpose !== 'enable' && this.locked(someone)) return ['methodUnavailable', 'locked'];
    return [someone.mail.maySend(purpose, place, this.now)];
  }

  /** R24: for who may manage policy, two-step verification or not. */
  askForPolicy(seat: number): Told[] {
    const acting = this.actFully(seat);
    if (typeof acting === 'string') return [acting];
    if (!manages(acting.someone.role, 'generalSettings')) return ['forbidden'];
    return this.ask(seat, 'policy');
  }

  /** R2, R6, R26, R29, R34: confirming the code makes it active, and a session that was there to enrol a full one. */
  enable(seat: number, answer: Answer, fresh: readonly string[]): Told[] {
    const acting = this.act(seat);
    if (!acting) return ['notSignedIn'];
    const { place, someone } = acting;
    const refusals: Told[] = [];
    if (someone.twoStep) refusals.push('twoStepAlreadyActive');
    if (this.policy.enforcement === 'off') refusals.push('twoStepDisabledByPolicy');
    if (this.policy.email !== 'allowed') refusals.push('methodUnavailable');
    if (place.scope === 'enrolOnly' && !this.admitted(someone, seat)) refusals.push('addressRefused');
    if (refusals.length > 0) return refusals;
    const told = this.answer(someone, place, 'enable', answer);
    if (told !== 'done') return [told];
    someone.twoStep = true;
    someone.mustEnrol = false;
    someone.joinedLate = false;
    this.show(someone, fresh);
    if (place.scope === 'enrolOnly') someone.lockout.forgive(); // password and code: the sign-in is whole now
    if (place.scope === 'enrolOnly')
      Object.assign(place, { scope: 'full', proven: true, begunAt: this.now, lastSeenAt: this.now });
    this.newEpoch(someone.key, seat, this.policy.onEnrol === 'keep');
    this.post('twoStepEnabled', someone.key);
    return ['done'];
  }

  /** R7, R8, R9, R30. */
  stepUp(
    seat: number,
    purpose: 'disable' | 'newRecoveryCodes',
    right: boolean,
    proof: ProofTyped,
    fresh: readonly string[],
  ): Told[] {
    const acting = this.actFully(seat);
    if (typeof acting === 'string') return [acting];
    const { place, someone } = acting;
    const refusals: Told[] = [];
    if (!someone.twoStep) refusals.push('twoStepOff');
    if (refusals.length > 0) return refusals;
    const stays = purpose === 'disable' && !mayDisable(this.policy, someone);
    const told = this.fullProof(someone, place, purpose, right, proof, stays ? 'enforcementApplies' : null);
    if (told !== 'done') return [told];
    someone.lockout.forgive();
    someone.twoStep = purpose !== 'disable';
    this.show(someone, fresh);
    this.newEpoch(someone.key, seat);
    this.post(purpose === 'disable' ? 'twoStepDisabled' : 'recoveryCodesReplaced', someone.key);
    return ['done'];
  }

  changePassword(seat: number, right: boolean): Told[] {
    const acting = this.actFully(seat);
    if (typeof acting === 'string') return [acting];
    const { someone } = acting;
    const told = this.#weighPassword(someone, right);
    if (told !== 'done') return [told];
    this.newEpoch(someone.key, seat);
    this.post('passwordChanged', someone.key);
    return ['done'];
  }

  revokeOwnTrust(seat: number): Told[] {
    const acting = this.actFully(seat);
    if (typeof acting === 'string') return [acting];
    this.distrust(acting.someone.key);
    return ['done'];
  }

  keepAlive(seat: number): Told[] {
    return [this.act(seat) ? 'done' : 'notSignedIn'];
  }

  signOut(seat: number): Told[] {
    if (!this.act(seat)) return ['notSignedIn'];
    this.places[seat] = null;
    return ['done'];
  }

  cancel(seat: number): Told[] {
    if (this.places[seat]?.kind === 'pending') this.places[seat] = null;
    return ['done'];
  }

  endOthers(seat: number): Told[] {
    const acting = this.actFully(seat);
    if (typeof acting === 'string') return [acting];
    for (const other of SEATS) {
      const place = this.places[other];
      // What is half way in goes, too: whoever signs the others out may have been found out (S27).
      if (other !== seat && place?.who === acting.someone.key) this.places[other] = null;
    }
    return ['done'];
  }

  /** The computer forgets nothing, but somebody takes what it holds to another (S32). */
  copyTrust(from: number, to: number): void {
    this.held[to] = new Map(this.held[from]);
  }

  /** Current password and a proof for this very act. */
  protected fullProof(
    someone: Someone,
    place: Place,
    purpose: Purpose,
    right: boolean,
    proof: ProofTyped,
    bar: Told | null = null,
  ): Told {
    if (someone.twoStep && proof === null) return 'proofNeeded';
    const told = this.#weighPassword(someone, right);
    if (told !== 'done') return told;
    if (bar) return bar; // no proof is spent on what cannot be
    return this.prove(someone, place, purpose, proof);
  }

  protected prove(someone: Someone, place: Place, purpose: Purpose, proof: ProofTyped): Told {
    if (proof === null) return 'done';
    if (!('recoveryCode' in proof)) return this.answer(someone, place, purpose, proof);
    if (this.spend(someone, proof.recoveryCode)) return 'done';
    this.fail(someone);
    return 'recoveryCodeRejected';
  }

  #weighPassword(someone: Someone, right: boolean): Told {
    if (this.locked(someone)) return 'locked';
    if (right) return 'done';
    this.fail(someone);
    return 'currentPasswordRejected';
  }

  protected show(someone: Someone, fresh: readonly string[]): void {
    someone.recoveryCodes.clear();
    for (const code of fresh) someone.recoveryCodes.add(code);
  }
}

/** What somebody without two-step verification is told who asks for a code to prove more than the password. */
const OFF = { own: ['twoStepOff'], other: ['enrolYourselfFirst', 'twoStepOff'] } as const;
