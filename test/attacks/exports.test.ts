import { beforeEach, describe, expect, test } from 'vitest';
import { policyOf } from '../../src-main/domain/policy.ts';
import { HOUR, MINUTE } from '../../src-main/domain/values.ts';
import { newAccount } from '../../src-main/use-cases/set-up/create-workspace.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt, refusalOf } from '../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { auditedBy } from './support/audit.ts';
import { accountOf } from './support/people.ts';

const EVERYBODY = { search: '', status: null, role: null, groupId: null } as const;
const DRAFT = { ...policyOf('strong'), enforcement: 'required' as const };

/** What gives people piece by piece: asked from a place, for this or for something else. */
const COURSES = {
  exportPage: {
    name: 'exportUsers',
    ask: ({ api }: Person, cursor: string | null) => api.admin.people.exportPage({ ...EVERYBODY, cursor }),
    askOther: ({ api }: Person, cursor: string) => api.admin.people.exportPage({ ...EVERYBODY, search: 'p', cursor }),
    /** A place as it would be written if it were not sealed. */
    plain: encodeURIComponent('["name","asc","",0]'),
  },
  previewCsv: {
    name: 'exportImpact',
    ask: ({ api }: Person, cursor: string | null) => api.admin.policy.previewCsv({ draft: DRAFT, cursor }),
    askOther: ({ api }: Person, cursor: string) =>
      api.admin.policy.previewCsv({ draft: { ...DRAFT, complianceDays: 9 }, cursor }),
    plain: '0:',
  },
  previewPeople: {
    name: 'previewPeople',
    ask: ({ api }: Person, cursor: string | null) =>
      api.admin.policy.previewPeople({ draft: DRAFT, kind: 'mustEnrol', cursor }),
    askOther: ({ api }: Person, cursor: string) =>
      api.admin.policy.previewPeople({ draft: DRAFT, kind: 'enrolled', cursor }),
    plain: 'a',
  },
} as const;
const NAMES = Object.keys(COURSES) as (keyof typeof COURSES)[];

/** An owner, a manager who may look as well, and more members than one piece holds. */
async function crowd() {
  const engine = await openEngine({ durability: 'none' });
  const owner = await ownerOf(engine);
  const manager = await colleague(engine, 'manager');
  await engine.deps.store.transaction(async (tx) => {
    for (let index = 0; index < 1_001; index += 1) {
      const email = `p${index}@example.org`;
      await tx.accounts.add(newAccount(`p${index}`, `P ${index}`, { email, key: email }, 'member', 'hash', 0));
    }
  });
  return { engine, owner, manager };
}

describe.each(NAMES)('S57 R43 a place in %s', (which) => {
  const { ask, askOther, plain, name } = COURSES[which];
  let engine: Engine;
  let owner: Colleague;
  let manager: Colleague;
  let handedOut: string;

  beforeEach(async () => {
    ({ engine, owner, manager } = await crowd());
    const { next } = await ask(owner, null);
    if (next === null) throw new Error('More than a piece was expected.');
    handedOut = next;
  });

  /** Refused as a place that is none, with exactly one entry. */
  async function isRefused(call: () => Promise<unknown>, by: Person): Promise<void> {
    const { account } = await by.api.self.me();
    const entries = await auditedBy(engine, async () => {
      const { code, data } = await refusalOf(call());
      expect([code, data]).toEqual([
        'invalidInput',
        { fields: { cursor: expect.stringMatching(/^This is no place/) } },
      ]);
    });
    const detail = { reason: `${name}: invalidInput` };
    expect(entries).toMatchObject([{ kind: 'adminActRefused', actorId: account.id, targetId: null, detail }]);
  }

  test('that was handed out leads on, more than once, without a word of anybody in it', async () => {
    const first = await ask(owner, handedOut);
    expect(await ask(owner, handedOut)).toMatchObject({ ...first, next: first.next && expect.any(String) });
    expect(handedOut).not.toMatch(/example|mustEnrol/);
  });

  test('that was written by the caller is refused on record, and shows nobody', async () => {
    const last = handedOut.at(-2) === 'A' ? 'B' : 'A';
    const changed = handedOut.slice(0, -2) + last + handedOut.slice(-1);
    for (const forged of [plain, '0', handedOut.slice(1), changed]) await isRefused(() => ask(owner, forged), owner);
  });

  test('leads on nowhere else: in another question, session or account', async () => {
    await isRefused(() => askOther(owner, handedOut), owner);
    await isRefused(() => ask(manager, handedOut), manager);
    for (const other of NAMES.filter((each) => each !== which)) {
      const call = () => COURSES[other].ask(owner, handedOut);
      expect([other, (await refusalOf(call())).code]).toEqual([other, 'invalidInput']);
    }
    const elsewhere = personAt(engine);
    const { id } = await accountOf(engine);
    await engine.deps.store.transaction((tx) => tx.accounts.change(id, { twoStep: 'off' }));
    await elsewhere.api.open.signIn.withPassword({ email: owner.email, password: owner.password });
    await isRefused(() => ask(elsewhere, handedOut), elsewhere);
  });

  test('is good for an hour, so that an old export does not go on unseen', async () => {
    for (let gone = 0; gone < HOUR; gone += 10 * MINUTE) {
      engine.clock.advance(10 * MINUTE);
      await owner.api.self.keepAlive();
      if (gone === 0) engine.clock.advance(-1); // so that the last step ends a millisecond early
    }
    await ask(owner, handedOut);
    engine.clock.advance(1);
    await isRefused(() => ask(owner, handedOut), owner);
  });
});
