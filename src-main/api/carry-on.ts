import { changeTrusts, type TrustChange } from '../domain/trusted-device.ts';
import type { PasswordAccepted } from '../use-cases/sign-in/let-in.ts';
import type { Carrier } from './carrier.ts';

/** Hands an accepted password's tokens to the carrier; the page learns only where it leads. */
export function carryOn(carrier: Carrier, { next, token, trust }: PasswordAccepted): Pick<PasswordAccepted, 'next'> {
  carrier.setSession(next === 'secondStep' ? null : token);
  carrier.setPending(next === 'secondStep' ? token : null);
  carryTrust(carrier, trust);
  return { next };
}

export function carryTrust(carrier: Carrier, change: TrustChange | null): void {
  if (change) carrier.setTrusts(changeTrusts(carrier.trusts, change), change.lasts);
}
