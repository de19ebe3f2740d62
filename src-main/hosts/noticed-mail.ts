import type { Message } from '../domain/message.ts';
import type { Mail } from '../ports/mail.ts';

/** A letter that has just left, without anything it says. */
export interface Notice {
  readonly kind: Message['kind'];
  readonly to: string;
}

/** Tells the host of every letter that leaves, so that it can point to it. */
export function noticedMail(mail: Mail, tell: (notice: Notice) => void = () => {}): Mail {
  return {
    async send(id, letter, at) {
      await mail.send(id, letter, at);
      tell({ kind: letter.message.kind, to: letter.to });
    },
  };
}
