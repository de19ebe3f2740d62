import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail } from '../../ports/mail.ts';
import { composeMail } from './compose-mail.ts';
import { mailFileName } from './mail-file-name.ts';

const FROM = { name: 'Vestibule', address: 'no-reply@vestibule.localhost' };

/**
 * The embedded default (R50): each letter becomes a file in the outbox folder, whole or not at all, readable
 * by the owner only. A letter sent again under its id and time is the same file again.
 * @param folder `outbox/mail` of the data folder; made when missing
 */
export function folderMail(folder: string): Mail {
  return {
    async send(id, letter, at) {
      const { message } = await composeMail(letter, { id, at, from: FROM });
      const name = mailFileName(id, at);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `.${name}.draft`);
      await writeDurably(draft, message);
      await rename(draft, join(folder, name));
      await flushFolder(folder); // else a power loss could take a letter that is recorded as sent
    },
  };
}

async function writeDurably(file: string, content: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null); // Windows opens no folders
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}
