import en from '../../../resources/messages/en.json' with { type: 'json' };
import type { Role } from '../../domain/account.ts';
import type { Letter, Message } from '../../domain/message.ts';

/** A sentence, or one for each plural form that the language has; `{name}` stands for a value. */
export type Sentence = string | { readonly one: string; readonly other: string };

export interface MessageWords {
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preheader: string;
  readonly heading: string;
  readonly body: readonly Sentence[];
  readonly notYou: string;
}

/** One language's words. A message without words does not compile. */
export interface Words {
  readonly frame: {
    readonly product: string;
    readonly greeting: string;
    readonly codeLife: Sentence;
    readonly longCodeLife: string;
    /** The button of a letter that leads to a new password. */
    readonly choosePassword: string;
    /** The button of an invitation. */
    readonly join: string;
    readonly roles: Readonly<Record<Role, string>>;
    readonly facts: Readonly<Record<'at' | 'until' | 'client' | 'by' | 'who' | 'note', string>>;
    readonly notYou: string;
    readonly why: string;
  };
  readonly messages: Readonly<Record<Message['kind'], MessageWords>>;
}

export const WORDS: Readonly<Record<Letter['locale'], Words>> = { en };
