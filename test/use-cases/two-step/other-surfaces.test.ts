import { describe, expect, test } from 'vitest';
import type { Surface } from '../../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { enableTwoStep, OWNER, type Person, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, everythingStored } from '../../support/records.ts';

const ELSEWHERE: readonly Surface[] = ['web', 'mobile', 'federated'];

/** Each edit with all it needs, so that nothing but the surface stands between the person and its success. */
const EDITS: Readonly<
  Record<string, { prepare: (engine: Engine, at: Person) => Promise<(at: Person) => Promise<unknown>> }>
> = {
  'send-enable-code': {
    prepare: async () => (at) => at.api.self.twoStep.sendEnableCode({ method: 'email' }),
  },
  enable: {
    async prepare(engine, desktop) {
      const { challengeId } = await desktop.api.self.twoStep.sendEnableCode({ method: 'email' });
      const code = await engine.codeFor(OWNER.email);
      return (at) => at.api.self.twoStep.enable({ challengeId, code });
    },
  },
  'send-proof-code for disabling': {
    async prepare(engine, desktop) {
      await enableTwoStep(engine, desktop);
      return (at) => at.api.self.twoStep.sendProofCode({ purpose: 'disable' });
    },
  },
  'send-proof-code for new codes': {
    async prepare(engine, desktop) {
      await enableTwoStep(engine, desktop);
      return (at) => at.api.self.twoStep.sendProofCode({ purpose: 'newRecoveryCodes' });
    },
  },
  'disable by e-mail code': {
    async prepare(engine, desktop) {
      await enableTwoStep(engine, desktop);
      const { challengeId } = await desktop.api.self.twoStep.sendProofCode({ purpose: 'disable' });
      const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(OWNER.email) };
      return (at) => at.api.self.twoStep.disable({ currentPassword: OWNER.password, proof });
    },
  },
  'disable by recovery code': {
    async prepare(engine, desktop) {
      const [code] = await enableTwoStep(engine, desktop);
      const proof = { method: 'recoveryCode' as const, code };
      return (at) => at.api.self.twoStep.disable({ currentPassword: OWNER.password, proof });
    },
  },
  'new recovery codes': {
    async prepare(engine, desktop) {
      const [code] = await enableTwoStep(engine, desktop);
      const proof = { method: 'recoveryCode' as const, code };
      return (at) => at.api.self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof });
    },
  },
};

describe.each(ELSEWHERE)('R1 on the %s surface', (surface) => {
  test.each(Object.keys(EDITS))(
    'R1 %s is refused, audited, changes nothing, and works on the desktop',
    async (name) => {
      const engine = await openEngine();
      const desktop = await signedInOwner(engine);
      const edit = await EDITS[name]?.prepare(engine, desktop);
      if (!edit) throw new Error(`There is no edit named ${name}.`);
      await engine.letters();
      const elsewhere = personAt(engine, surface, '198.51.100.9');
      elsewhere.jar.session = desktop.jar.session;

      const before = everythingStored(engine);
      let refusal: unknown;
      const audited = await auditedBy(engine, async () => {
        refusal = await refusalOf(edit(elsewhere));
      });
      expect(refusal).toEqual({ code: 'surfaceForbidden', data: undefined });
      expect(everythingStored(engine)).toEqual(before);
      expect(audited).toMatchObject([
        { kind: 'surfaceRefused', surface, address: '198.51.100.9', detail: { reason: 'surfaceForbidden' } },
      ]);
      expect(audited[0]?.actorId).toBe(audited[0]?.targetId);

      await expect(edit(desktop)).resolves.toBeDefined();
    },
  );
});

test.each(ELSEWHERE)('R1 a session that was opened on the %s surface cannot edit either', async (surface) => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const elsewhere = personAt(engine, surface);
  await elsewhere.api.open.signIn.withPassword({ email: OWNER.email, password: OWNER.password });
  expect(await refusalOf(elsewhere.api.self.twoStep.sendEnableCode({ method: 'email' }))).toMatchObject({
    code: 'surfaceForbidden',
  });
  expect((await engine.letters()).map(({ message }) => message.kind)).toEqual([]);
});

test.each(ELSEWHERE)('R1 the status can be read on the %s surface', async (surface) => {
  const engine = await openEngine();
  const desktop = await signedInOwner(engine);
  await enableTwoStep(engine, desktop);
  const elsewhere = personAt(engine, surface);
  elsewhere.jar.session = desktop.jar.session;
  expect(await elsewhere.api.self.twoStep.status()).toMatchObject({ state: 'active' });
});
