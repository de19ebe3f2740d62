import { OwnRules, type ProofTyped } from './own-rules.ts';
import { type InForce, isForEmergencies, isSame, next, standingOf, type Turned } from './policy-rule.ts';
import { isHigher, isUsableOwner, manages, mayGrant, outranks } from './role-rule.ts';
import { SEATS } from './seat-rules.ts';
import { type Key, mayInvite, type Place, type Role, type Someone, type Told } from './who.ts';

const DAY = 24 * 3_600_000;

interface Acting {
  readonly place: Place;
  readonly someone: Someone;
}

/** The rules of what people do to the workspace and to each other, added to those of what they do to themselves. */
export class WorkspaceRules extends OwnRules {
  /** Everything a policy change could be refused for, before its proof is weighed (R25, R27, R34, S36, S38). */
  changePolicy(seat: number, change: Turned, expected: number, proof: ProofTyped): Told[] {
    const acting = this.#manager(seat, 'generalSettings');
    if (typeof acting === 'string') return [acting];
    const refusals: Told[] = [];
    if (expected !== this.policy.version) refusals.push('changedMeanwhile');
    if (change.complianceDays < 0 || change.complianceDays > 10) refusals.push('invalidInput', 'policyUnfit');
    // Only e-mail works in this build: without it nobody could enrol.
    if (change.enforcement !== 'off' && change.email !== 'allowed') refusals.push('policyUnfit');
    const mustHaveIt = this.policy.requireAdminEnrolled || change.requireAdminEnrolled;
    const becomesRequired = change.enforcement === 'required' && this.policy.enforcement !== 'required';
    // R25: whoever begins to have others refused for not having it must have it, whatever the policy says of admins.
    const refuses = change.enforcement === 'required' && change.afterDeadline === 'block';
    const beginsToRefuse = refuses && (becomesRequired || this.policy.afterDeadline !== 'block');
    // R25: nor may who has not got it themself lift the rule that asks it of admins.
    const lifts = this.policy.requireAdminEnrolled && !change.requireAdminEnrolled;
    if (!acting.someone.twoStep && ((becomesRequired && mustHaveIt) || beginsToRefuse || lifts)) {
      refusals.push('enrolYourselfFirst');
    }
    if (isSame(this.policy, change)) refusals.push('invalidInput');
    if (refusals.length > 0) return refusals;
    const told = this.#confirm(acting, proof);
    if (told !== 'done') return [told];
    this.#putInForce(next(this.policy, change, this.now));
    return ['done'];
  }

