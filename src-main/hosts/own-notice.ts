import type { Notice } from './noticed-mail.ts';

/** What deserves a look at once; the letter says the rest. */
const WORDS: Partial<Record<Notice['kind'], string>> = {
  passwordChanged: 'Your password was changed.',
  twoStepDisabled: 'Two-step verification was disabled for your account.',
  recoveryCodeUsed: 'One of your recovery codes was used.',
  accountLocked: 'Signing in to your account is paused after failed attempts.',
};

/** What to show of a security notice to the person who is signed in; null for other letters and for other people's. @param me asks `self.me` */
export async function ownNotice({ kind, to }: Notice, me: () => Promise<Response>): Promise<string | null> {
  const words = WORDS[kind];
  if (words === undefined) return null;
  const { result } = (await (await me()).json()) as { result?: { data: { account: { email: string } } } };
  return result?.data.account.email === to ? words : null;
}
