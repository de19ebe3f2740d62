import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { LETTERS_WAITING } from '../../../src-main/use-cases/jobs/long-work.ts';
import { runJobs } from '../../../src-main/use-cases/jobs/run-jobs.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { changedTables, dumpOf } from '../../attacks/support/database.ts';
import { accountOf } from '../../attacks/support/people.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { ended, fileOf, onePiece, toTheEnd } from '../../support/imports.ts';
import { personAt, refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy } from '../../support/staff.ts';

/** An import of a hundred people that has added the first eighty. */
async function amidAdding(engine?: Engine) {
  const opened = engine ?? (await openEngine());
  const owner = await ownerOf(opened);
  const admin = await colleague(opened, 'admin');
  const [before, totals] = [dumpOf(opened), await owner.api.admin.people.totals()];
  const { importId } = await admin.api.admin.users.import({ csv: fileOf(100) });
  for (let piece = 0; piece < 4; piece += 1) await onePiece(opened);
  return { engine: opened, owner, admin, importId, before, totals };
}

/** The same when all have been added, and forty invited. */
async function amidInviting() {
  const scene = await amidAdding();
  for (let piece = 0; piece < 2; piece += 1) await onePiece(scene.engine);
  return scene;
}

const imported = (engine: Engine) => engine.read((tx) => tx.accounts.list()).then((all) => all.length - 2);
const idOf = async (engine: Engine, number: number) => (await accountOf(engine, `person${number}@example.org`)).id;
const invitationsIn = async (engine: Engine) =>
  (await engine.letters()).filter(({ message }) => message.kind === 'invitation').map(({ to }) => to);
const demote = (engine: Engine, { id }: Colleague) =>
  engine.deps.store.transaction((tx) => tx.accounts.change(id, { role: 'manager' }));

describe('R39 an import that is still adding', () => {
  test('is taken back by Cancel: everybody is out again, no letter left, and the log says who said so', async () => {
    const { engine, owner, admin, importId, before, totals } = await amidAdding();
    const audited = await auditedBy(engine, async () => {
      await owner.api.admin.users.cancelImport({ importId });
      expect(await admin.api.admin.users.importState({ importId })).toMatchObject({ state: 'undoing', done: 80 });
      await onePiece(engine);
      expect(await admin.api.admin.users.importState({ importId })).toMatchObject({ state: 'undoing', done: 40 });
      const view = { id: importId, state: 'cancelled', done: 0, total: 100, added: false, reason: 'cancelled' };
      expect(await ended(engine, admin)).toMatchObject(view);
    });
    expect(audited.map(({ kind }) => kind)).toEqual(['adminActRefused', ...Array(80).fill('userRemoved'), 'jobEnded']);
    expect(audited[0]).toMatchObject({ actorId: owner.id, detail: { reason: 'import: cancelled' } });
    expect(new Set(audited.slice(1, -1).map(({ targetId }) => targetId)).size).toBe(80);
    expect(audited.at(-1)).toMatchObject({ detail: { reason: 'userImport', after: 'cancelled', count: 0 } });
    const changed = changedTables(before, dumpOf(engine)).filter((table) => !/^people_(counts|search)/.test(table));
    expect(changed).toEqual(['jobs']);
    expect(await owner.api.admin.people.totals()).toEqual(totals);
    expect(await invitationsIn(engine)).toEqual([]);
  });

  test('S70 is out of the file, too: no index has a word of who was taken out again', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const lines = Array.from({ length: 30 }, (_, n) => `Qzxj Wvky,qzxj${n}@example.org`);
    const { importId } = await owner.api.admin.users.import({ csv: ['name,email', ...lines].join('\n') });
    await onePiece(engine);
    const holding = () => {
      const database = new Database(join(engine.folder, 'vestibule.db'), { readonly: true });
      const pages = database.prepare<[], Buffer>('SELECT block FROM people_search_data').pluck().all();
      database.close();
      return pages.filter((page) => page.includes('qzx') || page.includes('wvk')).length;
    };
    expect(holding()).toBeGreaterThan(0);
    await owner.api.admin.users.cancelImport({ importId });
    expect(await ended(engine, owner)).toMatchObject({ state: 'cancelled' });
    expect(holding()).toBe(0);
    const sought = { search: 'qzx', status: null, role: null, groupId: null };
    expect(await owner.api.admin.people.count(sought)).toEqual({ total: 0 });
  });

  test('is cancelled once: a second Cancel, or one after its end, changes nothing and is no refusal', async () => {
    const { engine, admin, importId } = await amidAdding();
    await admin.api.admin.users.cancelImport({ importId });
    expect(await auditedBy(engine, () => admin.api.admin.users.cancelImport({ importId }))).toEqual([]);
    await toTheEnd(engine);
    expect(await auditedBy(engine, () => admin.api.admin.users.cancelImport({ importId }))).toEqual([]);
    expect(await ended(engine, admin)).toMatchObject({ state: 'cancelled' });
  });

  test('is found by whoever manages users, and refuses a second one', async () => {
    const { engine, owner, admin, importId } = await amidAdding();
    expect(await owner.api.admin.users.latestImport()).toEqual(await admin.api.admin.users.importState({ importId }));
    const csv = fileOf(1, 'member', 500);
    const audited = await auditedBy(engine, async () => {
      expect(await refusalOf(owner.api.admin.users.import({ csv }))).toMatchObject({ code: 'jobRunning' });
    });
    expect(audited).toMatchObject([{ kind: 'adminActRefused', detail: { reason: 'import: jobRunning' } }]);
    await toTheEnd(engine);
    await owner.api.admin.users.import({ csv });
    expect(await ended(engine, owner)).toMatchObject({ state: 'done', total: 1 });
  });

  test('of two begun at once one runs', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const tries = [0, 500].map((from) => owner.api.admin.users.import({ csv: fileOf(3, 'member', from) }));
    const settled = await Promise.allSettled(tries);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await toTheEnd(engine);
    expect(await engine.read((tx) => tx.accounts.count())).toBe(4);
  });

  test('goes on after who began it signed out', async () => {
    const { engine, owner, admin } = await amidAdding();
    await admin.api.self.signOut();
    expect(await ended(engine, owner)).toMatchObject({ state: 'done', done: 100, reason: null });
  });

  test('lets nobody be invited by hand, who could still be taken out again', async () => {
    const { engine, owner, admin, importId } = await amidAdding();
    const audited = await auditedBy(engine, async () => {
      const inviting = owner.api.admin.users.invite({ id: await idOf(engine, 0) });
      expect(await refusalOf(inviting)).toMatchObject({ code: 'jobRunning' });
    });
    expect(audited).toMatchObject([{ kind: 'adminActRefused', detail: { reason: 'invite: jobRunning' } }]);
    await admin.api.admin.users.cancelImport({ importId });
    const inviting = owner.api.admin.users.invite({ id: await idOf(engine, 0) });
    expect(await refusalOf(inviting)).toMatchObject({ code: 'jobRunning' });
  });

  test('is stopped nowhere else: long work that others may cancel is not this', async () => {
    const { engine, importId } = await amidAdding();
    const manager = await colleague(engine, 'manager');
    expect(await refusalOf(manager.api.admin.jobs.cancel({ id: importId }))).toMatchObject({ code: 'notFound' });
    expect(await engine.read((tx) => tx.jobs.running('userImport'))).toMatchObject({ phase: 'adding', done: 80 });
  });
});

