import type { LetterKind } from '../sign-in-model/words.ts';
import {
  deadlineOf,
  type InForce,
  isForEmergencies,
  STRONG,
  type Standing,
  standingOf,
  trustLasts,
} from './policy-rule.ts';
import { isUsableOwner } from './role-rule.ts';
import { CAST, type Held, type Key, type Place, type Someone, someoneOf, type Told, type Trust } from './who.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const SEATS = [0, 1, 2, 3] as const;
/** This seat is at another address than the others. */
export const AWAY = 3;

/** What the code sent for a sign-in, or for an act, is answered with. */
export interface Answer {
  readonly id: string;
  readonly digits: string;
}

/**
 * The rules of signing in under policy as PRODUCT.md and SECURITY.md tell them: many people at four seats. Written from
 * their text. Where several reasons to refuse apply, any will do: `mayTell` holds them.
 */
export class SeatRules {
  now: number;
  policy: InForce = STRONG;
  readonly people: Readonly<Record<Key, Someone>>;
  readonly places: (Place | null)[] = SEATS.map(() => null);
  readonly held: Map<Key, Held>[] = SEATS.map(() => new Map());
  readonly trusts: Trust[] = [];
  /** Letters about security that must have left in this step, sorted. */
  letters: string[] = [];
  steps = 0;

  constructor(now: number) {
    this.now = now;
    const cast = CAST.map(({ key, role }) => {
      const someone = someoneOf(key, role, key === 'ines' ? 'none' : 'joined', now);
      return [key, someone] as const;
    });
    this.people = Object.fromEntries(cast) as Record<Key, Someone>;
  }

  who(key: Key): Someone {
    return this.people[key];
  }

  /** SECURITY 2: an hour idle and a day in all; with any privilege a quarter of an hour and half a day; to enrol, half an hour. */
  at(seat: number): Place | null {
    const place = this.places[seat] ?? null;
    if (!place) return null;
    const { role, suspended } = this.who(place.who);
    if (suspended) return null;
    if (place.kind === 'pending') return this.now < place.begunAt + 10 * MINUTE ? place : null;
    const enrolling = place.scope === 'enrolOnly';
    const idle = enrolling || role !== 'member' ? 15 * MINUTE : HOUR;
    const all = enrolling ? 30 * MINUTE : role === 'member' ? 24 * HOUR : 12 * HOUR;
    return this.now < Math.min(place.lastSeenAt + idle, place.begunAt + all) ? place : null;
  }

  sessionAt(seat: number): Place | null {
    const place = this.at(seat);
    return place?.kind === 'session' ? place : null;
  }

  fullAt(seat: number): Place | null {
    const place = this.sessionAt(seat);
    return place?.scope === 'full' ? place : null;
  }

  pendingAt(seat: number): Place | null {
    const place = this.at(seat);
    return place?.kind === 'pending' ? place : null;
  }

  stages(): string[] {
    return SEATS.map((seat) => {
      const place = this.at(seat);
      if (!place) return 'signIn';
      if (place.kind === 'pending') return 'secondStep';
      return place.scope === 'full' ? 'signedIn' : 'enrol';
    });
  }

  locked(someone: Someone): number | null {
    return someone.lockout.lockedUntil(this.now);
  }

  /** R29: its factors count only while it is not switched off for everyone. */
  asked(someone: Someone): boolean {
    return someone.twoStep && this.policy.enforcement !== 'off';
  }

  /** R20: the allowlist names the address of this seat, or there is none. */
  admitted(someone: Someone, seat: number): boolean {
    return someone.limitedTo === 'nowhere' || (someone.limitedTo === 'away') === (seat === AWAY);
  }

  /** The first step: R14, R18, R20, R22, R26. */
  signIn(seat: number, key: Key, right: boolean): { mayTell: Told[]; sends: boolean } {
    const someone = this.who(key);
    if (!someone.lockout.weighsPasswords(this.now)) return { mayTell: ['signInRejected'], sends: false };
    if (!right || someone.state !== 'joined') {
      if (someone.state !== 'none') this.fail(someone);
      return { mayTell: ['signInRejected'], sends: false };
    }
    return this.carryOn(seat, someone);
  }

