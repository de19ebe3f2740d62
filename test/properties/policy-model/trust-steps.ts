import { expect } from 'vitest';
import { type Step, step, toldBy } from './step.ts';

/** The person at a seat takes trust from all of their computers (R18). */
export function revokeOwnTrust(seat: number): Step {
  return step(
    `trust no computer any more, from ${seat}`,
    (rules) => rules.fullAt(seat) !== null,
    async (rules, world) => {
      const call = toldBy(world.seat(seat).api.self.trustedDevices.revokeAll());
      expect(rules.revokeOwnTrust(seat)).toContain(await call);
    },
  );
}

/** Somebody takes what makes a computer trusted to another one (S32). */
export function copyTrust(from: number, to: number): Step {
  return step(
    `copy what ${from} is trusted by to ${to}`,
    (rules) => from !== to && (rules.held[from]?.size ?? 0) > 0,
    async (rules, world) => {
      world.seat(to).jar.trusts = [...(world.seat(from).jar.trusts ?? [])];
      rules.copyTrust(from, to);
    },
  );
}
