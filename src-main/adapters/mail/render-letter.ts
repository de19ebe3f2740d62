import type { Letter } from '../../domain/message.ts';
import type { Instant } from '../../domain/values.ts';
import { type LetterContent, wordLetter } from './letter-content.ts';
import { layOut } from './letter-layout.ts';

export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Subject, text and HTML of a letter. A code is the only `\b\d{6}\b` of the text, alone on its line
 * (INTERFACE, "Data folder").
 * @param at when the letter was written
 */
export function renderLetter(letter: Letter, at: Instant): RenderedLetter {
  const content = wordLetter(letter, at);
  return { subject: content.subject, text: asText(content), html: layOut(content) };
}

function asText({ greeting, body, code, longCode, facts, notYou, why, product }: LetterContent): string {
  const paragraphs = [
    greeting,
    ...body,
    ...(code ? [code.digits, code.life] : []),
    ...(longCode ? [longCode.letters, longCode.life, `${longCode.label}: ${longCode.link}`] : []),
    ...(facts.length > 0 ? [facts.map(([label, value]) => `${label}: ${value}`).join('\n')] : []),
    `${notYou.heading} ${notYou.advice}`,
    `${product}\n${why}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}
