import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { CREDENTIALS, OWNER, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, auditOf, everythingStored } from '../../support/records.ts';

const FIRST_RUN = {
  workspaceName: 'Example Works',
  ...OWNER,
  confirmPassword: OWNER.password,
  template: 'strong' as 'strong' | 'classic',
};

test('R40 the first run makes the workspace with its owner, signs them in and puts it on record', async () => {
  const engine = await openEngine();
  const person = personAt(engine);
  expect(await person.api.open.welcome()).toEqual({
    stage: 'setUp',
    clock: 'right',
    workspaceName: null,
    mail: { kind: 'smtp' },
    demo: null,
    version: '0.0.0',
  });
  expect(await person.api.open.setUp(FIRST_RUN)).toEqual({ signedIn: true });
  expect(await person.api.open.welcome()).toMatchObject({ stage: 'signedIn', workspaceName: 'Example Works' });
  expect(await person.api.self.me()).toMatchObject({
    account: { name: OWNER.name, email: OWNER.email, role: 'owner' },
    workspace: { name: 'Example Works' },
    twoStep: 'off',
  });
  expect(await auditOf(engine)).toMatchObject([
    { sequence: 1, kind: 'workspaceCreated', surface: 'desktop', detail: { after: 'strong' } },
  ]);
});

test.each([
  ['strong', { sms: { entitled: false, role: 'off' } }, 'blocked'],
  ['classic', { sms: { entitled: true, role: 'primary' } }, 'allowed'],
] as const)('R33 the %s template decides about SMS, and is kept with the workspace', async (template, policy, sms) => {
  const engine = await openEngine();
  await personAt(engine).api.open.setUp({ ...FIRST_RUN, template });
  const stored = await engine.read(async (tx) => ({
    workspace: await tx.workspace.find(),
    versioned: await tx.workspace.policy(),
  }));
  expect(stored.workspace).toEqual({ name: 'Example Works', template, createdAt: engine.clock.now() });
  expect(stored.versioned).toMatchObject({ version: 1, policy: { ...policy, methods: { sms } } });
});

test('R40 of two racing first runs one wins and the other changes nothing', async () => {
  const engine = await openEngine();
  const names = ['one', 'two', 'three', 'four', 'five'];
  const people = names.map(() => personAt(engine));
  const outcomes = await Promise.allSettled(
    people.map(({ api }, index) =>
      api.open.setUp({ ...FIRST_RUN, workspaceName: `Works ${names[index]}`, email: `${names[index]}@example.org` }),
    ),
  );
  const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
  expect(winners).toHaveLength(1);
  expect(people.filter(({ jar }) => jar.session !== null)).toHaveLength(1);
  const winner = people[winners[0] ?? -1];
  expect(await winner?.api.self.me()).toMatchObject({ account: { email: `${names[winners[0] ?? -1]}@example.org` } });
  expect(await engine.read((tx) => tx.accounts.count())).toBe(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      expect(await refusalOf(Promise.reject(outcome.reason))).toMatchObject({ code: 'alreadySetUp' });
    }
  }
  expect((await auditOf(engine)).map(({ kind }) => kind).sort()).toEqual([
    ...Array(4).fill('accessDenied'),
    'workspaceCreated',
  ]);
});

test('R40 a workspace that exists is not set up again, and the attempt is on record', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const before = everythingStored(engine);
  const intruder = personAt(engine, 'web', '203.0.113.5');
  const audited = await auditedBy(engine, async () => {
    const call = intruder.api.open.setUp({ ...FIRST_RUN, email: 'eve@example.org' });
    expect(await refusalOf(call)).toMatchObject({ code: 'alreadySetUp' });
  });
  expect(audited).toMatchObject([{ kind: 'accessDenied', address: '203.0.113.5', detail: { reason: 'alreadySetUp' } }]);
  expect(intruder.jar.session).toBeNull();
  expect(everythingStored(engine)).toEqual(before);
});

test.each([
  ['a blank workspace name', { workspaceName: ' ' }, ['workspaceName']],
  ['a name of two lines', { name: 'Ada\nBcc: x' }, ['name']],
  ['no address', { email: 'ada' }, ['email']],
  ['an address without a dotted domain', { email: 'ada@localhost' }, ['email']],
  ['passwords that differ', { confirmPassword: 'something else' }, ['confirmPassword']],
  [
    'everything at once',
    { workspaceName: '\u0000', name: '\u202e', email: '@', confirmPassword: 'x' },
    ['workspaceName', 'name', 'email', 'confirmPassword'],
  ],
  ['a template of one’s own', { template: 'none' }, ['template']],
  ['a megabyte', { workspaceName: 'x'.repeat(1_000_000) }, ['workspaceName']],
  ['a number for a name', { name: 7 }, ['name']],
  ['a role of one’s own', { role: 'owner' }, ['role']],
])('R40 %s is bad input: the field is named, and there is still no workspace', async (_, bad, fields) => {
  const engine = await openEngine();
  const setUp: (input: unknown) => Promise<unknown> = personAt(engine).api.open.setUp as never;
  const error: unknown = await setUp({ ...FIRST_RUN, ...bad }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'BAD_REQUEST' });
  for (const field of fields) expect(JSON.stringify((error as Error).cause)).toContain(field);
  expect((await personAt(engine).api.open.welcome()).stage).toBe('setUp');
  expect(await auditOf(engine)).toEqual([]);
});

test.each([
  ['short', 'sevench'],
  ['common', 'password123'],
  ['personal', OWNER.email],
  ['personal', 'EXAMPLE WORKS'],
])('R40 a password that is %s is refused, and there is still no workspace', async (reason, password) => {
  const engine = await openEngine();
  const call = personAt(engine).api.open.setUp({ ...FIRST_RUN, password, confirmPassword: password });
  expect(await refusalOf(call)).toEqual({ code: 'passwordUnfit', data: { reason } });
  expect((await personAt(engine).api.open.welcome()).stage).toBe('setUp');
});

test('R22 before set-up nobody can sign in, and nothing breaks', async () => {
  const engine = await openEngine();
  expect(await refusalOf(personAt(engine).api.open.signIn.withPassword(CREDENTIALS))).toMatchObject({
    code: 'signInRejected',
  });
  expect(await refusalOf(personAt(engine).api.open.signIn.pending())).toMatchObject({ code: 'signInExpired' });
  expect(await refusalOf(personAt(engine).api.self.me())).toMatchObject({ code: 'notSignedIn' });
});
