import type { SmtpSettings } from '../domain/connections.ts';
import type { Letter } from '../domain/message.ts';
import type { Instant } from '../domain/values.ts';

/** Hands one letter to the world. */
export interface Mail {
  /**
   * @param id stable across retries: becomes the Message-ID, so a repeat is recognisable
   * @param at when the letter was written, stable across retries too: becomes its Date
   * @throws {MailFailure} when not accepted
   */
  send(id: string, letter: Letter, at: Instant): Promise<void>;
}

/**
 * Hands letters to a mail server (R50), at least once: where the line breaks after the letter went over and before
 * the server said so, the repeat has the same Message-ID and Date.
 */
export interface Smtp {
  /**
   * Over connections that stay open for the next letter; settings other than the last ones take effect at once.
   * @throws {MailFailure}
   */
  send(settings: SmtpSettings, id: string, letter: Letter, at: Instant): Promise<void>;
  /** Over a connection of its own, closed after: for trying settings out. @throws {MailFailure} */
  sendOnce(settings: SmtpSettings, id: string, letter: Letter, at: Instant): Promise<void>;
  /** Whether letters can be signed with this private key (PEM; RSA of 1024 bits or more, RFC 6376 3.3.3, 8301). */
  canSign(privateKey: string): boolean;
}

export interface LocalMessageSummary {
  /** File name; starts with an ISO-8601 UTC time. */
  readonly id: string;
  readonly at: Instant;
  readonly to: string;
  readonly subject: string;
}

export interface LocalMessage extends LocalMessageSummary {
  readonly text: string;
}

/** The embedded outbox folder, read back for its viewer (R50). */
export interface LocalOutbox {
  readonly folder: string;
  /** Newest first, at most `limit`; `addresses: 'all'` only with `--demo`. Addresses compare by their key form (S18). */
  list(addresses: readonly string[] | 'all', limit: number): Promise<LocalMessageSummary[]>;
  /** Null when there is none by that id for those addresses. */
  read(id: string, addresses: readonly string[] | 'all'): Promise<LocalMessage | null>;
}
