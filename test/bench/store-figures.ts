import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { authenticate } from '../../src-main/use-cases/sessions/authenticate.ts';
import { type BenchEngine, CALLER, openBenchEngine, PASSWORD } from './engine.ts';
import { type Figure, inTurn, ratioFigure, timeEach } from './figures.ts';
import { openMinimalLoop, rowCounts } from './minimal-loop.ts';
import { signIn } from './sign-in.ts';

const ROUNDS = 9;
const SIGN_INS = 200;
const CHECKS = 5_000;
const HASHES = 8;

/** Sign-in and session check without the password hash, held against a hand-written loop over the same rows. */
export async function storeFigures(): Promise<Figure[]> {
  const engine = await openBenchEngine('none');
  const twin = await openBenchEngine('none');
  await signIn(engine, 0);
  await signIn(twin, 0);
  const loop = await openMinimalLoop(twin, await sealedLetterOf(engine));

  let [ours, theirs] = [1, 1];
  const signIns = await inTurn(
    ROUNDS,
    () => timeEach(SIGN_INS, () => signIn(engine, ours++)),
    () => timeEach(SIGN_INS, () => loop.signIn(theirs++)),
  );
  requireSameRows(rowCounts(join(engine.folder, 'vestibule.db')), loop.rowCounts());

  const token = await signIn(engine, ours);
  const sameToken = loop.signIn(theirs);
  const checks = await inTurn(
    ROUNDS,
    () => timeEach(CHECKS, async () => (await authenticate(engine.deps, CALLER, token)) ?? fail('no session')),
    () => timeEach(CHECKS, () => loop.checkSession(sameToken) || fail('no session')),
  );
  await close(engine);
  rmSync(twin.folder, { recursive: true, force: true });
  return [
    ratioFigure('sign-in with e-mail code, no hash', 'by hand', signIns, 2),
    ratioFigure('session check', 'by hand', checks, 3),
  ];
}

/** The whole sign-in with argon2id, held against that one hash. */
export async function wholeSignInFigure(): Promise<Figure> {
  const engine = await openBenchEngine('real');
  const hash = engine.accounts[0]?.passwordHash ?? '';
  let index = 0;
  const rounds = await inTurn(
    ROUNDS,
    () => timeEach(HASHES, () => signIn(engine, index++)),
    () => timeEach(HASHES, () => engine.realHash.verify(hash, PASSWORD)),
  );
  await close(engine);
  return ratioFigure('whole sign-in with argon2id', 'the hash alone', rounds, 1.05);
}

export async function sealedLetterOf({ deps }: BenchEngine): Promise<string> {
  const [letter] = await deps.store.read((tx) => tx.outbox.due(deps.clock.now(), 1));
  return letter?.sealed ?? fail('no letter');
}

function requireSameRows(ours: Record<string, number>, theirs: Record<string, number>): void {
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
    fail(`the two sides wrote different rows: ${JSON.stringify(ours)} and ${JSON.stringify(theirs)}`);
  }
}

export function fail(what: string): never {
  throw new Error(`The benchmark is wrong: ${what}.`);
}

export async function close(engine: BenchEngine): Promise<void> {
  await engine.deps.store.close();
  rmSync(engine.folder, { recursive: true, force: true });
}
