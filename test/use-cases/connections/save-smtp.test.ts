import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { SmtpForm } from '../../../src-main/domain/connections.ts';
import { stepUpBy } from '../../support/flows.ts';
import { BY_PASSWORD, openAdmin } from '../../support/mail/admin.ts';
import { smtpForm, smtpSettings } from '../../support/mail/settings.ts';
import { enableTwoStep, OWNER, personAt, refusalOf } from '../../support/person.ts';
import { auditedBy, everythingStored, signedInMember } from '../../support/records.ts';

const SECRETS = ['a mailbox of its own', 'c2VjcmV0IGtleQ'];
const KEY = `-----BEGIN PRIVATE KEY-----\n${SECRETS[1]}\n-----END PRIVATE KEY-----`;
const SIGNED = { dkim: true, dkimDomain: 'example.org', dkimSelector: 'mail2026', dkimKey: KEY };

test('R50 saved settings are used from the next letter on, and shown without their secrets', async () => {
  const { engine, owner, smtp, save } = await openAdmin();
  expect(await owner.api.admin.connections.see()).toEqual({ smtp: null });
  await save(SIGNED);
  expect((await owner.api.admin.connections.see()).smtp).toEqual({
    ...{
      host: 'smtp.example.org',
      port: 587,
      tls: 'startTls',
      auth: 'password',
      user: 'mailer@example.org',
      hasSecret: true,
    },
    ...{ fromName: 'Example Works', fromAddress: 'security@example.org' },
    ...{ dkim: true, dkimDomain: 'example.org', dkimSelector: 'mail2026', hasDkimKey: true },
    updatedAt: engine.clock.now(),
  });
  await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  expect(await engine.letters()).toEqual([]);
  expect(smtp.handed).toMatchObject([
    {
      by: 'send',
      settings: smtpSettings({ dkim: { domain: 'example.org', selector: 'mail2026', privateKey: KEY } }),
      letter: { to: OWNER.email, message: { kind: 'enableCode' } },
    },
  ]);
});

test('R50 other settings take effect at once, also for letters that wait for their next try', async () => {
  const { engine, owner, smtp, save } = await openAdmin();
  await save();
  smtp.weather.push(
    () => Promise.reject(new Error('down')),
    () => Promise.reject(new Error('down')),
  );
  await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  await engine.letters();
  engine.clock.advance(5_000);
  await engine.letters(); // now it waits ten seconds
  await save({ host: 'other.example.org' });
  await engine.letters();
  expect(smtp.handed.map(({ settings }) => settings.host)).toEqual([
    'smtp.example.org',
    'smtp.example.org',
    'other.example.org',
  ]);
});

test('S70 S80 secrets are sealed at rest, and in no answer, audit entry or log line', async () => {
  const { engine, owner, save } = await openAdmin();
  await save(SIGNED);
  const answers = JSON.stringify([
    await owner.api.admin.connections.see(),
    await engine.read((tx) => tx.audit.list(0, 99)),
  ]);
  const database = new Database(join(engine.folder, 'vestibule.db'));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const bytes = readFileSync(join(engine.folder, 'vestibule.db'), 'latin1');
  for (const secret of SECRETS) {
    expect(answers).not.toContain(secret);
    for (const form of [secret, Buffer.from(secret).toString('base64')]) expect(bytes).not.toContain(form);
  }
  expect(await engine.read((tx) => tx.connections.find('smtp'))).toMatchObject({
    sealed: expect.stringMatching(/^1\|A256GCM\|/),
  });
});

