import { OWNER } from './support/people.ts';
import { expect, onlyLoopback, test } from './support/test.ts';
import { Visitor } from './support/visitor.ts';

const PARALLEL = onlyLoopback('it submits in parallel over HTTP');
const PASSWORD = { email: OWNER.email, password: OWNER.password };

test(
  'S7 of twenty parallel submits of one code over real HTTP, exactly one signs in',
  PARALLEL,
  async ({ app, mail, protectedWorkspace: _ }) => {
    const visitor = await Visitor.enter(app);
    await visitor.do('open.signIn.withPassword', PASSWORD);
    const { code: sent } = (await pending(visitor)) as { code: { challengeId: string } };
    const answer = { method: 'email', challengeId: sent.challengeId, code: await mail.code(OWNER.email) };

    const racers = Array.from({ length: 20 }, () => visitor.twin());
    const outcomes = await Promise.all(racers.map((racer) => racer.mutate('open.signIn.prove', answer)));
    const signedIn = await Promise.all(racers.map((racer) => racer.isSignedIn()));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(signedIn.filter(Boolean)).toHaveLength(1);
    const winner = racers[signedIn.indexOf(true)];
    const sessions = await winner?.query('self.sessions.list');
    expect(sessions?.ok && (sessions.data as unknown[]).length).toBe(1);
  },
);

test(
  'S9 of twenty parallel submits of one recovery code from four sign-ins, exactly one signs in',
  PARALLEL,
  async ({ app, protectedWorkspace: [code] }) => {
    const visitors = [];
    for (let count = 0; count < 4; count += 1) {
      const visitor = await Visitor.enter(app);
      await visitor.do('open.signIn.withPassword', PASSWORD);
      visitors.push(visitor);
    }
    const racers = visitors.flatMap((visitor) => Array.from({ length: 5 }, () => visitor.twin()));
    const outcomes = await Promise.all(
      racers.map((racer) => racer.mutate('open.signIn.prove', { method: 'recoveryCode', code })),
    );
    const signedIn = await Promise.all(racers.map((racer) => racer.isSignedIn()));
    expect(outcomes.filter(({ ok }) => ok)).toEqual([{ ok: true, data: { recoveryCodesLeft: 9 } }]);
    expect(signedIn.filter(Boolean)).toHaveLength(1);
  },
);

test(
  'S10 of a burst of fifty wrong codes at one challenge at most five are weighed, then the right one is refused',
  PARALLEL,
  async ({ app, mail, protectedWorkspace: _ }) => {
    const visitor = await Visitor.enter(app);
    await visitor.do('open.signIn.withPassword', PASSWORD);
    const { code: sent } = (await pending(visitor)) as { code: { challengeId: string } };
    const right = await mail.code(OWNER.email);
    const answer = (code: string) => ({ method: 'email', challengeId: sent.challengeId, code });
    const wrong = Array.from({ length: 50 }, (_each, index) =>
      String((Number(right) + index + 1) % 1_000_000).padStart(6, '0'),
    );

    const outcomes = await Promise.all(wrong.map((code) => visitor.twin().mutate('open.signIn.prove', answer(code))));
    const weighed = outcomes.filter((outcome) => !outcome.ok && outcome.code === 'codeRejected');
    expect(weighed.length).toBeLessThanOrEqual(5);
    expect(await visitor.mutate('open.signIn.prove', answer(right))).toEqual({ ok: false, code: 'challengeBurnt' });
  },
);

test('two set-ups at once make one workspace', PARALLEL, async ({ app }) => {
  const visitors = await Promise.all([Visitor.enter(app), Visitor.enter(app)]);
  const wanted = { ...OWNER, confirmPassword: OWNER.password, template: 'strong' };
  const outcomes = await Promise.all(visitors.map((visitor) => visitor.mutate('open.setUp', wanted)));
  expect(outcomes.map((outcome) => (outcome.ok ? 'made' : outcome.code)).sort()).toEqual(['alreadySetUp', 'made']);
});

async function pending(visitor: Visitor): Promise<unknown> {
  const answer = await visitor.query('open.signIn.pending');
  if (!answer.ok) throw new Error(answer.code);
  return answer.data;
}
