import { describe, expect, test } from 'vitest';
import type { Surface } from '../../../src-main/domain/values.ts';
import { openEngine } from '../../support/engine.ts';
import { mailedAnswer, mailedStepUp, ownerAfterPassword } from '../../support/flows.ts';
import { CREDENTIALS, enableTwoStep, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy } from '../../support/records.ts';

const SURFACES: readonly Surface[] = ['desktop', 'web', 'mobile', 'federated'];

describe.each(SURFACES)('R14 on the %s surface', (surface) => {
  test('R14 the password alone opens nothing while two-step verification is active', async () => {
    const engine = await openEngine();
    await enableTwoStep(engine, await signedInOwner(engine));
    const person = personAt(engine, surface);
    expect(await person.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });
    expect(person.jar).toEqual({ session: null, pending: expect.any(String) });
    expect((await person.api.open.welcome()).stage).toBe('secondStep');
    expect(await refusalOf(person.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  });

  test.each(['email', 'recoveryCode'] as const)(
    'R14 password and %s open a session of that surface',
    async (method) => {
      const engine = await openEngine();
      const codes = await enableTwoStep(engine, await signedInOwner(engine));
      const person = await ownerAfterPassword(engine, surface);
      const answer =
        method === 'email' ? await mailedAnswer(engine, person) : { method: 'recoveryCode' as const, code: codes[0] };
      const audited = await auditedBy(engine, () => person.api.open.signIn.prove(answer));
      expect(audited).toMatchObject([{ kind: 'signedIn', surface, detail: { method } }]);
      expect(person.jar).toEqual({ session: expect.any(String), pending: null });
      const [current] = (await person.api.self.sessions.list()).filter((session) => session.current);
      expect(current).toMatchObject({ surface, provenWith: method });
    },
  );

  test('R14 every further sign-in asks again: nothing is remembered', async () => {
    const engine = await openEngine();
    await enableTwoStep(engine, await signedInOwner(engine));
    const person = await ownerAfterPassword(engine, surface);
    await person.api.open.signIn.prove(await mailedAnswer(engine, person));
    await person.api.self.signOut();
    expect(await person.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'secondStep' });
  });

  test('R14 while it is off, and once it is off again, the password suffices', async () => {
    const engine = await openEngine();
    const owner = await signedInOwner(engine);
    expect(await personAt(engine, surface).api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
    await enableTwoStep(engine, owner);
    await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));
    const person = personAt(engine, surface);
    expect(await person.api.open.signIn.withPassword(CREDENTIALS)).toEqual({ next: 'signedIn' });
    expect(await person.api.self.sessions.list()).toContainEqual(
      expect.objectContaining({ surface, provenWith: null, current: true }),
    );
  });
});
