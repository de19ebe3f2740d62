import { expect, test } from 'vitest';
import { NO_FAILURES } from '../../src-main/domain/lockout.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { OWNER, type Person, personAt } from '../support/person.ts';
import { changedTables, dumpOf } from './support/database.ts';
import { INPUTS } from './support/inputs.ts';
import { accountOf, pendingSignIn, protectedOwner } from './support/people.ts';
import { callByPath, PROCEDURES } from './support/procedures.ts';
import { type Verdict, verdictOf } from './support/verdict.ts';

const MEGABYTE = 'x'.repeat(1_000_000);

/** What is not even text, as far as JSON carries it. */
const WRONG_TYPES: Record<string, unknown> = {
  null: null,
  'a number': 42,
  true: true,
  'an array': [],
  'an array of text': ['text'],
  'an empty object': {},
  'an object': { toString: 'text', length: 3 },
  'a megabyte in an array': [MEGABYTE],
};

/** Text that no field takes. */
const HOSTILE_TEXT: Record<string, string> = {
  blank: '',
  spaces: ' \t\n ',
  'a megabyte': MEGABYTE,
  'a second header': 'Ada\r\nBcc: eve@example.org',
  'SQL over two lines': "'; DROP TABLE accounts; --\n",
  'a NUL': 'Ada\u0000',
  'text turned around': '\u202eevil\u202c',
  'half a letter': 'Ada\ud800',
  'nothing to be seen': '\u200b\u2060\u3164',
};

type Fields = Record<string, unknown>;

/** The good input of a procedure, with the password right so that whatever stands beside it is looked at. */
function goodInput(path: string): Fields | undefined {
  const input = INPUTS[path];
  if (typeof input !== 'object' || input === null) return undefined;
  return 'currentPassword' in input ? { ...input, currentPassword: OWNER.password } : { ...input };
}

/** Somebody signed in and pending at once: whatever is refused is refused for its input. */
async function everyone(): Promise<{ engine: Engine; person: Person }> {
  const engine = await openEngine();
  const { owner: person } = await protectedOwner(engine);
  person.jar.pending = (await pendingSignIn(engine)).jar.pending;
  return { engine, person };
}

/** Wrong answers must not lock the account before the last of them was looked at. */
async function forgive(engine: Engine): Promise<void> {
  const { id, throttle } = await accountOf(engine);
  if (throttle.failures === 0) return;
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { throttle: NO_FAILURES }));
}

/**
 * Text that is as good as any other: what is looked for may be any words, a note may be left out, and a group that is
 * not there has nobody in it. None of it changes anything.
 */
const WORDS = Object.keys(HOSTILE_TEXT).filter((what) => what !== 'a megabyte');
const FINE: Record<string, Record<string, readonly string[]>> = {
  'admin.people.list': { search: WORDS, groupId: WORDS },
  'admin.people.count': { search: WORDS, groupId: WORDS },
  'admin.people.exportPage': { search: WORDS, groupId: WORDS },
  'admin.policy.requestSms': { note: ['blank', 'spaces'] },
};

type Holds = (verdict: Verdict) => boolean;

/** One kind of bad input: what is sent, by a name for it, and what is to come of it. */
interface Group {
  readonly inputs: Record<string, unknown>;
  readonly holds: Holds;
}

/** A refusal that names the field in a short sentence. */
function complainsOf(field: string): Holds {
  return (verdict) => {
    if (verdict.kind !== 'refused' || verdict.code !== 'invalidInput') return false;
    const { fields } = verdict.data as { fields: Record<string, string> };
    const [name = '', sentence = ''] = Object.entries(fields)[0] ?? [];
    return name.split('.')[0] === field && /^[A-Z].{10,200}$/.test(sentence);
  };
}

const isRefused: Holds = ({ kind }) => kind === 'refused';
const isInvalid: Holds = (verdict) => verdict.kind === 'refused' && verdict.code === 'invalidInput';
/** Refused, or done without telling: whether there is such an address or challenge is nobody's business. */
const isSilent: Holds = (verdict) =>
  isRefused(verdict) || (verdict.kind === 'done' && ['{}', 'null'].includes(JSON.stringify(verdict.value)));
const SILENT = ['open.reset.request', 'self.twoStep.codeState'];

/** Numbers and booleans are no wrong kind where one is wanted. */
function isGoodKind(value: unknown, good: unknown): boolean {
  return value === good || (typeof value === typeof good && ['number', 'boolean'].includes(typeof good));
}

