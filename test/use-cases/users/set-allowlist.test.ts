import { describe, expect, test } from 'vitest';
import { auditedBy } from '../../attacks/support/audit.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { otherThan, personAt, refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy, UNPROVEN } from '../../support/staff.ts';

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
  const stepUp = await provenBy(engine, owner, 'allowlist');
  await owner.api.admin.users.setAllowlist({ id: member.id, text: '', confirmed: false, stepUp });
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
    await owner.api.admin.users.setAllowlist({ id: owner.id, text: '::ffff:192.0.2.0/120', confirmed: false });
    const stepUp = await provenBy(engine, owner, 'allowlist');
    await owner.api.admin.users.setAllowlist({ id: owner.id, text: '', confirmed: false, stepUp });
    expect((await owner.api.admin.users.see({ id: owner.id })).allowlist).toEqual([]);
  });
});

describe('S26 letting somebody in from more addresses takes password and second step', () => {
  const NARROWER = ['10.0.0.0/8', '10.1.0.0/16\n10.2.0.7', '10.2.0.7'];
  const WIDER = ['', '10.2.0.7\n10.2.0.8', '0.0.0.0/0', '2001:db8::1', '10.2.0.6/31'];

  test('S26 a list that is set, or made narrower, does not', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const { id } = await colleague(engine, 'member');
    for (const text of NARROWER) {
      expect(await owner.api.admin.users.setAllowlist({ id, text, confirmed: false })).toEqual({
        allowlist: text.split('\n'),
      });
    }
  });

  test.each(WIDER)('S26 %j is refused without, on record, and the list stays', async (text) => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const { id } = await colleague(engine, 'member');
    const set = (wanted: string) => owner.api.admin.users.setAllowlist({ id, text: wanted, confirmed: true });
    await set('10.2.0.7');
    const audited = await auditedBy(engine, async () => {
      expect((await refusalOf(set(text))).code).toBe('proofNeeded');
    });
    const detail = { reason: 'setAllowlist: proofNeeded' };
    expect(audited).toMatchObject([{ kind: 'adminActRefused', targetId: id, detail }]);
    expect((await owner.api.admin.users.see({ id })).allowlist).toEqual(['10.2.0.7']);
  });

  test('S26 S16 R43 with both it is done once, on record with the means, under a new token; with a wrong one it is not', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const { id } = await colleague(engine, 'member');
    const { setAllowlist } = owner.api.admin.users;
    await setAllowlist({ id, text: '10.2.0.7', confirmed: false });
    const stepUp = await provenBy(engine, owner, 'allowlist');
    const widen = (proofs: typeof stepUp | typeof UNPROVEN) =>
      refusalOf(setAllowlist({ id, text: '', confirmed: false, stepUp: proofs }));
    expect((await widen(UNPROVEN)).code).toBe('currentPasswordRejected');
    const wrong = { ...stepUp.proof, code: otherThan(stepUp.proof.code) };
    expect((await widen({ ...stepUp, proof: wrong })).code).toBe('codeRejected');
    const before = owner.jar.session;
    const audited = await auditedBy(engine, () => setAllowlist({ id, text: '', confirmed: false, stepUp }));
    const detail = { method: 'email', before: '10.2.0.7', after: '' };
    expect(audited).toMatchObject([{ kind: 'allowlistChanged', actorId: owner.id, targetId: id, detail }]);
    expect(owner.jar.session).not.toBe(before);
    await setAllowlist({ id, text: '10.2.0.7', confirmed: false });
    expect((await widen(stepUp)).code).toBe('challengeExpired');
    const forRoles = await provenBy(engine, owner, 'roles');
    expect((await widen(forRoles)).code).toBe('challengeExpired');
  });

  test('S38 whose own two-step verification is off is told to switch it on first', async () => {
    const engine = await openEngine();
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin', { twoStep: 'off' });
    const { id } = await colleague(engine, 'member');
    const set = (text: string) => admin.api.admin.users.setAllowlist({ id, text, confirmed: false });
    await set('10.2.0.7');
    expect((await refusalOf(set(''))).code).toBe('enrolYourselfFirst');
  });
});
