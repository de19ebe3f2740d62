import type { Deps } from '../../ports/deps.ts';
import type { LocalOutbox } from '../../ports/mail.ts';

/** The outbox folder while letters go there; null as soon as a mail server takes them (R50). */
export async function currentOutbox({
  store,
  localOutbox,
}: Pick<Deps, 'store' | 'localOutbox'>): Promise<LocalOutbox | null> {
  return (await store.read((tx) => tx.connections.find('smtp'))) ? null : localOutbox;
}
