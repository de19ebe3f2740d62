import type fc from 'fast-check';
import { expect } from 'vitest';
import { toldBy } from '../sign-in-model/world.ts';
import { everythingAgrees } from './invariants.ts';
import type { ProofTyped, Purpose } from './own-rules.ts';
import type { Answer } from './seat-rules.ts';
import type { Told } from './who.ts';
import type { WorkspaceRules } from './workspace-rules.ts';
import type { World } from './world.ts';

export { toldBy };
export type Rules = WorkspaceRules;
export type Command = fc.AsyncCommand<Rules, World>;
/** Whether a step leads anywhere in this state. */
export type Apt = (rules: Readonly<Rules>) => boolean;
/** A step that is not apt is left out, so that walks get somewhere; now and then it is taken `anyway`. */
export type Step = (anyway: boolean) => Command;

/** One step: what is done to the product, what the rules say of it; then seats, accounts, letters and the record must agree. */
export function step(name: string, apt: Apt, run: (rules: Rules, world: World) => Promise<void>): Step {
  return (anyway) => ({
    check: (rules) => anyway || apt(rules),
    async run(rules, world) {
      rules.steps += 1;
      rules.letters = [];
      await world.audited();
      try {
        await run(rules, world);
        expect((await world.lettersSince()).sort()).toEqual(rules.letters.sort());
        await everythingAgrees(rules, world);
      } catch (error) {
        if (error instanceof Error) error.message = `${name}: ${error.message}`;
        throw error;
      }
    },
    toString: () => name,
  });
}

/**
 * Holds that a call was told what the rules allow, and stands on record once: as `kind` where it was done, else as the one
 * refusal it was.
 */
export async function holds(
  world: World,
  call: Promise<Told>,
  rule: () => readonly Told[],
  kindOf: string | null | ((told: Told) => string),
): Promise<Told> {
  const told = await call;
  const mayTell = rule();
  if (!mayTell.includes(told)) expect(told).toBe(mayTell.join(' or '));
  // Joining is an act of its own: a sign-in that is refused right after it is one more.
  const kinds = (await world.audited()).filter((each) => each !== 'invitationAccepted' || each === kindOf);
  const wasRefused = !['done', 'signedIn', 'secondStep', 'enrol'].includes(told);
  const kind = typeof kindOf === 'function' ? kindOf(told) : kindOf;
  if (!wasRefused && kind === null) return told;
  const wanted = wasRefused ? kinds : kinds.filter((each) => each === kind);
  if (wanted.length !== 1) expect([told, ...kinds]).toEqual([told, wasRefused ? 'one entry' : `${kind}, once`]);
  return told;
}

/** What somebody may type for a mailed code: the right one, a wrong one, one meant for something or somebody else. */
export type Digits = 'right' | 'wrong' | 'foreign';
export type ProofGiven = { readonly mail: Digits } | { readonly recovery: 'unused' | 'nonsense' } | null;

/** The newest code asked for at this seat for this purpose, answered as chosen. */
export function answerOf(rules: Rules, seat: number, purpose: Purpose, choice: Digits): Answer {
  const place = rules.at(seat);
  const sent = place ? rules.who(place.who).mail.sent : [];
  const own = sent.findLast((code) => code.askedIn === place && code.purpose === purpose);
  const other = sent.findLast((code) => code.askedIn !== place || code.purpose !== purpose);
  const chosen = choice === 'foreign' ? other : own;
  if (!chosen) return { id: 'none', digits: '000000' };
  const wrong = chosen.digits === '111111' ? '222222' : '111111';
  return { id: chosen.id, digits: choice === 'wrong' ? wrong : chosen.digits };
}

export function holdsCode(rules: Readonly<Rules>, seat: number, purpose: Purpose): boolean {
  const place = rules.at(seat);
  if (!place) return false;
  return rules.who(place.who).mail.sent.some((code) => code.open && code.purpose === purpose && code.askedIn === place);
}

export function recoveryCodeAt(rules: Rules, seat: number, choice: 'unused' | 'nonsense'): string {
  const place = rules.at(seat);
  const [unused] = place ? rules.who(place.who).recoveryCodes : [];
  return (choice === 'unused' ? unused : null) ?? 'nonsense';
}

/** A proof as the rules take it and as the product does. */
export function proofOf(rules: Rules, seat: number, purpose: Purpose, given: ProofGiven) {
  if (given === null) return { typed: null, proof: null };
  if ('recovery' in given) {
    const code = recoveryCodeAt(rules, seat, given.recovery);
    const typed: ProofTyped = { recoveryCode: code };
    return { typed, proof: { method: 'recoveryCode' as const, code } };
  }
  const { id, digits } = answerOf(rules, seat, purpose, given.mail);
  const typed: ProofTyped = { id, digits };
  return { typed, proof: { method: 'email' as const, challengeId: id, code: digits } };
}

/** Policy is never confirmed by nothing. */
export function policyProofOf(rules: Rules, seat: number, given: NonNullable<ProofGiven>) {
  const { typed, proof } = proofOf(rules, seat, 'policy', given);
  if (proof === null) throw new Error('A proof was given.');
  return { typed, proof };
}
