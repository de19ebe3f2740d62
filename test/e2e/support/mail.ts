import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import PostalMime, { type Email } from 'postal-mime';

const LONG_CODE = /\b(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}\b/;

/** Reads the outbox folder as the owner of the addresses would read their mail. */
export class Mailbox {
  readonly #folder: string;
  readonly #read = new Set<string>();

  constructor(data: string) {
    this.#folder = path.join(data, 'outbox/mail');
  }

  /** The newest message to `address` that was not read before; waits for it. */
  async next(address: string): Promise<Email> {
    return this.#await(address, () => true);
  }

  /** The code in the newest unread message that has one: `\b\d{6}\b`, the only such word in its text. */
  async code(address: string): Promise<string> {
    const email = await this.#await(address, (candidate) => codesIn(candidate).length > 0);
    const codes = codesIn(email);
    expect(codes, 'one code in the text').toHaveLength(1);
    return codes[0] ?? '';
  }

  /** The long code (twenty letters and digits) in the newest unread message that has one. */
  async longCode(address: string): Promise<string> {
    const email = await this.#await(address, (candidate) => LONG_CODE.test(candidate.text ?? ''));
    return LONG_CODE.exec(email.text ?? '')?.[0] ?? '';
  }

  /** All that lies there, oldest first. */
  async all(): Promise<Email[]> {
    return Promise.all(this.#names().map((name) => this.#parse(name)));
  }

  async #await(address: string, fits: (email: Email) => boolean): Promise<Email> {
    let found: Email | undefined;
    await expect(async () => {
      for (const name of this.#names().reverse()) {
        if (this.#read.has(name)) continue;
        const email = await this.#parse(name);
        if (!email.to?.some((to) => to.address === address) || !fits(email)) continue;
        this.#read.add(name);
        found = email;
        return;
      }
      throw new Error(`no new message to ${address}`);
    }).toPass({ intervals: [50], timeout: 15_000 });
    if (!found) throw new Error('unreachable');
    return found;
  }

  #names(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.eml'))
      .sort();
  }

  #parse(name: string): Promise<Email> {
    return PostalMime.parse(readFileSync(path.join(this.#folder, name)));
  }
}

function codesIn(email: Email): string[] {
  return email.text?.match(/\b\d{6}\b/g) ?? [];
}
