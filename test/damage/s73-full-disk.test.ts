import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { folderMail } from '../../src-main/adapters/mail/folder-mail.ts';
import { openLog } from '../../src-main/adapters/pino-log.ts';
import { MIGRATIONS } from '../../src-main/adapters/sqlite/migrations.ts';
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { VaultUnavailable } from '../../src-main/adapters/vault/guard.ts';
import { createKeyFile, readKeyFile } from '../../src-main/adapters/vault/key-file.ts';
import { announce, withdraw } from '../../src-main/hosts/running-app.ts';
import { dispatchLetters } from '../../src-main/use-cases/delivery/dispatch-letters.ts';
import { requestReset } from '../../src-main/use-cases/recovery/request-reset.ts';
import { signInWithPassword } from '../../src-main/use-cases/sign-in/sign-in-with-password.ts';
import { verdictOf } from '../attacks/support/verdict.ts';
import { OWNER, PASSWORDS, SCENARIOS, type ScenarioName, setUp } from '../kill/acts.ts';
import { findings } from '../kill/findings.ts';
import { CALLER, openWorld, type World } from '../kill/world.ts';
import { openEngine, silentLog } from '../support/engine.ts';
import {
  CREDENTIALS,
  OWNER as ENGINE_OWNER,
  enableTwoStep,
  pendingOwner,
  personAt,
  signedInOwner,
} from '../support/person.ts';
import { DATABASE } from './life.ts';
import { NO_TINY_DISK, type TinyDisk, tinyDisk } from './tiny-disk.ts';

const LONG = 240_000;
/** No act writes as much. */
const ENOUGH = 400;

