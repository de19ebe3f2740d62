import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Log } from '../ports/deps.ts';
import { concealed, concealedText } from './log-concealment.ts';

const FILE = 'vestibule.log';
const PREVIOUS = 'vestibule.previous.log';
const LARGEST = 5 * 1024 * 1024;

/**
 * Log over pino into `vestibule.log`, one JSON object a line, readable by the owner only and without secrets
 * (S80). A file over 5 MB becomes the previous one at start, so two are kept at most. Lines are written at
 * once: few are written, and those before a crash matter most.
 * @param folder `logs` of the data folder; made when missing
 */
export function openLog(folder: string): Log & { close(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, FILE);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST) renameSync(file, join(folder, PREVIOUS));

  const destination = pino.destination({ dest: file, mode: 0o600, sync: true });
  destination.on('error', () => {}); // a full disk must not end the app over its log
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (fields, message) => log.info(concealed(fields), concealedText(message)),
    warn: (fields, message) => log.warn(concealed(fields), concealedText(message)),
    error: (fields, message) => log.error(concealed(fields), concealedText(message)),
    close: () => destination.end(),
  };
}
