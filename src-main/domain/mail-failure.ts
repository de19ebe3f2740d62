/** Why a letter was not taken, in words of what a person can do about it. Closed: the renderer explains each. */
export type MailReason =
  | 'hostNotFound'
  | 'refused'
  | 'timeout'
  | 'notMailServer'
  | 'tlsNotOffered'
  | 'certificateUnknown'
  | 'certificateExpired'
  | 'certificateWrongName'
  | 'tlsFailed'
  | 'authNotOffered'
  | 'authRejected'
  | 'senderRejected'
  | 'recipientRejected'
  | 'messageRejected'
  | 'dropped';

export interface MailTrouble {
  readonly reason: MailReason;
  /** What the server said, on one line; null where it said nothing. */
  readonly reply: string | null;
  /** It would refuse this very letter again, so nobody tries (RFC 5321 4.2.1: 5yz for recipient or message). */
  readonly permanent: boolean;
}

/** A letter that was not accepted. Anything else that is thrown while sending is a bug. */
export class MailFailure extends Error {
  readonly trouble: MailTrouble;

  constructor(reason: MailReason, reply: string | null = null, permanent = false) {
    super(reason);
    this.name = 'MailFailure';
    this.trouble = { reason, reply, permanent };
  }
}