function withEach(good: Fields, field: string, values: Record<string, unknown>): Record<string, Fields> {
  const bad = Object.entries(values).filter(([, value]) => !isGoodKind(value, good[field]));
  return Object.fromEntries(bad.map(([what, value]) => [what, { ...good, [field]: value }]));
}

function without<T>(values: Record<string, T>, left: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([what]) => !left.includes(what)));
}

/** Everything bad that a procedure can be sent. */
function badInputsFor(path: string): Record<string, Group> {
  const good = goodInput(path);
  const { 'an empty object': empty, ...others } = WRONG_TYPES;
  const groups: Record<string, Group> = {
    'no input at all': {
      inputs: { ...others, text: 'text', 'a megabyte': MEGABYTE, ...(good && { 'an empty object': empty }) },
      holds: isInvalid,
    },
    'an unknown key': {
      inputs: Object.fromEntries(CLAIMS.map((key) => [key.slice(0, 20), { ...good, [key]: true }])),
      holds: isInvalid,
    },
  };
  for (const field of Object.keys(good ?? {})) {
    const { [field]: _, ...others } = good ?? {};
    groups[`${field} of a wrong kind`] = {
      inputs: { ...withEach(good ?? {}, field, WRONG_TYPES), ...(field !== MAY_LACK && { missing: others }) },
      holds: field === 'code' || field === 'proof' ? isRefused : complainsOf(field),
    };
    groups[`hostile ${field}`] = {
      inputs: withEach(good ?? {}, field, without(HOSTILE_TEXT, FINE[path]?.[field] ?? [])),
      holds: SILENT.includes(path) ? isSilent : isRefused,
    };
  }
  return groups;
}

/** Not every act needs one: whoever leaves it out where it is needed is asked for it, see the tests of each act. */
const MAY_LACK = 'stepUp';

const CLAIMS = ['role', 'twoStep', 'mfaRequired', 'accountId', 'epoch', 'constructor', MEGABYTE];
const CALLED = PROCEDURES.filter(({ type }) => type !== 'subscription').map(({ path }) => path);

test.each(CALLED)('S4 S5 %s refuses bad input with a clear word, and changes nothing', async (path) => {
  const { engine, person } = await everyone();
  const before = dumpOf(engine);
  for (const [group, { inputs, holds }] of Object.entries(badInputsFor(path))) {
    const unclear: unknown[] = [];
    for (const [what, input] of Object.entries(inputs)) {
      const verdict = await verdictOf(callByPath(person, path, input));
      if (!holds(verdict)) unclear.push([what, verdict]);
      await forgive(engine);
    }
    expect([group, unclear, changedTables(before, dumpOf(engine))]).toEqual([group, [], []]);
  }
});

const FIRST_RUN = goodInput('open.setUp') ?? {};

test.each(Object.keys(FIRST_RUN))(
  'S5 a first run with a bad %s sets nothing up, and says which field it was',
  async (field) => {
    const engine = await openEngine();
    const person = personAt(engine);
    const { blank, 'a megabyte': megabyte } = HOSTILE_TEXT;
    const texts = /password/i.test(field) ? { blank, megabyte } : HOSTILE_TEXT;
    for (const [what, value] of Object.entries({ ...WRONG_TYPES, ...texts })) {
      const verdict = await verdictOf(callByPath(person, 'open.setUp', { ...FIRST_RUN, [field]: value }));
      expect([what, complainsOf(field)(verdict), verdict]).toEqual([what, true, verdict]);
    }
    expect(await person.api.open.welcome()).toMatchObject({ stage: 'setUp' });
    expect(dumpOf(engine)).toMatchObject({ accounts: [], workspace: [], sessions: [], outbox: [] });
  },
);

test('S5 a refusal says what was wrong without repeating what was sent', async () => {
  const { person } = await everyone();
  const secret = 'correct horse battery, almost';
  const calls = [
    callByPath(person, 'open.signIn.withPassword', { email: [], password: secret }),
    callByPath(person, 'self.password.change', {
      currentPassword: secret,
      newPassword: secret.repeat(99),
      confirmPassword: 7,
    }),
    callByPath(person, 'self.profile.rename', { name: `${secret}\u202e` }),
    callByPath(person, 'self.twoStep.disable', { currentPassword: secret, proof: { method: secret } }),
  ];
  for (const call of calls) expect(JSON.stringify(await verdictOf(call))).not.toContain(secret);
});
