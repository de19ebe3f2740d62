import type { Answers } from '../api.ts';

export type ImportView = Answers['admin']['users']['importState'];
type Reason = Exclude<ImportView['reason'], null | 'cancelled'>;

/** Why an import did not come to its end. */
export const REASONS: Record<Reason, string> = {
  emailTaken: 'Somebody took one of its addresses in the meantime.',
  notSignedIn: 'Whoever began it was suspended or deleted in the meantime.',
  forbidden: 'Whoever began it may not manage users any more.',
  targetOutranks: 'Whoever began it may not give one of its roles any more.',
  damaged: 'What was kept of its rows is not as it was written. Ask who looks after this computer.',
};

export function isOver({ state }: ImportView): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}

export function whyOf({ reason }: ImportView): string {
  return reason === null || reason === 'cancelled' ? '' : REASONS[reason];
}

export function people(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en')} people`;
}