test('S19 settings that were exchanged in the database open nowhere: letters wait, and the screen says so', async () => {
  const { engine, owner, smtp, save } = await openAdmin();
  await save();
  const foreign = engine.deps.vault.seal('{}', { table: 'outbox', column: 'sealed', row: 'x', account: '' });
  await engine.deps.store.transaction((tx) => tx.connections.put('smtp', foreign, 0));
  await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  expect(await engine.letters()).toEqual([]);
  expect(smtp.handed).toEqual([]);
  expect(await owner.api.admin.connections.see()).toEqual({ smtp: 'unreadable' });
  expect(await refusalOf(save({ secret: '' }))).toMatchObject({
    code: 'invalidInput',
    data: { fields: { secret: expect.any(String) } },
  });
  await save();
  await engine.letters();
  expect(smtp.handed).toHaveLength(1);
});

test('R50 the embedded outbox is out of the way while a mail server is set up, and back once it is removed', async () => {
  const { engine, save } = await openAdmin();
  const localOutbox = { folder: '/somewhere/outbox/mail', list: async () => [], read: async () => null };
  const visitor = personAt({ ...engine, deps: { ...engine.deps, localOutbox } });
  const outbox = { kind: 'outbox', folder: localOutbox.folder };
  expect((await visitor.api.open.welcome()).mail).toEqual(outbox);
  await save();
  expect((await visitor.api.open.welcome()).mail).toEqual({ kind: 'smtp' });
  expect(await refusalOf(visitor.api.open.openOutboxFolder())).toMatchObject({ code: 'notFound' });
  await visitor.api.open.signIn.withPassword({ email: OWNER.email, password: OWNER.password });
  expect(await visitor.api.self.outbox.list()).toEqual([]);
  await visitor.api.admin.connections.remove(BY_PASSWORD);
  expect((await visitor.api.open.welcome()).mail).toEqual(outbox);
});

describe('R50 a secret left empty', () => {
  test('keeps the stored one while server and user stay', async () => {
    const { engine, owner, smtp, save } = await openAdmin();
    await save(SIGNED);
    await save({ ...SIGNED, secret: '', dkimKey: '', fromName: 'Example Works Security' });
    await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
    await engine.letters();
    expect(smtp.handed).toMatchObject([
      {
        settings: { auth: { secret: SECRETS[0] }, dkim: { privateKey: KEY }, from: { name: 'Example Works Security' } },
      },
    ]);
  });

  test.each<[string, Partial<SmtpForm>]>([
    ['server', { host: 'attacker.example' }],
    ['encryption', { tls: 'none', allowPlain: true }],
  ])('is refused for another %s, and nothing is sent there', async (_what, change) => {
    const { engine, owner, smtp, save } = await openAdmin();
    await save();
    const before = everythingStored(engine);
    const redirected = { ...smtpForm(), ...change, secret: '' };
    for (const attempt of [save(redirected), owner.api.admin.connections.sendTest(redirected)]) {
      expect(await refusalOf(attempt)).toMatchObject({
        code: 'invalidInput',
        data: { fields: { secret: expect.any(String) } },
      });
    }
    expect(smtp.handed).toEqual([]);
    expect(everythingStored(engine)).toEqual(before);
  });
});

test('a key that cannot sign is refused when it is saved, not when the first letter fails', async () => {
  const { save } = await openAdmin();
  const dkimKey = KEY.replace(SECRETS[1] ?? '', 'useless');
  expect(await refusalOf(save({ ...SIGNED, dkimKey }))).toMatchObject({
    code: 'invalidInput',
    data: { fields: { dkimKey: expect.any(String) } },
  });
});