describe('S73 on a tiny disk', () => {
  let disk: TinyDisk;
  let originals: string;

  beforeAll(async () => {
    if (NO_TINY_DISK !== null) return;
    disk = tinyDisk(8);
    originals = join(disk.folder, 'originals');
    await mkdir(originals);
  });
  beforeEach((context) => context.skip(NO_TINY_DISK !== null, NO_TINY_DISK ?? ''));
  afterEach(() => NO_TINY_DISK ?? disk.free());
  afterAll(() => NO_TINY_DISK ?? disk.remove());

  const folderHere = () => mkdtemp(join(disk.folder, 'case-'));

  test.each(Object.keys(SCENARIOS) as ScenarioName[])(
    'S73 %s, with the disk full at each write: refused, nothing half done, and it works once there is room',
    { timeout: LONG },
    async (name) => {
      const { before, act } = SCENARIOS[name];
      const original = await mkdtemp(join(originals, 'scene-'));
      const first = await openWorld(original);
      for (const each of before) await each(first);
      await first.sqlite.close();

      let refusals = 0;
      for (let room = 0; ; room += 1) {
        if (room > ENOUGH) throw new Error('It never worked.');
        const folder = await folderHere();
        await cp(original, folder, { recursive: true });
        const world = await openWorld(folder, structuredClone(first.person));
        disk.fill(room);
        const outcome = await act(world).then(
          () => 'done',
          (error: Error & { code?: string }) => error.code ?? error.message,
        );
        const session = await aliveReader(world);
        disk.free();
        const wrong = await findings(world, join(folder, DATABASE));
        const goesOn = outcome === 'done' || (await goesOnIn(world, before.length > 0));
        expect({ room, wrong, session, goesOn }).toEqual({ room, wrong: [], session: 'alive', goesOn: true });
        await world.sqlite.close();
        await (await openWorld(folder)).sqlite.close(); // and no damage is found later
        await rm(folder, { recursive: true });
        if (outcome === 'done') break;
        expect(outcome).toMatch(/^SQLITE_(FULL|IOERR)/);
        refusals += 1;
      }
      await rm(original, { recursive: true });
      expect(refusals).toBeGreaterThan(2);
    },
  );

  test('S73 a start on a full disk is refused or works, and works once there is room', { timeout: LONG }, async () => {
    const outcomes: string[] = [];
    for (let room = 0; room <= ENOUGH && outcomes.at(-1) !== 'done'; room += 2) {
      const folder = await folderHere();
      disk.fill(room);
      const start = async () => {
        const world = await openWorld(folder);
        await setUp(world).finally(() => world.sqlite.close());
      };
      outcomes.push(
        await start().then(
          () => 'done',
          (error) => error.code ?? error.name,
        ),
      );
      disk.free();
      if (outcomes.at(-1) !== 'done') await start();
      expect((await readFile(join(folder, 'vault.key'))).length).toBe(32);
      await rm(folder, { recursive: true });
    }
    expect(outcomes.at(-1)).toBe('done');
    for (const outcome of outcomes.slice(0, -1)) expect(outcome).toMatch(/^(SQLITE_(FULL|IOERR\w*)|VaultUnavailable)$/);
    expect(outcomes.length).toBeGreaterThan(5);
  });

  test('S73 a key file that finds no room is not there, and is made whole once there is', async () => {
    const file = join(await folderHere(), 'vault.key');
    disk.fill(0);
    expect(() => createKeyFile(file, new Uint8Array(32).fill(7))).toThrow(VaultUnavailable);
    expect(readKeyFile(file)).toBeNull();
    disk.free();
    expect(createKeyFile(file, new Uint8Array(32).fill(7))).toEqual(readKeyFile(file));
    expect((await readdir(dirname(file))).filter((name) => name.startsWith('vault'))).toEqual(['vault.key']);
  });

  test('S73 what a caller is told is that it went wrong, with a reference; nobody is admitted', async () => {
    const logged: unknown[] = [];
    const log = { ...silentLog, error: (fields: object) => logged.push(fields) };
    const folder = await folderHere();
    const engine = await openEngine({ sealed: true, folder, log });
    await enableTwoStep(engine, await signedInOwner(engine));
    const { api, jar, challengeId } = await pendingOwner(engine);
    const code = await engine.codeFor(ENGINE_OWNER.email);
    disk.fill(0);
    const person = personAt(engine);
    const calls = [
      api.open.signIn.prove({ method: 'email', challengeId, code }),
      person.api.open.signIn.withPassword(CREDENTIALS),
    ];
    for (const call of calls) {
      expect(await verdictOf(call)).toEqual({
        kind: 'failed',
        message: 'Something went wrong on our side. Nothing was changed.',
      });
    }
    expect([jar.session, person.jar.session, person.jar.pending]).toEqual([null, null, null]);
    expect(logged).toEqual(calls.map(() => expect.objectContaining({ reference: expect.stringMatching(/^\S{8}$/) })));
    disk.free();
    await api.open.signIn.prove({ method: 'email', challengeId, code });
    expect(jar.session).not.toBeNull();
    await engine.deps.store.close();
  });

  test('S73 a change of schema that finds no room for its backup, or for itself, leaves the database as it was', async () => {
    const folder = await folderHere();
    const world = await openWorld(folder);
    await setUp(world);
    await world.sqlite.close();
    const file = join(folder, DATABASE);
    const backupsFolder = join(folder, 'backups');
    const more = { name: 'more', sql: 'CREATE TABLE more (id text PRIMARY KEY) STRICT;' };
    const open = () =>
      openSqliteStore({ file, backupsFolder, now: () => Date.UTC(2030, 0, 1), migrations: [...MIGRATIONS, more] });
    const before = await readFile(file);
    for (const room of [0, 8, 20, 40]) {
      disk.fill(room);
      await expect(open()).rejects.toMatchObject({
        code: expect.stringMatching(/SQLITE_(FULL|IOERR|CANTOPEN)|ENOSPC/),
      });
      disk.free();
      expect([room, before.equals(await readFile(file)), await backupsIn(backupsFolder)]).toEqual([room, true, []]);
    }
    await (await open()).close();
    expect(await backupsIn(backupsFolder)).toHaveLength(1);
  });

  test('S73 a letter that the outbox folder has no room for is tried again, and arrives whole, once', async () => {
    const world = await openWorld(await folderHere());
    await setUp(world);
    await requestReset(world.deps, CALLER, OWNER);
    const outbox = join(disk.folder, 'outbox');
    const mail = folderMail(outbox);
    let later = 0;
    const clock = { ...world.deps.clock, now: () => world.deps.clock.now() + later };
    const dispatch = () => dispatchLetters({ ...world.deps, clock, mail });
    const letters = async () =>
      (await readdir(outbox)).filter((name) => name.endsWith('.eml') && !name.startsWith('.'));

    // Room for what the store records, none for the letter.
    const full: typeof mail = {
      async send(...letter) {
        disk.fill(0);
        await mail.send(...letter).finally(disk.free);
      },
    };
    expect(await dispatchLetters({ ...world.deps, clock, mail: full })).toMatchObject({
      sent: 0,
      retried: 1,
      failed: 0,
    });
    expect(await letters()).toEqual([]);
    later = 60_000;
    expect(await dispatch()).toMatchObject({ sent: 1, retried: 0, failed: 0 });
    const [name = '', ...others] = await letters();
    expect(others).toEqual([]);
    expect(await readFile(join(outbox, name), 'latin1')).toMatch(/^[\s\S]+Vestibule[\s\S]+\n$/);
    await world.sqlite.close();
  });

  test('S73 when the outcome of a delivery finds no room, the letter is not lost', async () => {
    const world = await openWorld(await folderHere());
    await setUp(world);
    await requestReset(world.deps, CALLER, OWNER);
    const sent: string[] = [];
    const mail = {
      async send(id: string) {
        sent.push(id);
        disk.fill(0);
      },
    };
    await expect(dispatchLetters({ ...world.deps, mail })).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    disk.free();
    expect(await dispatchLetters({ ...world.deps, mail: { send: async (id) => void sent.push(id) } })).toMatchObject({
      sent: 1,
    });
    expect(new Set(sent).size).toBe(1); // again, under the same id, by which the receiving end knows it
    await world.sqlite.close();
  });

  test('S73 a log without room loses lines, not the app, and goes on', async () => {
    const folder = join(await folderHere(), 'logs');
    const log = openLog(folder);
    log.info({}, 'before');
    const { size } = await stat(join(folder, 'vestibule.log'));
    disk.fill(0);
    for (let line = 0; line < 100; line += 1) log.error({ line, text: 'x'.repeat(200) }, 'while full');
    disk.free();
    log.info({}, 'after');
    log.close();
    const text = await readFile(join(folder, 'vestibule.log'), 'utf8');
    expect(text.length).toBeGreaterThan(size);
    expect(text).toContain('"after"');
  });

  test('S73 where a second process looks for the first there is all of it or nothing', async () => {
    const folder = await folderHere();
    const app = { port: 1, secret: 's'.repeat(43), pid: 1 };
    disk.fill(0);
    expect(() => announce(folder, app)).toThrow('ENOSPC');
    expect(await readdir(folder)).not.toContain('running.json');
    disk.free();
    announce(folder, app);
    expect(JSON.parse(await readFile(join(folder, 'running.json'), 'utf8'))).toEqual(app);
    withdraw(folder);
  });
});

/** Whether the store still answers while there is no room. */
async function aliveReader({ sqlite }: World): Promise<string> {
  await sqlite.read((tx) => tx.accounts.list());
  return 'alive';
}

async function goesOnIn({ deps }: World, isSetUp: boolean): Promise<boolean> {
  if (!isSetUp) return (await deps.store.read((tx) => tx.workspace.find())) === null;
  const tries = PASSWORDS.map((password) => signInWithPassword(deps, CALLER, { email: OWNER, password }));
  return (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled');
}

async function backupsIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
