import type { SmtpForm } from '../../../src-main/domain/connections.ts';
import { type Engine, openEngine } from '../engine.ts';
import { OWNER, type Person, signedInOwner } from '../person.ts';
import { type RecordingSmtp, recordingSmtp } from './recording-smtp.ts';
import { smtpForm } from './settings.ts';

/** Step-up while two-step verification is off. */
export const BY_PASSWORD = { currentPassword: OWNER.password, proof: null };

/** An owner at the Connections screen, and a mail server that records what it is handed. */
export interface Admin {
  readonly engine: Engine;
  readonly owner: Person;
  readonly smtp: RecordingSmtp;
  save(change?: Partial<SmtpForm>): Promise<unknown>;
}

export async function openAdmin(): Promise<Admin> {
  const smtp = recordingSmtp();
  const engine = await openEngine({ smtp });
  const owner = await signedInOwner(engine);
  const save = (change: Partial<SmtpForm> = {}) =>
    owner.api.admin.connections.save({ ...smtpForm(change), ...BY_PASSWORD });
  return { engine, owner, smtp, save };
}
