import { expect, test } from 'vitest';
import { MailFailure } from '../../../src-main/domain/mail-failure.ts';
import { MINUTE } from '../../../src-main/domain/values.ts';
import { openAdmin } from '../../support/mail/admin.ts';
import { smtpForm, smtpSettings } from '../../support/mail/settings.ts';
import { OWNER, refusalOf } from '../../support/person.ts';
import { auditedBy, everythingStored } from '../../support/records.ts';

const TOLD =
  'smtp.example.org:587, startTls, password of mailer@example.org, Example Works <security@example.org>, no DKIM';

test('R50 a test goes to one’s own address at once, through settings that are not saved, and saves nothing', async () => {
  const { engine, owner, smtp } = await openAdmin();
  const before = everythingStored(engine);
  const audited = await auditedBy(engine, async () => {
    expect(await owner.api.admin.connections.sendTest(smtpForm())).toEqual({ sentTo: OWNER.email });
  });
  expect(smtp.handed).toMatchObject([
    {
      by: 'sendOnce',
      settings: smtpSettings(),
      letter: { to: OWNER.email, name: OWNER.name, message: { kind: 'mailTest' } },
    },
  ]);
  expect(audited).toMatchObject([{ kind: 'connectionTested', detail: { after: TOLD } }]);
  expect(everythingStored(engine)).toEqual(before);
});

test('R50 the saved settings can be tested as they are, secrets included', async () => {
  const { owner, smtp, save } = await openAdmin();
  await save();
  await owner.api.admin.connections.sendTest(smtpForm({ secret: '' }));
  await owner.api.admin.connections.sendTest(smtpForm({ secret: '', fromName: 'Not Saved' }));
  expect(smtp.handed.map(({ settings }) => settings)).toEqual([
    smtpSettings(),
    smtpSettings({ from: { name: 'Not Saved', address: 'security@example.org' } }),
  ]);
});

test('R50 a test that fails says why, changes nothing and is audited by its reason', async () => {
  const { engine, owner, smtp, save } = await openAdmin();
  await save();
  const before = everythingStored(engine);
  smtp.weather.push(() => Promise.reject(new MailFailure('authRejected', '535 5.7.8 Bad credentials')));
  const audited = await auditedBy(engine, async () => {
    expect(await refusalOf(owner.api.admin.connections.sendTest(smtpForm({ secret: '' })))).toEqual({
      code: 'mailNotSent',
      data: { reason: 'authRejected', reply: '535 5.7.8 Bad credentials' },
    });
  });
  expect(audited).toMatchObject([{ kind: 'connectionTested', detail: { after: TOLD, reason: 'authRejected' } }]);
  expect(everythingStored(engine)).toEqual(before);
});

test('five tests in ten minutes, however many at once, whatever comes of them', async () => {
  const { engine, owner, smtp } = await openAdmin();
  const start = engine.clock.now();
  smtp.weather.push(() => Promise.reject(new MailFailure('refused')));
  const attempts = Array.from({ length: 20 }, () => owner.api.admin.connections.sendTest(smtpForm()));
  const outcomes = await Promise.allSettled(attempts);
  expect(smtp.handed).toHaveLength(5);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  engine.clock.advance(10 * MINUTE - 1);
  expect(await refusalOf(owner.api.admin.connections.sendTest(smtpForm()))).toEqual({
    code: 'tooManyTests',
    data: { retryAt: start + 10 * MINUTE },
  });
  engine.clock.advance(1);
  await owner.api.admin.connections.sendTest(smtpForm());
  expect(smtp.handed).toHaveLength(6);
});

test('a form that is refused costs no test', async () => {
  const { owner, smtp } = await openAdmin();
  for (let tries = 0; tries < 9; tries += 1) {
    expect(await refusalOf(owner.api.admin.connections.sendTest(smtpForm({ host: '' })))).toMatchObject({
      code: 'invalidInput',
    });
  }
  await owner.api.admin.connections.sendTest(smtpForm());
  expect(smtp.handed).toHaveLength(1);
});

test('a test of other settings leaves the saved ones in use', async () => {
  const { owner, save } = await openAdmin();
  await save();
  await owner.api.admin.connections.sendTest(smtpForm({ host: 'other.example.org', secret: 'other' }));
  expect((await owner.api.admin.connections.see()).smtp).toMatchObject({ host: 'smtp.example.org' });
});
