import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../src-main/adapters/pino-log.ts';
import type { Log } from '../../src-main/ports/deps.ts';
import { dispatchLetters } from '../../src-main/use-cases/delivery/dispatch-letters.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { freshFolder } from '../support/open-test-store.ts';
import { CREDENTIALS, OWNER, otherThan, type Person, personAt, signedInOwner } from '../support/person.ts';
import { auditOf } from './support/audit.ts';
import { copiesOf, mailedProof, pendingSignIn, withDeps } from './support/people.ts';
import { type Verdict, verdictOf } from './support/verdict.ts';

const NEXT = 'a brand new phrase';
const TYPED = 'my other password, by mistake';

/** Everything secret that came up, and everything a person or a file was told beside it. */
class Record80 {
  readonly secrets = new Set<string>();
  readonly told: unknown[] = [];
  readonly lines: unknown[] = [];
  readonly log: Log;

  constructor(file: Log) {
    const note = (level: 'info' | 'warn' | 'error'): Log['info'] => {
      return (fields, message) => {
        this.lines.push([level, message, unfolded(fields)]);
        file[level](fields, message);
      };
    };
    this.log = { info: note('info'), warn: note('warn'), error: note('error') };
  }

  keep(...secrets: readonly (string | null | undefined)[]): void {
    for (const secret of secrets) if (secret) this.secrets.add(secret);
  }

  keepRecoveryCodes(codes: readonly string[]): void {
    for (const code of codes) this.keep(code, code.replaceAll('-', ''), code.replaceAll('-', '').slice(4));
  }

  tokensOf({ jar }: Person): void {
    this.keep(jar.session, jar.pending);
  }

  async hear(call: Promise<unknown>): Promise<Verdict> {
    const verdict = await verdictOf(call);
    this.told.push(verdict);
    return verdict;
  }
}

/** Errors in full, with what caused them, as a careless log would write them. */
function unfolded(value: unknown): unknown {
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return { ...value, name, message, stack, cause: unfolded(cause) };
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unfolded(part)]));
}

/** The secrets that stand somewhere in a text; six digits only as a word of their own. */
function foundIn(secrets: Iterable<string>, text: string): string[] {
  return [...secrets].filter((secret) =>
    /^\d{6}$/.test(secret) ? new RegExp(`\\b${secret}\\b`).test(text) : text.includes(secret),
  );
}

async function open80() {
  const logs = await freshFolder();
  const file = openLog(logs);
  const record = new Record80(file);
  const engine = await openEngine({ log: record.log });
  const written = () => {
    file.close();
    return readFileSync(join(logs, 'vestibule.log'), 'utf8');
  };
  return { engine, record, written };
}

/** Every flow with right and wrong answers; gives the person signed in at the end. */
async function walkThroughEverything(engine: Engine, record: Record80): Promise<Person> {
  record.keep(OWNER.password, NEXT, TYPED);
  const owner = await signedInOwner(engine);
  const { self } = owner.api;
  record.tokensOf(owner);
  await record.hear(personAt(engine).api.open.signIn.withPassword({ email: OWNER.email, password: TYPED }));
  await record.hear(personAt(engine).api.open.signIn.withPassword({ email: TYPED, password: TYPED }));

  const { challengeId } = await self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(OWNER.email);
  record.keep(code, otherThan(code));
  await record.hear(self.twoStep.enable({ challengeId, code: otherThan(code) }));
  const { recoveryCodes } = await self.twoStep.enable({ challengeId, code });
  record.keepRecoveryCodes(recoveryCodes);
  record.tokensOf(owner);

  const pending = await pendingSignIn(engine);
  record.tokensOf(pending);
  record.keep(pending.code, otherThan(pending.code));
  const answer = { method: 'email' as const, challengeId: pending.challengeId };
  await record.hear(pending.api.open.signIn.pending());
  await record.hear(pending.api.open.signIn.prove({ ...answer, code: otherThan(pending.code) }));
  await record.hear(pending.api.open.signIn.prove({ method: 'recoveryCode', code: TYPED }));
  await record.hear(pending.api.open.signIn.prove({ ...answer, code: pending.code }));
  record.tokensOf(pending);
  await record.hear(pending.api.open.signIn.prove({ ...answer, code: pending.code }));

  const byCode = await pendingSignIn(engine);
  record.tokensOf(byCode);
  record.keep(byCode.code);
  await record.hear(byCode.api.open.signIn.prove({ method: 'recoveryCode', code: recoveryCodes[0] ?? '' }));
  await record.hear(byCode.api.open.signIn.prove({ method: 'recoveryCode', code: recoveryCodes[0] ?? '' }));
  record.tokensOf(byCode);

  const renew = await mailedProof(engine, owner, 'newRecoveryCodes');
  record.keep(renew.code);
  await record.hear(self.twoStep.newRecoveryCodes({ currentPassword: TYPED, proof: renew }));
  const renewed = await self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof: renew });
  record.keepRecoveryCodes(renewed.recoveryCodes);
  record.tokensOf(owner);

  await record.hear(self.password.change({ currentPassword: TYPED, newPassword: NEXT, confirmPassword: TYPED }));
  await record.hear(self.password.change({ currentPassword: TYPED, newPassword: NEXT, confirmPassword: NEXT }));
  await record.hear(
    self.password.change({ currentPassword: OWNER.password, newPassword: NEXT, confirmPassword: NEXT }),
  );
  record.tokensOf(owner);
  const disable = await mailedProof(engine, owner, 'disable');
  record.keep(disable.code);
  await record.hear(self.twoStep.codeState({ challengeId: disable.challengeId }));
  await record.hear(self.twoStep.disable({ currentPassword: NEXT, proof: { ...disable, code: '' } }));
  await record.hear(self.twoStep.disable({ currentPassword: NEXT, proof: disable }));
  record.tokensOf(owner);
  for (const look of [self.me, self.twoStep.status, self.sessions.list, self.outbox.list]) await record.hear(look());
  await record.hear(self.sessions.endOthers());
  await record.hear(owner.api.open.welcome());
  return owner;
}

