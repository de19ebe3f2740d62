import { onTestFinished } from 'vitest';
import { type SmtpPeer, startSmtpPeer } from './start-smtp-peer.ts';

/** A real SMTP server, until the test is over. */
export async function openSmtpPeer(...options: Parameters<typeof startSmtpPeer>): Promise<SmtpPeer> {
  const peer = await startSmtpPeer(...options);
  onTestFinished(() => peer.stop());
  return peer;
}
