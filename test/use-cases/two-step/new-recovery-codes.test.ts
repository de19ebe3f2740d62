import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appRouter } from '../../../src-main/api/router.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { mailedStepUp, ownerByCode, stepUpBy } from '../../support/flows.ts';
import { enableTwoStep, OWNER, type Person, signedInOwner } from '../../support/person.ts';
import { auditOf } from '../../support/records.ts';

/** By full path at run time; the types speak of the nested record. */
const PROCEDURES: Readonly<Record<string, { readonly _def: { readonly type: string } }>> = Object(
  appRouter._def.procedures,
);
const QUERIES = Object.keys(PROCEDURES).filter((path) => PROCEDURES[path]?._def.type === 'query');

/** Everything any query has to say to a person, refusals aside; those that want an input get ids the person knows. */
async function allAnswers({ api }: Person, challengeId: string): Promise<string> {
  const answers: unknown[] = [];
  for (const path of QUERIES) {
    const call = path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], api);
    for (const input of [undefined, { challengeId }, { id: challengeId }]) {
      answers.push(await (call as (given: unknown) => Promise<unknown>)(input).catch(() => null));
    }
  }
  return JSON.stringify(answers);
}

function withoutDashes(codes: readonly string[]): string[] {
  return codes.map((code) => code.replaceAll('-', ''));
}

async function bytesOf({ folder }: Engine): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('vestibule.db'));
  return (await Promise.all(files.map((name) => readFile(join(folder, name), 'latin1')))).join('');
}

test('R3 enabling gives ten different recovery codes of the printed form', async () => {
  const engine = await openEngine();
  const codes = await enableTwoStep(engine, await signedInOwner(engine));
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
});

test('R3 the codes are given once: no procedure, letter or audit entry ever tells them again', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const first = await enableTwoStep(engine, owner);
  const { challengeId } = await owner.api.self.twoStep.sendProofCode({ purpose: 'disable' });
  let said = await allAnswers(owner, challengeId);

  const { recoveryCodes: second } = await owner.api.self.twoStep.newRecoveryCodes(
    await mailedStepUp(engine, owner, 'newRecoveryCodes'),
  );
  const again = await ownerByCode(engine);
  said += await allAnswers(again, challengeId);
  said += JSON.stringify([await again.api.self.keepAlive(), await again.api.self.profile.rename({ name: 'Ada O.' })]);
  said += JSON.stringify([
    await again.api.self.twoStep.disable(stepUpBy(second[0])),
    await allAnswers(again, challengeId),
  ]);
  said += JSON.stringify([await engine.letters(), await auditOf(engine)]);

  expect(QUERIES).toContain('self.twoStep.status');
  expect(said).toContain(OWNER.email);
  for (const code of [...first, ...second]) expect(said).not.toContain(code);
  const plain = said.replaceAll('-', '');
  for (const code of withoutDashes([...first, ...second])) expect(plain).not.toContain(code);
});

test('R10 only hashes of the codes are stored, and nothing at all of deleted ones', async () => {
  const engine = await openEngine({ passwordHash: 'real' });
  const owner = await signedInOwner(engine);
  const codes = await enableTwoStep(engine, owner);
  const { id } = (await owner.api.self.me()).account;
  const bytes = await bytesOf(engine);
  const selectors = withoutDashes(codes).map((code) => code.slice(0, 4));
  for (const code of withoutDashes(codes)) {
    expect(bytes).not.toContain(code);
    expect(bytes).not.toContain(code.slice(4));
    const stored = await engine.read((tx) => tx.recoveryCodes.findUnused(id, code.slice(0, 4)));
    expect(stored?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  }

  await owner.api.self.twoStep.disable(stepUpBy(codes[0]));
  for (const selector of selectors) {
    expect(await engine.read((tx) => tx.recoveryCodes.findUnused(id, selector))).toBeNull();
  }
  expect(await engine.read((tx) => tx.recoveryCodes.counts(id))).toEqual({ left: 0, total: 0 });
});
