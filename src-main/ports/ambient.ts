import type { Instant } from '../domain/values.ts';

/** The only source of time (ARCHITECTURE 5). */
export interface Clock {
  /** max(system clock, high-water mark): never runs back. */
  now(): Instant;
  /** Lifts the high-water mark to `at`; a lower value changes nothing. */
  raise(at: Instant): void;
  /** True when the system clock is more than 24 h behind the mark (SECURITY, "Clock"). */
  isWrong(): boolean;
  /** True once time leapt ahead as no pause explains, or was said to have, until somebody accepts it (S37). */
  isDoubted(): boolean;
  /** An earlier run found that time had leapt ahead, and nobody has accepted it. */
  doubt(): void;
  /** What the system clock says by itself: what there is to accept. */
  claimed(): Instant;
  /** A person with the right to says that `at`, which the system clock claimed, is the time: it becomes the mark. */
  accept(at: Instant): void;
}

/** The only source of randomness: a CSPRNG, unbiased (S29). */
export interface Random {
  bytes(length: number): Uint8Array;
  /** Uniform whole number in [0, bound). */
  below(bound: number): number;
  /** 256-bit secret, base64url: sessions, pending sign-ins (A ≥ 128). */
  token(): string;
  /** Row identifier; 128 random bits, base64url. Not a secret. */
  id(): string;
}

/** The part of the web's AbortSignal that the engine needs; a real one fits. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
}

/** Wakes whoever waits for news of a topic in this process; carries no data (ARCHITECTURE 1, live events). */
export interface Bell {
  ring(topic: string): void;
  /** Yields once per ring until the signal aborts. */
  listen(topic: string, signal: StopSignal): AsyncIterable<void>;
}