describe('R39 an import adds nobody in the end', () => {
  test('when somebody took one of its addresses meanwhile', async () => {
    const { engine, owner, importId } = await amidAdding();
    const late = { name: 'Late', email: 'person95@example.org', phone: null, role: 'member' as const };
    await owner.api.admin.users.add(late);
    const audited = await auditedBy(engine, async () => {
      expect(await ended(engine, owner)).toMatchObject({
        ...{ id: importId, state: 'failed', done: 0, total: 100, added: false, reason: 'emailTaken' },
      });
    });
    expect(audited[0]).toMatchObject({ kind: 'adminActRefused', detail: { reason: 'import: emailTaken' } });
    expect(await imported(engine)).toBe(1);
    expect((await accountOf(engine, late.email)).name).toBe('Late');
    expect(await invitationsIn(engine)).toEqual([late.email]);
  });

  test('S39 when who began it may not manage users any more', async () => {
    const { engine, owner, admin } = await amidAdding();
    await demote(engine, admin);
    expect(await ended(engine, owner)).toMatchObject({ state: 'failed', reason: 'forbidden' });
    expect(await imported(engine)).toBe(0);
  });

  test('S39 when who began it is suspended', async () => {
    const { engine, owner, admin } = await amidAdding();
    await owner.api.admin.users.suspend({ id: admin.id, reason: 'A stolen laptop' });
    expect(await ended(engine, owner)).toMatchObject({ state: 'failed', reason: 'notSignedIn' });
    expect(await imported(engine)).toBe(0);
  });

  test('S39 when who began it may not give one of its roles any more', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const second = await colleague(engine, 'owner', { name: 'Second Owner' });
    const stepUp = await provenBy(engine, second, 'roles');
    await second.api.admin.users.import({ csv: fileOf(50, 'admin'), stepUp });
    await onePiece(engine);
    await engine.deps.store.transaction((tx) => tx.accounts.change(second.id, { role: 'admin' }));
    expect(await ended(engine, owner)).toMatchObject({ state: 'failed', reason: 'targetOutranks' });
    expect(await imported(engine)).toBe(0);
  });

  test.each([
    ['a role is raised', `UPDATE job_pieces SET content = replace(content, '"member"', '"owner"') WHERE number > 40`],
    ['somebody is added to it', `UPDATE job_pieces SET content = replace(content, 'person95@', 'eve@')`],
    ['pieces change places', 'UPDATE job_pieces SET number = iif(number = 81, 999, 81) WHERE number > 0'],
    ['a piece is taken away', 'DELETE FROM job_pieces WHERE number = 81'],
    [
      'somebody else is to have begun it',
      `UPDATE job_pieces SET content = json_set(content, '$.by', 'eve') WHERE number = 0`,
    ],
    ['it is to end before its time', 'UPDATE jobs SET total = 80'],
  ])('S55 when its rows are not as they were written: %s', async (_, sql) => {
    const { engine, owner } = await amidAdding(await openEngine({ sealed: true }));
    const database = new Database(join(engine.folder, 'vestibule.db'));
    database.exec(sql);
    database.close();
    expect(await ended(engine, owner)).toMatchObject({ state: 'failed', reason: 'damaged', added: false });
    expect(await imported(engine)).toBe(0);
    expect(await invitationsIn(engine)).toEqual([]);
  });
});