describe('S26 step-up', () => {
  test('a wrong password saves nothing, is counted and audited', async () => {
    const { engine, owner } = await openAdmin();
    const stepUp = { ...BY_PASSWORD, currentPassword: 'not my password' };
    const audited = await auditedBy(engine, async () => {
      const attempt = owner.api.admin.connections.save({ ...smtpForm(), ...stepUp });
      expect(await refusalOf(attempt)).toMatchObject({ code: 'currentPasswordRejected' });
    });
    expect(audited).toMatchObject([
      { kind: 'stepUpRejected', detail: { purpose: 'connections', reason: 'currentPasswordRejected' } },
    ]);
    expect(await owner.api.admin.connections.see()).toEqual({ smtp: null });
  });

  test('with two-step verification active the password alone does not do; a code sent for it does, once', async () => {
    const { engine, owner, save } = await openAdmin();
    await enableTwoStep(engine, owner);
    expect(await refusalOf(save())).toMatchObject({ code: 'proofNeeded' });
    engine.clock.advance(60_000);
    const { challengeId } = await owner.api.self.twoStep.sendProofCode({ purpose: 'connections' });
    const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(OWNER.email) };
    const stepUp = { currentPassword: OWNER.password, proof };
    const before = owner.jar.session;
    await owner.api.admin.connections.save({ ...smtpForm(), ...stepUp });
    expect(owner.jar.session).not.toBe(before); // S16
    expect(await refusalOf(owner.api.admin.connections.remove(stepUp))).toMatchObject({ code: 'challengeExpired' });
  });

  test('a recovery code does too, and a form that is refused does not use it up', async () => {
    const { engine, owner } = await openAdmin();
    const codes = await enableTwoStep(engine, owner);
    const stepUp = stepUpBy(codes[0]);
    const unfit = owner.api.admin.connections.save({ ...smtpForm({ host: '' }), ...stepUp });
    expect(await refusalOf(unfit)).toMatchObject({ code: 'invalidInput' });
    await owner.api.admin.connections.save({ ...smtpForm(), ...stepUp });
    expect(await owner.api.self.twoStep.status()).toMatchObject({ recoveryCodes: { left: 9 } });
  });
});

test('R43 a change is audited with what was before and after', async () => {
  const { engine, owner, save } = await openAdmin();
  const me = (await owner.api.self.me()).account.id;
  const told =
    'smtp.example.org:587, startTls, password of mailer@example.org, Example Works <security@example.org>, no DKIM';
  const parties = { actorId: me, targetId: null };
  expect(await auditedBy(engine, () => save())).toMatchObject([
    { kind: 'connectionChanged', ...parties, detail: { before: 'outbox folder', after: told } },
  ]);
  const removed = await auditedBy(engine, () => owner.api.admin.connections.remove(BY_PASSWORD));
  expect(removed).toMatchObject([
    { kind: 'connectionChanged', ...parties, detail: { before: told, after: 'outbox folder' } },
  ]);
  expect(await refusalOf(owner.api.admin.connections.remove(BY_PASSWORD))).toMatchObject({
    code: 'notFound',
  });
});

test('S39 R40 a member neither sees nor changes nor tests connections; each attempt is audited', async () => {
  const { engine } = await openAdmin();
  const member = await signedInMember(engine);
  const { connections } = member.api.admin;
  const form = smtpForm();
  const stepUp = { currentPassword: 'a quiet harbour wall', proof: null };
  const calls = {
    see: () => connections.see(),
    save: () => connections.save({ ...form, ...stepUp }),
    check: () => connections.check(form),
    sendTest: () => connections.sendTest(form),
    remove: () => connections.remove(stepUp),
  };
  const { id } = (await member.api.self.me()).account;
  for (const [name, call] of Object.entries(calls)) {
    const audited = await auditedBy(engine, async () => {
      expect(await refusalOf(call())).toMatchObject({ code: 'forbidden' });
    });
    expect(audited).toMatchObject([
      { kind: 'accessDenied', actorId: id, detail: { reason: `admin.connections.${name}` } },
    ]);
  }
});

test('a form can be checked before any proof is asked for: nothing is kept, sent or counted', async () => {
  const { engine, owner, smtp } = await openAdmin();
  const before = everythingStored(engine);
  expect(await owner.api.admin.connections.check(smtpForm())).toEqual({});
  expect(await refusalOf(owner.api.admin.connections.check(smtpForm({ host: '' })))).toMatchObject({
    code: 'invalidInput',
    data: { fields: { host: expect.any(String) } },
  });
  expect(smtp.handed).toEqual([]);
  expect(everythingStored(engine)).toEqual(before);
});
