import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Letter } from '../../src-main/domain/message.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { enableTwoStep, OWNER, otherThan, pendingOwner, personAt, signedInOwner } from '../support/person.ts';

/** A busy day, and every secret that was in anybody's hands during it. */
async function busyDay(engine: Engine) {
  const tokens: (string | null)[] = [];
  const owner = await signedInOwner(engine);
  tokens.push(owner.jar.session);
  const recoveryCodes = await enableTwoStep(engine, owner);
  tokens.push(owner.jar.session);

  const byCode = await pendingOwner(engine);
  tokens.push(byCode.jar.pending);
  const code = await engine.codeFor(OWNER.email);
  const { challengeId } = byCode;
  await byCode.api.open.signIn.prove({ method: 'email', challengeId, code: otherThan(code) }).catch(() => undefined);
  await byCode.api.open.signIn.prove({ method: 'email', challengeId, code });
  tokens.push(byCode.jar.session);

  const byRecovery = await pendingOwner(engine);
  tokens.push(byRecovery.jar.pending);
  await byRecovery.api.open.signIn.prove({ method: 'recoveryCode', code: recoveryCodes[0] ?? '' });
  tokens.push(byRecovery.jar.session);
  await personAt(engine)
    .api.open.signIn.withPassword({ email: OWNER.email, password: 'a guess that is wrong' })
    .catch(() => undefined);
  tokens.push((await pendingOwner(engine)).jar.pending); // its letter still waits in the outbox
  return { recoveryCodes, tokens: tokens.filter((token) => token !== null) };
}

test('S70 a stolen database gives no password, code, token, recovery code or letter away', async () => {
  const engine = await openEngine({ passwordHash: 'real' });
  const { recoveryCodes, tokens } = await busyDay(engine);
  expect(tokens).toHaveLength(7);
  const stolen = await bytesOf(engine.folder);
  const waiting = rowsOf(engine.folder).filter(({ table, column }) => table === 'outbox' && column === 'sealed');
  expect(waiting.filter(({ value }) => value !== null).length).toBeGreaterThan(0);

  expect(stolen.includes(OWNER.email)).toBe(true); // what is no secret is found this way

  const secrets = [
    OWNER.password,
    'a guess that is wrong',
    ...tokens,
    ...recoveryCodes,
    ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    ...recoveryCodes.map((code) => code.replaceAll('-', '').slice(4)),
    await readFile(join(engine.folder, 'vault.key')),
    '"message":', // how an unsealed letter would read
    'expiresAt":',
  ];
  expect(secrets.flatMap((secret) => spellings(secret).filter((spelling) => stolen.includes(spelling)))).toEqual([]);

  const letters = await engine.letters();
  const codes = letters.flatMap(codeIn);
  expect(codes.length).toBeGreaterThanOrEqual(4);
  for (const code of codes) {
    const word = new RegExp(`(?<![0-9A-Za-z_-])${code}(?![0-9A-Za-z_-])`);
    expect(rowsOf(engine.folder).filter(({ value }) => word.test(`${value}`))).toEqual([]);
  }
});

test('S70 a short code cannot be searched for: its stored form is keyed, not hashed', async () => {
  const engine = await openEngine();
  await enableTwoStep(engine, await signedInOwner(engine));
  const { challengeId } = await pendingOwner(engine);
  const stored = rowsOf(engine.folder).find((row) => row.column === 'code_mac' && row.id === challengeId)?.value;
  const code = await engine.codeFor(OWNER.email);
  expect(engine.deps.vault.codeMac(challengeId, code)).toBe(stored);

  const inputs = [code, `${challengeId}${code}`, `${code}${challengeId}`, JSON.stringify([challengeId, code])];
  const unkeyed = inputs.flatMap((input) => [
    createHash('sha256').update(input).digest('base64url'),
    createHmac('sha256', challengeId).update(input).digest('base64url'),
    createHmac('sha256', '').update(input).digest('base64url'),
  ]);
  expect(unkeyed).not.toContain(stored);
});

test('S70 without the key file not even the right password or recovery code verifies', async () => {
  const engine = await openEngine({ passwordHash: 'real' });
  const recoveryCodes = await enableTwoStep(engine, await signedInOwner(engine));
  const rows = rowsOf(engine.folder);
  const passwords = rows.filter(({ column }) => column === 'password_hash').map(({ value }) => `${value}`);
  const codes = rows.filter(({ table, column }) => table === 'recovery_codes' && column === 'hash');
  expect([passwords.length, codes.length]).toEqual([1, 10]);
  expect(await verify(passwords[0] ?? '', OWNER.password)).toBe(false);
  expect(await engine.deps.passwordHash.verify(passwords[0] ?? '', OWNER.password)).toBe(true);
  const secret = recoveryCodes[0]?.replaceAll('-', '').slice(4) ?? '';
  for (const { value } of codes) expect(await verify(`${value}`, secret)).toBe(false);
});

test('S70 what was erased cannot be read from the file’s free pages: letters sent, codes of a set that died', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const { challengeId } = await owner.api.self.twoStep.sendProofCode({ purpose: 'disable' });
  const passing = rowsOf(engine.folder).filter(
    ({ table, column, value }) => value && (column === 'sealed' || (table === 'recovery_codes' && column === 'hash')),
  );
  expect(passing.length).toBeGreaterThan(10);

  const code = await engine.codeFor(OWNER.email);
  const proof = { method: 'email', challengeId, code } as const;
  await owner.api.self.twoStep.disable({ currentPassword: OWNER.password, proof });
  await engine.letters();
  await engine.deps.store.close();
  const left = await bytesOf(engine.folder);
  expect(passing.filter(({ value }) => left.includes(`${value}`))).toEqual([]);
});

/** Everything of the database that lies on the disk: file, write-ahead log, backups. */
async function bytesOf(folder: string): Promise<Buffer> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.includes('.db'));
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name)))));
}

/** Every value of every column of every table. */
function rowsOf(folder: string) {
  const database = new Database(join(folder, 'vestibule.db'), { readonly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
    return tables.flatMap((table) =>
      (database.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]).flatMap((row) =>
        Object.entries(row).map(([column, value]) => ({ table, id: row.id, column, value })),
      ),
    );
  } finally {
    database.close();
  }
}

/** A secret in the forms in which it might have been stored by mistake. */
function spellings(secret: string | Buffer): Buffer[] {
  const bytes = Buffer.from(secret);
  const encoded = (['hex', 'base64', 'base64url'] as const).map((encoding) =>
    bytes.toString(encoding).replace(/=+$/, ''),
  );
  const isToken = typeof secret === 'string' && /^[A-Za-z0-9_-]{43}$/.test(secret);
  return [
    bytes,
    Buffer.from(bytes.toString(), 'utf16le'),
    ...encoded.map((text) => Buffer.from(text)),
    ...(isToken ? [Buffer.from(secret, 'base64url')] : []),
  ];
}

function codeIn({ message }: Letter): string[] {
  return 'code' in message ? [message.code] : [];
}
