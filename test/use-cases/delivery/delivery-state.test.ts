import { expect, test } from 'vitest';
import { MailFailure } from '../../../src-main/domain/mail-failure.ts';
import { openAdmin } from '../../support/mail/admin.ts';

/** A code on its way through a mail server that does as told. */
async function codeOnItsWay() {
  const { engine, owner, smtp, save } = await openAdmin();
  await save();
  const { challengeId, delivery } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  const state = async () => (await owner.api.self.twoStep.codeState({ challengeId }))?.delivery;
  return { engine, smtp, first: delivery, state };
}

test('R51 a code is queued, then retrying while the mail server does not take it, then sent', async () => {
  const { engine, smtp, first, state } = await codeOnItsWay();
  smtp.weather.push(() => Promise.reject(new MailFailure('timeout')));
  expect(first).toBe('queued');
  await engine.letters();
  expect(await state()).toBe('retrying');
  engine.clock.advance(5_000);
  await engine.letters();
  expect(await state()).toBe('sent');
  expect(smtp.handed).toHaveLength(2);
});

test('R51 S59 a code that the mail server refuses for good is failed after the first try', async () => {
  const { engine, smtp, state } = await codeOnItsWay();
  smtp.weather.push(() => Promise.reject(new MailFailure('recipientRejected', '550 no such user', true)));
  await engine.letters();
  expect(await state()).toBe('failed');
});
