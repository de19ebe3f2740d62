import { rmSync } from 'node:fs';
import { openPeer, type Peer } from './better-auth.ts';
import { type BenchEngine, openBenchEngine } from './engine.ts';
import { cheaperFigure, cpuEach, type Figure, inTurn, median, milliseconds } from './figures.ts';
import { openMinimalLoop } from './minimal-loop.ts';
import { createUser, ownEntries } from './own-entries.ts';
import { signIn } from './sign-in.ts';
import { close, fail, sealedLetterOf } from './store-figures.ts';

const ROUNDS = 9;
const SIGN_INS = 50;
const CHECKS = 500;
const USERS = 60;
const HASHED = 4;
const AIM = 20;
const HAND_COMMITS = 3;
const PEER = 'better-auth';
const HASHES_DIFFER = 'nearly all of it is the hash, and they differ: argon2id 64 MiB × 3 here, scrypt 32 MiB there';
const READ_AFRESH =
  'theirs trusts the cookie for 5 minutes; ours reads each time, so that an ended session opens nothing';

/**
 * The same work by better-auth 1.7.25, in CPU time. "Over Request" asks each side's web handler; "by call" asks the
 * functions behind it: our use-cases, its `auth.api`. What only one side does stays in: ours audits each step and writes
 * the sealed letter, theirs hands the code to a hook.
 */
export async function peerFigures(): Promise<Figure[]> {
  return [...(await withoutHash()), ...(await withHash())];
}

async function withoutHash(): Promise<Figure[]> {
  const engine = await openBenchEngine('none');
  const peer = await openPeer({ hash: 'none', accounts: engine.accounts.length });
  await signIn(engine, 0);
  const hand = await cpuByHand(engine);
  const commit = `by hand, one durable commit with its rows costs ${milliseconds(hand / HAND_COMMITS)}`;
  const figures = [
    ...(await signInFigures(engine, peer, hand)),
    ...(await checkFigures(engine, peer)),
    await createFigure('create user, no hash', engine, peer, USERS, commit),
  ];
  peer.close();
  await close(engine);
  return figures;
}

/** Every count is checked at the end: who does less work has no place in the table. */
async function signInFigures(engine: BenchEngine, peer: Peer, hand: number): Promise<Figure[]> {
  const own = ownEntries(engine);
  const before = [await ownSessions(engine), peer.rows('session')];
  let [ours, theirs] = [0, 0];
  const calls = await inTurn(
    ROUNDS,
    () => cpuEach(SIGN_INS, () => signIn(engine, ours++)),
    () => cpuEach(SIGN_INS, () => peer.signInByCall(theirs++)),
  );
  const requests = await inTurn(
    ROUNDS,
    () => cpuEach(SIGN_INS, () => own.signInOverRequest(ours++)),
    () => cpuEach(SIGN_INS, () => peer.signInOverRequest(theirs++)),
  );
  const after = [await ownSessions(engine), peer.rows('session')];
  const opened = after.map((count, side) => count - (before[side] ?? 0));
  if (opened[0] !== ours || opened[1] !== theirs) fail(`sessions opened: ${opened} for ${ours} and ${theirs} sign-ins`);

  const reason = `the same rows by hand, three durable commits, cost ${milliseconds(hand)} (${times(calls.theirs, hand)} cheaper)`;
  return [
    cheaperFigure('sign-in with e-mail code, no hash, over Request', PEER, requests, AIM, reason),
    cheaperFigure('sign-in with e-mail code, no hash, by call', PEER, calls, AIM, reason),
  ];
}

async function checkFigures(engine: BenchEngine, peer: Peer): Promise<Figure[]> {
  const own = ownEntries(engine);
  const cached = await openPeer({ hash: 'none', accounts: 1, cookieCache: true });
  const [email = '', other] = [0, 1].map((index) => engine.accounts[index]?.email);
  const [ownCookie, token] = [await own.signInOverRequest(0), await signIn(engine, 0)];
  const [cookie, cachedCookie] = [await peer.signInOverRequest(0), await cached.signInOverRequest(0)];
  const check = (who: (credential: string) => Promise<string | undefined>, credential: string) => () =>
    cpuEach(CHECKS, async () => {
      const seen = await who(credential);
      if (seen !== email || seen === other) fail(`${seen} instead of ${email}`);
    });
  const calls = await inTurn(ROUNDS, check(own.checkByCall, token), check(peer.checkByCall, cookie));
  const requests = await inTurn(ROUNDS, check(own.checkOverRequest, ownCookie), check(peer.checkOverRequest, cookie));
  const cachedCalls = await inTurn(ROUNDS, check(own.checkByCall, token), check(cached.checkByCall, cachedCookie));
  cached.close();
  const engineShare = `the check itself is ${milliseconds(median(calls.ours))} of it, the rest Request, tRPC and Response`;
  return [
    cheaperFigure('session check over Request', PEER, requests, AIM, engineShare),
    cheaperFigure('session check by call', PEER, calls, AIM, 'two look-ups each, read afresh'),
    cheaperFigure('session check by call', `${PEER}, cookie cache`, cachedCalls, AIM, READ_AFRESH),
  ];
}

async function withHash(): Promise<Figure[]> {
  const engine = await openBenchEngine('real');
  const peer = await openPeer({ hash: 'real', accounts: 8 });
  const own = ownEntries(engine);
  let [ours, theirs] = [0, 0];
  const signIns = await inTurn(
    ROUNDS,
    () => cpuEach(HASHED, () => own.signInOverRequest(ours++)),
    () => cpuEach(HASHED, () => peer.signInOverRequest(theirs++)),
  );
  const name = 'sign-in with e-mail code, argon2id against scrypt, over Request';
  const figures = [
    cheaperFigure(name, PEER, signIns, AIM, HASHES_DIFFER),
    await createFigure('create user, argon2id against scrypt', engine, peer, HASHED, HASHES_DIFFER),
  ];
  peer.close();
  await close(engine);
  return figures;
}

async function createFigure(name: string, engine: BenchEngine, peer: Peer, count: number, reason: string) {
  let [ours, theirs] = [0, 0];
  const users = await inTurn(
    ROUNDS,
    () => cpuEach(count, () => createUser(engine, `new-${ours++}`)),
    () => cpuEach(count, () => peer.createUser(`new-${theirs++}`)),
  );
  return cheaperFigure(`${name}, by call`, PEER, users, AIM, reason);
}

/** What a sign-in's rows cost a hand-written loop: nothing that waits for the disk as often can cost less. */
async function cpuByHand(engine: BenchEngine): Promise<number> {
  const twin = await openBenchEngine('none');
  await signIn(twin, 0);
  const loop = await openMinimalLoop(twin, await sealedLetterOf(engine));
  let index = 0;
  const rounds = await inTurn(
    ROUNDS,
    () => cpuEach(SIGN_INS, () => loop.signIn(index++)),
    async () => 0,
  );
  rmSync(twin.folder, { recursive: true, force: true });
  return median(rounds.ours);
}

function ownSessions({ deps, accounts }: BenchEngine): Promise<number> {
  return deps.store.read(async (tx) => {
    let total = 0;
    for (const { id } of accounts) total += (await tx.sessions.listFor(id)).length;
    return total;
  });
}

function times(theirs: readonly number[], ours: number): string {
  return `${(median(theirs) / ours).toFixed(0)}×`;
}