  /** R29: sessions go on, sign-ins begin anew, and nothing is trusted any more (S3, S15, S33). */
  #putInForce(policy: InForce): void {
    // R27: once it is not required, users without it sign in normally, whenever they joined.
    const late = Object.values(this.people).filter(({ joinedLate }) => joinedLate);
    if (policy.enforcement !== 'required') {
      for (const someone of late) Object.assign(someone, { mustEnrol: false, joinedLate: false });
    }
    this.policy = policy;
    this.distrust(null);
    for (const seat of SEATS) if (this.places[seat]?.kind === 'pending') this.places[seat] = null;
  }

  /** R37. */
  grant(seat: number, key: Key, days: number | null, proof: ProofTyped): Told[] {
    const acting = this.#manager(seat, 'generalSettings');
    if (typeof acting === 'string') return [acting];
    const someone = this.who(key);
    if (someone.state === 'none') return ['notFound'];
    // Accounts for emergencies are the owners' affair, and nobody else gives themself more time.
    const isOwner = acting.someone.role === 'owner';
    if (!isOwner && days === null) return ['forbidden'];
    if (!isOwner && someone === acting.someone) return ['notOnYourself'];
    if (days === null && isForEmergencies(someone)) return ['stateUnfit'];
    const told = this.#confirm(acting, proof);
    if (told !== 'done') return [told];
    someone.grants = [...someone.grants, days === null ? null : this.now + days * DAY];
    return ['done'];
  }

  /** @param ended the one that was named, if it is there */
  endGrant(seat: number, key: Key, ended: { readonly until: number | null } | null, proof: ProofTyped): Told[] {
    const acting = this.#manager(seat, 'generalSettings');
    if (typeof acting === 'string') return [acting];
    if (!ended) return ['notFound'];
    if (ended.until === null && acting.someone.role !== 'owner') return ['forbidden'];
    const told = this.#confirm(acting, proof);
    if (told !== 'done') return [told];
    const { grants } = this.who(key);
    this.who(key).grants = grants.toSpliced(grants.indexOf(ended.until), 1);
    return ['done'];
  }

  /** A mailed code or a recovery code, without the password. */
  #confirm({ someone, place }: Acting, proof: ProofTyped): Told {
    if (this.locked(someone)) return 'locked';
    return this.prove(someone, place, 'policy', proof);
  }

  add(seat: number, key: Key, role: Role, right: boolean, proof: ProofTyped): Told[] {
    const acting = this.#manager(seat, 'users');
    if (typeof acting === 'string') return [acting];
    const refusals: Told[] = [];
    if (this.who(key).state !== 'none') refusals.push('emailTaken');
    if (!mayGrant(acting.someone.role, role)) refusals.push('targetOutranks');
    const isHigh = isHigher(role, 'member');
    if (isHigh && !acting.someone.twoStep) refusals.push('enrolYourselfFirst');
    if (refusals.length > 0) return refusals;
    // S26: whoever lets somebody in with more than a member has proves that it is them.
    const proven = isHigh ? this.fullProof(acting.someone, acting.place, 'roles', right, proof) : 'done';
    if (proven !== 'done') return [proven];
    Object.assign(this.who(key), { state: 'invited', role, since: this.now });
    this.post('invitation', key);
    return ['done'];
  }

  invited(key: Key, code: string): void {
    this.who(key).invitedAt.push(this.now);
    this.who(key).invitation = { code, until: this.now + 7 * DAY };
  }

  inviteAgain(seat: number, key: Key): Told[] {
    const told = this.#mayActOn(seat, key, ['users']);
    if (typeof told !== 'object') return [told];
    if (this.who(key).state === 'joined') told.refusals.push('stateUnfit');
    if (!mayInvite(this.who(key), this.now)) told.refusals.push('resendTooSoon', 'tooManyCodes');
    if (told.refusals.length > 0) return told.refusals;
    this.post('invitation', key);
    return ['done'];
  }

  /** The code opens it once; then policy decides as at any sign-in. */
  accept(seat: number, key: Key, code: string): { mayTell: Told[]; sends: boolean } {
    const someone = this.who(key);
    const { invitation } = someone;
    const fits = invitation?.code === code && this.now < invitation.until && !someone.suspended;
    if (!fits) return { mayTell: ['oneTimeCodeRejected'], sends: false };
    someone.invitation = null;
    someone.state = 'joined';
    someone.since = this.now;
    // The rules are silent: who has the mailbox chose the password anew, and whoever comes too late must not be shut out.
    someone.lockout.forgive();
    const standing = standingOf(this.policy, someone, this.now);
    someone.joinedLate = standing === 'enrol' || standing === 'deadlinePassed';
    if (someone.joinedLate) someone.mustEnrol = true;
    return this.carryOn(seat, someone);
  }

  changeRole(seat: number, key: Key, role: Role, right: boolean, proof: ProofTyped): Told[] {
    const told = this.#mayActOn(seat, key, ['users']);
    if (typeof told !== 'object') return [told];
    const { acting, refusals } = told;
    const target = this.who(key);
    if (!acting.someone.twoStep) refusals.push('enrolYourselfFirst');
    if (!mayGrant(acting.someone.role, role)) refusals.push('targetOutranks');
    if (target.role === role) refusals.push('stateUnfit');
    if (this.#wouldLeaveNoOwner(target, { role })) refusals.push('lastOwner');
    if (refusals.length > 0) return refusals;
    const proven = this.fullProof(acting.someone, acting.place, 'roles', right, proof);
    if (proven !== 'done') return [proven];
    if (isHigher(role, target.role)) this.endUnproven(key);
    target.role = role;
    this.post('roleChanged', key);
    return ['done'];
  }

  /** Nothing of theirs goes on, or comes back with them. */
  suspend(seat: number, key: Key): Told[] {
    const told = this.#mayActOn(seat, key, ['users']);
    if (typeof told !== 'object') return [told];
    const { refusals } = told;
    const target = this.who(key);
    if (target.suspended) refusals.push('stateUnfit');
    if (this.#wouldLeaveNoOwner(target, { suspended: true })) refusals.push('lastOwner');
    if (refusals.length > 0) return refusals;
    target.suspended = true;
    this.newEpoch(key, null);
    return ['done'];
  }

  reinstate(seat: number, key: Key): Told[] {
    const told = this.#mayActOn(seat, key, ['users']);
    if (typeof told !== 'object') return [told];
    if (!this.who(key).suspended) told.refusals.push('stateUnfit');
    if (told.refusals.length > 0) return told.refusals;
    this.who(key).suspended = false;
    return ['done'];
  }

  /** R42: the help desk may, too. */
  unlock(seat: number, key: Key): Told[] {
    const told = this.#mayActOn(seat, key, ['users', 'helpDesk']);
    if (typeof told !== 'object') return [told];
    if (!this.locked(this.who(key))) told.refusals.push('stateUnfit');
    if (told.refusals.length > 0) return told.refusals;
    this.who(key).lockout.forgive();
    return ['done'];
  }

  signOutEverywhere(seat: number, key: Key): Told[] {
    const told = this.#mayActOn(seat, key, ['users', 'helpDesk'], 'oneself too');
    if (typeof told !== 'object') return [told];
    if (told.refusals.length > 0) return told.refusals;
    // The rules are silent on trusted computers here; the product leaves them: they have a button of their own.
    for (const other of SEATS) if (this.places[other]?.who === key) this.places[other] = null;
    return ['done'];
  }

  /** R20: whether somebody could sign in from where they could not. */
  widens(key: Key, limitedTo: Someone['limitedTo']): boolean {
    const before = this.who(key).limitedTo;
    return before !== 'nowhere' && limitedTo !== before;
  }

  /** R20, S38. */
  setAllowlist(
    seat: number,
    key: Key,
    limitedTo: Someone['limitedTo'],
    confirmed: boolean,
    right: boolean,
    proof: ProofTyped,
  ): Told[] {
    const acting = this.#manager(seat, 'users');
    if (typeof acting === 'string') return [acting];
    const target = this.who(key);
    const oneself = acting.someone.key === key;
    if (target.state === 'none') return ['notFound'];
    if (!oneself && !outranks(acting.someone.role, target.role)) return ['targetOutranks'];
    const excluded = oneself && !this.admitted({ ...target, limitedTo }, seat);
    const refusals: Told[] = excluded && !confirmed ? ['allowlistExcludesYou'] : [];
    const wider = this.widens(key, limitedTo);
    if (wider && !acting.someone.twoStep) refusals.push('enrolYourselfFirst');
    if (refusals.length > 0) return refusals;
    // S26: whoever lets somebody in from more addresses proves that it is them.
    const proven = wider ? this.fullProof(acting.someone, acting.place, 'allowlist', right, proof) : 'done';
    if (proven !== 'done') return [proven];
    target.limitedTo = limitedTo;
    return ['done'];
  }

  /** R18: the computer remembered last for somebody, one's own included. */
  revokeTrust(seat: number, key: Key, isThere: boolean): Told[] {
    const acting = this.#manager(seat, 'users');
    if (typeof acting === 'string') return [acting];
    const { someone } = acting;
    if (someone.key !== key && !outranks(someone.role, this.who(key).role)) return ['targetOutranks', 'notFound'];
    if (!isThere) return ['notFound'];
    const newest = this.trusts.findLast(({ who, gone }) => who === key && !gone);
    if (newest) Object.assign(newest, { alive: false, gone: true });
    return ['done'];
  }

  /** The first reset for admins and help desk: everything of theirs dies, and they must enrol. */
  reset(seat: number, key: Key, right: boolean, proof: ProofTyped): Told[] {
    const told = this.#mayActOn(seat, key, ['helpDesk']);
    if (typeof told !== 'object') return [told];
    const { acting, refusals } = told;
    const target = this.who(key);
    if (!acting.someone.twoStep) refusals.push('enrolYourselfFirst');
    if (target.state !== 'joined' || !target.twoStep) refusals.push('stateUnfit', 'twoStepOff');
    if (refusals.length > 0) return refusals;
    const proven = this.fullProof(acting.someone, acting.place, 'resetTwoStep', right, proof);
    if (proven !== 'done') return [proven];
    target.twoStep = false;
    target.mustEnrol = true;
    target.joinedLate = false;
    target.recoveryCodes.clear();
    this.newEpoch(key, null);
    this.post('twoStepReset', key);
    return ['done'];
  }

  #wouldLeaveNoOwner(target: Someone, change: Partial<Pick<Someone, 'role' | 'suspended'>>): boolean {
    if (!isUsableOwner(target) || isUsableOwner({ ...target, ...change })) return false;
    return Object.values(this.people).filter(isUsableOwner).length === 1;
  }

  #manager(seat: number, ...modules: Parameters<typeof manages>[1][]): Acting | Told {
    const acting = this.actFully(seat);
    if (typeof acting === 'string') return acting;
    return manages(acting.someone.role, ...modules) ? acting : 'forbidden';
  }

  /** R41, S39: never on oneself, never on who is as high. */
  #mayActOn(
    seat: number,
    key: Key,
    modules: Parameters<typeof manages>[1][],
    oneself: 'oneself too' | 'others' = 'others',
  ): { acting: Acting; refusals: Told[] } | Told {
    const acting = this.#manager(seat, ...modules);
    if (typeof acting === 'string') return acting;
    const target = this.who(key);
    if (target.state === 'none') return 'notFound';
    const refusals: Told[] = [];
    if (target.key === acting.someone.key) {
      if (oneself === 'others') refusals.push('notOnYourself');
    } else if (!outranks(acting.someone.role, target.role)) {
      refusals.push('targetOutranks');
    }
    return { acting, refusals };
  }
}