test('S80 nothing secret stands in any answer, audit entry or log line of any flow', async () => {
  const { engine, record, written } = await open80();
  await walkThroughEverything(engine, record);
  expect(record.secrets.size).toBeGreaterThan(70);
  const places = { answers: record.told, audit: await auditOf(engine), lines: record.lines, file: written() };
  for (const [place, content] of Object.entries(places)) {
    expect([place, foundIn(record.secrets, JSON.stringify(content))]).toEqual([place, []]);
  }
});

/** What breaks, saying in its error all it was given: the worst that a library could do. */
function talkative(record: Record80): never {
  throw new Error(`failed on "${[...record.secrets].join('", "')}"`, { cause: { password: TYPED } });
}

test('S80 a fault that quotes every secret tells the person nothing, and the log file no secret', async () => {
  const { engine, record, written } = await open80();
  const owner = await walkThroughEverything(engine, record);
  const faults = [
    { store: { ...engine.deps.store, transaction: async () => talkative(record) } },
    { store: { ...engine.deps.store, read: async () => talkative(record) } },
    {
      passwordHash: {
        hash: async () => talkative(record),
        verify: async () => talkative(record),
        pretend: async () => talkative(record),
      },
    },
    { vault: { ...engine.deps.vault, seal: () => talkative(record), codeMac: () => talkative(record) } },
  ];
  const told: Verdict[] = [];
  for (const fault of faults) {
    for (const { api } of copiesOf(withDeps(engine, fault), owner, 1)) {
      const change = { currentPassword: NEXT, newPassword: OWNER.password, confirmPassword: OWNER.password };
      told.push(await verdictOf(api.open.signIn.withPassword({ ...CREDENTIALS, password: NEXT })));
      told.push(await verdictOf(api.self.password.change(change)));
      told.push(await verdictOf(api.self.twoStep.sendEnableCode({ method: 'email' })));
    }
  }
  const failures = told.filter(({ kind }) => kind === 'failed');
  expect(failures.length).toBeGreaterThanOrEqual(8);
  expect(foundIn(record.secrets, JSON.stringify(told))).toEqual([]);
  expect(record.lines.length).toBe(failures.length);
  const file = written();
  expect(file.trimEnd().split('\n')).toHaveLength(failures.length);
  expect(foundIn(record.secrets, file)).toEqual([]);
});

test('S80 a letter that cannot be delivered leaves no code in the log, whatever the mail server says', async () => {
  const { engine, record, written } = await open80();
  const owner = await signedInOwner(engine);
  await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const codes: string[] = [];
  await dispatchLetters({
    ...engine.deps,
    mail: {
      async send(_id, letter) {
        if ('code' in letter.message) codes.push(letter.message.code);
        throw new Error(`550 5.7.1 message rejected: ${JSON.stringify(letter)}\n${JSON.stringify(letter)}`);
      },
    },
  });
  expect(codes).toHaveLength(1);
  expect(record.lines).toHaveLength(1);
  expect(foundIn(codes, written())).toEqual([]);
});
