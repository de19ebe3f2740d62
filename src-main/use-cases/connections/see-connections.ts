import { type SmtpView, viewSmtp } from '../../domain/connections.ts';
import type { Deps } from '../../ports/deps.ts';
import { readSmtpIfItOpens } from './smtp-settings.ts';

/** What the Connections screen shows. */
export interface ConnectionsView {
  /** Null while letters go to the outbox folder; `unreadable` where the stored settings do not open and letters wait. */
  readonly smtp: SmtpView | 'unreadable' | null;
}

export async function seeConnections(deps: Pick<Deps, 'store' | 'vault'>): Promise<ConnectionsView> {
  const stored = await deps.store.read((tx) => readSmtpIfItOpens(deps, tx));
  if (stored === null || stored === 'unreadable') return { smtp: stored };
  return { smtp: viewSmtp(stored.settings, stored.updatedAt) };
}
