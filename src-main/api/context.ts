import type { Caller, Surface } from '../domain/values.ts';
import type { Deps } from '../ports/deps.ts';
import { type Carrier, cookieCarrier } from './carrier.ts';
import { describeClient } from './client-name.ts';

/** What the API is told once, when it is put together. */
export interface ApiOptions {
  readonly deps: Deps;
  readonly surface: Surface;
  /** This computer's addresses, first the one to show. */
  readonly addresses: () => readonly string[];
  readonly cookieSuffix: string;
  readonly version: string;
  /** Accounts to try, where the workspace is a demonstration. */
  readonly demo: readonly DemoAccount[] | null;
}

/** Sign-in hints of the demonstration workspace. */
export interface DemoAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: string;
  readonly twoStep: 'off' | 'active';
  readonly hint: string;
}

/** What a procedure knows of its call. */
export interface Context {
  readonly deps: Deps;
  readonly caller: Caller;
  readonly carrier: Carrier;
  readonly version: string;
  readonly demo: readonly DemoAccount[] | null;
}

export function createContext(options: ApiOptions, request: Request, answer: Headers): Context {
  const { deps, surface, addresses, cookieSuffix, version, demo } = options;
  const caller: Caller = { surface, addresses: addresses(), client: describeClient(request.headers) };
  return { deps, caller, carrier: cookieCarrier(request.headers, answer, cookieSuffix), version, demo };
}
