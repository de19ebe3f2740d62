/** Links that lead to a screen. The code is a fragment there: fragments stay in the page, and out of logs. */
const LINKS = [
  { pattern: /^vestibule:\/\/reset\/([0-9A-Z-]{20,40})\/?$/, path: '/sign-in/reset' },
  { pattern: /^vestibule:\/\/join\/([0-9A-Z-]{20,40})\/?$/, path: '/sign-in/invitation' },
];

/** What the operating system hands over when somebody follows a link of ours. */
export function isDeepLink(text: string): boolean {
  return /^vestibule:/i.test(text);
}

/**
 * Where in the app a link leads; null for one we do not know. Anybody can write such a link, so it carries nothing but a
 * code to be filled in: nothing is executed or approved by it (S68).
 */
export function routeOf(link: unknown): string | null {
  if (typeof link !== 'string') return null;
  for (const { pattern, path } of LINKS) {
    const code = pattern.exec(link)?.[1];
    if (code !== undefined) return `${path}#${code}`;
  }
  return null;
}

/** Asked before a link leads anywhere; answered by the number of a button, `FOLLOW` or not. */
export const LINK_QUESTION = {
  message: 'A link wants to fill in a code here. Follow it?',
  detail: 'Go on only if you have just asked for that message. What you were doing in the window is left.',
  buttons: ['Follow the link', 'Cancel'],
  defaultId: 1,
  cancelId: 1,
};
export const FOLLOW = 0;