  /** After the right password, or one just chosen. */
  protected carryOn(seat: number, someone: Someone): { mayTell: Told[]; sends: boolean } {
    const standing = this.#ledTo(someone);
    const mayTell = this.#refusals(seat, someone, standing);
    if (mayTell.length > 0 || standing === 'deadlinePassed') return { mayTell, sends: false };
    if (standing === 'secondStep' && !this.#takesTrust(seat, someone)) {
      this.places[seat] = this.#newPlace('pending', someone.key);
      const sends = !this.locked(someone) && someone.mail.maySend('signIn', null, this.now) === 'done';
      return { mayTell: ['secondStep'], sends };
    }
    this.open(seat, someone, standing === 'enrol' ? 'enrolOnly' : 'full', false);
    return { mayTell: [standing === 'enrol' ? 'enrol' : 'signedIn'], sends: false };
  }

  /** R42: through a lock a recovery code leads, be it while nobody else is asked for a second step. */
  #ledTo(someone: Someone): Standing {
    const throughLock = this.locked(someone) && someone.twoStep && someone.recoveryCodes.size > 0;
    return throughLock ? 'secondStep' : standingOf(this.policy, someone, this.now);
  }

  /** All that may be told only after the right password (S17, R22). */
  #refusals(seat: number, someone: Someone, standing: string): Told[] {
    const hasKeyToLock = standing === 'secondStep' && someone.recoveryCodes.size > 0;
    return [
      ...(someone.suspended ? ['suspended' as const] : []),
      ...(this.admitted(someone, seat) ? [] : ['addressRefused' as const]),
      ...(this.locked(someone) && !hasKeyToLock ? ['locked' as const] : []),
      ...(standing === 'deadlinePassed' ? ['deadlinePassed' as const] : []),
    ];
  }

  /** R18, S31–S33: a record of this very person, in time, not void, by its newest secret; an older one ends it. */
  #takesTrust(seat: number, someone: Someone): boolean {
    const held = this.held[seat]?.get(someone.key);
    if (!held?.trust.alive || this.now >= held.trust.until || this.locked(someone)) return false;
    if (held.generation !== held.trust.generation) {
      Object.assign(held.trust, { alive: false, gone: true });
      return false;
    }
    held.trust.generation += 1;
    this.held[seat]?.set(someone.key, { trust: held.trust, generation: held.trust.generation });
    return true;
  }

  proveByMail(seat: number, { id, digits }: Answer, remember: boolean): Told[] {
    const place = this.pendingAt(seat);
    if (!place) return ['signInExpired'];
    const someone = this.who(place.who);
    if (!this.admitted(someone, seat)) return ['addressRefused', 'signInExpired'];
    const told = this.answer(someone, place, 'signIn', { id, digits });
    if (told !== 'done') return [told];
    this.open(seat, someone, 'full', true);
    if (remember) this.#remember(seat, someone);
    return ['done'];
  }

  proveByRecoveryCode(seat: number, code: string): Told[] {
    const place = this.pendingAt(seat);
    if (!place) return ['signInExpired'];
    const someone = this.who(place.who);
    if (!this.admitted(someone, seat)) return ['addressRefused', 'signInExpired'];
    place.recoveryTries += 1;
    if (place.recoveryTries <= 5 && this.spend(someone, code)) {
      this.open(seat, someone, 'full', true);
      return ['done'];
    }
    if (!this.locked(someone)) this.fail(someone);
    return ['recoveryCodeRejected'];
  }

  #remember(seat: number, { key }: Someone): void {
    const lasts = trustLasts(this.policy);
    if (lasts === null) return;
    const trust: Trust = { who: key, until: this.now + lasts, alive: true, gone: false, generation: 0 };
    this.trusts.push(trust);
    this.held[seat]?.set(key, { trust, generation: 0 });
  }

  askAtSignIn(seat: number): Told {
    const place = this.pendingAt(seat);
    if (!place) return 'signInExpired';
    const someone = this.who(place.who);
    return this.locked(someone) ? 'methodUnavailable' : someone.mail.maySend('signIn', place, this.now);
  }

  sent(place: Place, purpose: Parameters<Someone['mail']['maySend']>[0], answer: Answer): void {
    this.who(place.who).mail.add({ ...answer, purpose, askedIn: place, to: place.who, sentAt: this.now });
  }

  #newPlace(kind: Place['kind'], who: Key): Place {
    const times = { begunAt: this.now, lastSeenAt: this.now };
    return { kind, who, ...times, recoveryTries: 0, proven: false, scope: 'full' };
  }

  protected open(seat: number, someone: Someone, scope: Place['scope'], proven: boolean): void {
    this.places[seat] = { ...this.#newPlace('session', someone.key), scope, proven };
    if (scope === 'full') someone.lockout.forgive();
    if (!isForEmergencies(someone)) return;
    for (const owner of Object.values(this.people)) {
      if (isUsableOwner(owner)) this.post('breakGlassUsed', owner.key);
    }
  }

  /** Doing something moves the idle end, written down twice a minute at most. */
  protected act(seat: number): { place: Place; someone: Someone } | null {
    const place = this.sessionAt(seat);
    if (!place) return null;
    if (this.now >= place.lastSeenAt + 30_000) place.lastSeenAt = this.now;
    return { place, someone: this.who(place.who) };
  }

  /** Somebody acts who is signed in for good; else why not (S1, R26). */
  protected actFully(seat: number): { place: Place; someone: Someone } | 'notSignedIn' | 'enrolFirst' {
    const acting = this.act(seat);
    if (!acting) return 'notSignedIn';
    return acting.place.scope === 'full' ? acting : 'enrolFirst';
  }

  protected fail(someone: Someone): void {
    if (someone.lockout.fail(this.now)) this.post('accountLocked', someone.key);
  }

  /** R4: each works once. */
  protected spend(someone: Someone, code: string): boolean {
    if (!someone.recoveryCodes.delete(code)) return false;
    this.post('recoveryCodeUsed', someone.key);
    return true;
  }

  protected answer(
    someone: Someone,
    place: Place,
    purpose: Parameters<Someone['mail']['maySend']>[0],
    { id, digits }: Answer,
  ): Told {
    if (this.locked(someone)) return 'locked';
    const { told, counts } = someone.mail.weigh(place, purpose, id, digits, this.now);
    if (counts) this.fail(someone);
    if (told === 'done') someone.mail.redeem(id);
    return told;
  }

  /** S15, S27: everything begun or granted before ends, but for what is done it from. */
  protected newEpoch(key: Key, exceptSeat: number | null, sparesSessions = false): void {
    for (const seat of SEATS) {
      const place = this.places[seat];
      if (place?.who !== key || seat === exceptSeat) continue;
      if (!sparesSessions || place.kind === 'pending' || place.scope === 'enrolOnly') this.places[seat] = null;
    }
    this.who(key).mail.voidAll();
    this.distrust(key);
  }

  protected distrust(key: Key | null): void {
    for (const trust of this.trusts)
      if (key === null || trust.who === key) Object.assign(trust, { alive: false, gone: true });
  }

  /** S33: what was had without a second step is not had with a higher role. */
  protected endUnproven(key: Key): void {
    this.distrust(key);
    for (const seat of SEATS) {
      const place = this.places[seat];
      if (place?.who === key && place.kind === 'session' && !place.proven) this.places[seat] = null;
    }
  }

  protected post(kind: LetterKind, to: Key): void {
    this.letters.push(`${kind} to ${to}`);
  }

  deadlineOf(key: Key): number | null {
    return deadlineOf(this.policy, this.who(key));
  }
}
