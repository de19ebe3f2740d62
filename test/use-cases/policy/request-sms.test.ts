import { describe, expect, test } from 'vitest';
import { policyOf } from '../../../src-main/domain/policy.ts';
import { DAY } from '../../../src-main/domain/values.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { accountOf, addAccount, protectedOwner, signedIn } from '../../attacks/support/people.ts';
import { expectRefusal } from '../../attacks/support/verdict.ts';
import { openEngine } from '../../support/engine.ts';
import { OWNER } from '../../support/person.ts';
import { MANAGER, MEMBER, twoAdmins } from './admin.ts';

describe('R33 text messages', () => {
  test('a request is on record and goes to every owner who can sign in, once a day', async () => {
    const engine = await openEngine();
    const { manager, owner } = await twoAdmins(engine);
    await addAccount(engine, { ...MEMBER, email: 'gone@example.org' }, 'owner');
    const gone = await accountOf(engine, 'gone@example.org');
    await engine.deps.store.transaction((tx) => tx.accounts.change(gone.id, { suspendedAt: 1 }));
    const requests = async () => (await engine.letters()).filter(({ message }) => message.kind === 'smsRequested');
    const entries = await auditedBy(engine, async () => {
      await manager.api.admin.policy.requestSms({ note: '  For the   night shift ' });
      await manager.api.admin.policy.requestSms({ note: 'Again' });
    });
    expect(entries).toMatchObject([{ kind: 'smsRequested', detail: { reason: 'For the night shift' } }]);
    expect(await requests()).toMatchObject([
      { to: OWNER.email, message: { by: MANAGER.name, note: 'For the night shift' } },
    ]);
    expect(await owner.api.admin.policy.see()).toMatchObject({ smsRequestedAt: engine.clock.now() });
    engine.clock.advance(DAY);
    await (await signedIn(engine, MANAGER)).api.admin.policy.requestSms({ note: '' });
    expect(await requests()).toHaveLength(2);
  });

  test('whose workspace has them need not ask', async () => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    await engine.deps.store.transaction((tx) =>
      tx.workspace.changePolicy(policyOf('classic'), null, engine.clock.now()),
    );
    const entries = await auditedBy(engine, () =>
      expectRefusal(owner.api.admin.policy.requestSms({ note: '' }), 'stateUnfit'),
    );
    expect(entries).toMatchObject([{ kind: 'policyRefused' }]);
  });
});
