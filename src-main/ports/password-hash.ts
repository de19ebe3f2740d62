/**
 * argon2id with a pepper, off the main loop, at most four at a time (SECURITY 2).
 * `password` is for what people choose, `recoveryCode` for 80 random bits (OWASP floor parameters).
 */
export interface PasswordHash {
  hash(secret: string, kind: 'password' | 'recoveryCode'): Promise<string>;
  verify(encoded: string, secret: string): Promise<boolean>;
  /** Hashes and throws the result away: an unknown address costs what a known one does (S17). */
  pretend(secret: string, kind?: 'password' | 'recoveryCode'): Promise<void>;
}
