import { describe, expect, test } from 'vitest';
import { auditedBy } from '../../attacks/support/audit.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { personAt, refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../../support/staff.ts';

const HERE = '192.0.2.7'; // where `personAt` seats people

function signInFrom(engine: Engine, address: string, { email, password }: Colleague) {
  return personAt(engine, 'desktop', address).api.open.signIn.withPassword({ email, password });
}

test('R20 S44 a sign-in is taken from the listed addresses only, in whatever form they come', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member', { twoStep: 'off' });
  const text = '::ffff:10.0.0.1\n10.0.0.1/32\n2001:DB8::5/64\n';
  const audited = await auditedBy(engine, async () => {
    const { allowlist } = await owner.api.admin.users.setAllowlist({ id: member.id, text, confirmed: false });
    expect(allowlist).toEqual(['10.0.0.1', '2001:db8::/64']);
  });
  const detail = { before: '', after: '10.0.0.1 2001:db8::/64' };
  expect(audited).toMatchObject([{ kind: 'allowlistChanged', targetId: member.id, detail }]);
  expect((await owner.api.admin.users.see({ id: member.id })).allowlist).toEqual(['10.0.0.1', '2001:db8::/64']);
  for (const address of ['10.0.0.1', '::ffff:a00:1', '2001:db8::ffff']) {
    expect([address, await signInFrom(engine, address, member)]).toEqual([address, { next: 'signedIn' }]);
  }
  for (const address of [HERE, '10.0.0.2', '2001:db8:0:1::1', '010.0.0.1', '2001:db8::1%eth0']) {
    const refusal = await refusalOf(signInFrom(engine, address, member));
    expect([address, refusal]).toEqual([address, { code: 'addressRefused', data: { addresses: [address] } }]);
  }
  await owner.api.admin.users.setAllowlist({ id: member.id, text: '', confirmed: false });
  expect(await signInFrom(engine, HERE, member)).toEqual({ next: 'signedIn' });
});

test('R20 S44 lines that cannot be read are named, and the list stays as it was', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { id } = await colleague(engine, 'member');
  await owner.api.admin.users.setAllowlist({ id, text: '10.0.0.1', confirmed: false });
  const refused = owner.api.admin.users.setAllowlist({
    id,
    text: '10.0.0.2\n0x0a.0.0.3\nfe80::1%eth0',
    confirmed: true,
  });
  const { code, data } = await refusalOf(refused);
  expect([code, (data as { fields: { text: string } }).fields.text]).toEqual([
    'invalidInput',
    expect.stringMatching(/^Line 2: .+ Line 3: /),
  ]);
  expect((await owner.api.admin.users.see({ id })).allowlist).toEqual(['10.0.0.1']);
});

describe('R20 S38 a list of one’s own that leaves one’s own address out', () => {
  test('is refused with that address, unless it is confirmed', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const set = (confirmed: boolean) =>
      owner.api.admin.users.setAllowlist({ id: owner.id, text: '10.0.0.0/8', confirmed });
    const audited = await auditedBy(engine, async () => {
      expect(await refusalOf(set(false))).toEqual({ code: 'allowlistExcludesYou', data: { addresses: [HERE] } });
    });
    expect(audited).toMatchObject([{ detail: { reason: 'setAllowlist: allowlistExcludesYou' } }]);
    expect((await owner.api.admin.users.see({ id: owner.id })).allowlist).toEqual([]);
    expect(await set(true)).toEqual({ allowlist: ['10.0.0.0/8'] });
  });

  test('one that holds it, or none at all, needs no confirming', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    for (const text of ['::ffff:192.0.2.0/120', '']) {
      await owner.api.admin.users.setAllowlist({ id: owner.id, text, confirmed: false });
    }
    expect((await owner.api.admin.users.see({ id: owner.id })).allowlist).toEqual([]);
  });
});
