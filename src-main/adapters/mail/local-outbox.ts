import { constants } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { parseEmail } from '../../domain/email-address.ts';
import type { LocalMessageSummary, LocalOutbox } from '../../ports/mail.ts';
import { timeOfMailFile } from './mail-file-name.ts';

const HEADERS_AT_MOST = 8 * 1024;
const READ_AT_ONCE = 32;
const NO_LINKS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0); // a link could lead out of the folder

/**
 * Reads the outbox folder back for its viewer (R50). Letters never change once they have their name, so
 * headers are read once; files that are none of ours are passed over.
 */
export function localOutbox(folder: string): LocalOutbox {
  const known = new Map<string, LocalMessageSummary | null>();

  async function summaryOf(name: string): Promise<LocalMessageSummary | null> {
    const found = known.get(name);
    if (found !== undefined) return found;
    const summary = await readHeaders(join(folder, name), name).catch(() => null);
    known.set(name, summary);
    return summary;
  }

  return {
    folder,

    async list(addresses, limit) {
      const isTheirs = belongsTo(addresses);
      const names = await namesIn(folder);
      forgetMissing(known, names);
      const listed: LocalMessageSummary[] = [];
      for (let from = 0; from < names.length && listed.length < limit; from += READ_AT_ONCE) {
        const some = await Promise.all(names.slice(from, from + READ_AT_ONCE).map(summaryOf));
        listed.push(...some.filter((summary) => summary !== null).filter(isTheirs));
      }
      return listed.slice(0, limit);
    },

    async read(id, addresses) {
      if (timeOfMailFile(id) === null) return null; // a path is not a name
      const summary = await summaryOf(id);
      if (!summary || !belongsTo(addresses)(summary)) return null;
      const content = await readFile(join(folder, id), { flag: NO_LINKS }).catch(() => null);
      const { text = '' } = content ? await PostalMime.parse(content) : {};
      return content && { ...summary, text: text.trim() };
    },
  };
}

/** Newest first: names begin with their time. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []); // there is no folder before the first letter
  return names.filter((name) => timeOfMailFile(name) !== null).sort((a, b) => (a < b ? 1 : -1));
}

async function readHeaders(file: string, name: string): Promise<LocalMessageSummary> {
  const handle = await open(file, NO_LINKS);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADERS_AT_MOST), 0, HEADERS_AT_MOST, 0);
    const start = buffer.toString('latin1', 0, bytesRead);
    const headers = start.slice(0, start.search(/\r?\n\r?\n/) + 1 || undefined);
    const { to, subject = '' } = await PostalMime.parse(`${headers}\r\n\r\n`);
    return { id: name, at: timeOfMailFile(name) ?? 0, to: firstAddress(to), subject };
  } finally {
    await handle.close();
  }
}

function firstAddress(to: Email['to']): string {
  return to?.[0]?.address ?? '';
}

function belongsTo(addresses: readonly string[] | 'all'): (message: LocalMessageSummary) => boolean {
  if (addresses === 'all') return () => true;
  const keys = new Set(addresses.map(keyOf).filter((key) => key !== ''));
  return (message) => keys.has(keyOf(message.to));
}

function keyOf(address: string): string {
  return parseEmail(address)?.key ?? '';
}

function forgetMissing(known: Map<string, unknown>, names: readonly string[]): void {
  if (known.size <= names.length) return;
  const present = new Set(names);
  for (const name of known.keys()) if (!present.has(name)) known.delete(name);
}
