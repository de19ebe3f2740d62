import type { Letter, Message } from '../../domain/message.ts';
import { type Instant, MINUTE } from '../../domain/values.ts';
import { harmless } from './harmless.ts';
import { type Sentence, WORDS, type Words } from './letter-words.ts';

/** A letter in words, ready for either form. Plain text throughout: the HTML layout escapes it. */
export interface LetterContent {
  readonly locale: string;
  readonly product: string;
  readonly workspace: string;
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  readonly greeting: string;
  readonly body: readonly string[];
  /** Null in letters that carry none. */
  readonly code: { readonly digits: string; readonly life: string } | null;
  /** A code too long for a glance, with a link that carries it; null in letters that have none. */
  readonly longCode: {
    readonly letters: string;
    readonly life: string;
    readonly link: string;
    readonly label: string;
  } | null;
  /** What happened when and where, as label and value. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly notYou: { readonly heading: string; readonly advice: string };
  readonly why: string;
}

/** Puts a letter into the words of its language. `at`: when it was written; a code's life is counted from then. */
export function wordLetter({ name, workspace, locale, message }: Letter, at: Instant): LetterContent {
  const { frame, messages } = WORDS[locale];
  const words = messages[message.kind];
  const count = 'left' in message ? message.left : 'expiresAt' in message ? minutesFrom(at, message.expiresAt) : 0;
  const values = {
    name: harmless(name),
    workspace: harmless(workspace),
    left: String(count),
    minutes: String(count),
    expires: 'expiresAt' in message ? timeOf(message.expiresAt, locale) : '',
    deadline: 'deadline' in message ? timeOf(message.deadline, locale) : '',
    by: 'by' in message ? harmless(message.by) : '',
    role: 'role' in message ? frame.roles[message.role] : '',
  };
  const say = (sentence: Sentence) => fill(inNumber(sentence, count, locale), values);
  return {
    locale,
    product: frame.product,
    workspace: values.workspace,
    subject: say(words.subject),
    preheader: say(words.preheader),
    heading: say(words.heading),
    greeting: say(frame.greeting),
    body: words.body.map(say),
    code: 'code' in message ? { digits: message.code, life: say(frame.codeLife) } : null,
    longCode: longCodeOf(message, frame, say(frame.longCodeLife)),
    facts: [
      ...('at' in message ? [[frame.facts.at, timeOf(message.at, locale)] as const] : []),
      ...('until' in message ? [[frame.facts.until, timeOf(message.until, locale)] as const] : []),
      ...('by' in message ? [[frame.facts.by, harmless(message.by)] as const] : []),
      ...('who' in message ? [[frame.facts.who, harmless(message.who)] as const] : []),
      ...('client' in message ? [[frame.facts.client, harmless(message.client)] as const] : []),
      ...('note' in message && message.note ? [[frame.facts.note, harmless(message.note)] as const] : []),
    ],
    notYou: { heading: frame.notYou, advice: say(words.notYou) },
    why: say(frame.why),
  };
}

/** The code that opens one act, and the link that carries it to where it is done. */
function longCodeOf(message: Message, frame: Words['frame'], life: string): LetterContent['longCode'] {
  if (message.kind === 'invitation') {
    const link = `vestibule://join/${message.inviteCode}`;
    return { letters: message.inviteCode, life, link, label: frame.join };
  }
  const code = 'resetCode' in message ? message.resetCode : 'undoCode' in message ? message.undoCode : null;
  if (code === null) return null;
  return { letters: code, life, link: `vestibule://reset/${code}`, label: frame.choosePassword };
}

function inNumber(sentence: Sentence, count: number, locale: string): string {
  if (typeof sentence === 'string') return sentence;
  return new Intl.PluralRules(locale).select(count) === 'one' ? sentence.one : sentence.other;
}

/** In one pass, so that a value that looks like a placeholder stays what it is. */
function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** `22 November 2026, 12:35 UTC`: the reader's zone is unknown, so the zone is named. */
function timeOf(at: Instant, locale: string): string {
  const region = locale === 'en' ? 'en-GB' : locale;
  const date = new Intl.DateTimeFormat(region, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  const time = new Intl.DateTimeFormat(region, { timeStyle: 'short', timeZone: 'UTC' }).format(at);
  return `${date}, ${time} UTC`;
}

function minutesFrom(at: Instant, end: Instant): number {
  return Math.max(1, Math.round((end - at) / MINUTE));
}
