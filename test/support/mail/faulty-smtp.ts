import { onTestFinished } from 'vitest';
import { type FaultySmtp, startFaultySmtp } from './start-faulty-smtp.ts';

/** A mail server that fails as told, until the test is over. */
export async function openFaultySmtp(...certificate: Parameters<typeof startFaultySmtp>): Promise<FaultySmtp> {
  const server = await startFaultySmtp(...certificate);
  onTestFinished(() => server.stop());
  return server;
}