describe('R39 an import whose people are all there', () => {
  test('is stopped by Cancel: everybody stays, and whoever was not invited can be by hand', async () => {
    const { engine, owner, admin, importId } = await amidInviting();
    const audited = await auditedBy(engine, () => owner.api.admin.users.cancelImport({ importId }));
    const detail = { reason: 'userImport', after: 'cancelled', count: 40 };
    expect(audited).toMatchObject([{ kind: 'jobEnded', actorId: owner.id, detail }]);
    const view = { id: importId, state: 'cancelled', done: 40, total: 100, added: true, reason: 'cancelled' };
    expect(await ended(engine, admin)).toMatchObject(view);
    expect(await imported(engine)).toBe(100);
    await admin.api.admin.users.invite({ id: await idOf(engine, 99) });
    expect(await invitationsIn(engine)).toHaveLength(41);
  });

  test('writes to nobody a second time, nor to who was suspended or joined meanwhile', async () => {
    const { engine, owner } = await amidInviting();
    await owner.api.admin.users.invite({ id: await idOf(engine, 50) });
    await owner.api.admin.users.invite({ id: await idOf(engine, 51) });
    await owner.api.admin.users.suspend({ id: await idOf(engine, 60), reason: 'Left before the first day' });
    const letter = (await engine.letters()).find(({ to }) => to === 'person51@example.org')?.message;
    const [code, password] = [letter?.kind === 'invitation' ? letter.inviteCode : '', 'nobody guesses this one'];
    await personAt(engine).api.open.invitation.accept({ code, password, confirmPassword: password });
    expect(await ended(engine, owner)).toMatchObject({ state: 'done', done: 100 });
    const invited = await invitationsIn(engine);
    expect(invited).toHaveLength(99);
    expect(new Set(invited).size).toBe(99);
    expect(invited).not.toContain('person60@example.org');
  });

  test('S39 invites nobody more in the name of who was suspended; everybody stays', async () => {
    const { engine, owner, admin } = await amidInviting();
    await owner.api.admin.users.suspend({ id: admin.id, reason: 'A stolen laptop' });
    const view = { state: 'failed', reason: 'notSignedIn', added: true, done: 40 };
    expect(await ended(engine, owner)).toMatchObject(view);
    expect(await invitationsIn(engine)).toHaveLength(40);
  });

  test('R51 writes no more letters while many wait to leave, and goes on when they have', async () => {
    const engine = await openEngine({ durability: 'none' });
    const owner = await ownerOf(engine);
    await owner.api.admin.users.import({ csv: fileOf(LETTERS_WAITING + 50) });
    while ((await runJobs(engine.deps)) === 'worked');
    expect(await engine.read((tx) => tx.outbox.waiting())).toBe(LETTERS_WAITING);
    expect(await owner.api.admin.users.latestImport()).toMatchObject({ state: 'inviting', added: true });
    expect(await ended(engine, owner)).toMatchObject({ state: 'done' });
    expect(await invitationsIn(engine)).toHaveLength(LETTERS_WAITING + 50);
  });

  test('leaves nothing of its file behind', async () => {
    const { engine, owner } = await amidInviting();
    await ended(engine, owner);
    expect(dumpOf(engine).job_pieces).toEqual([]);
  });
});
