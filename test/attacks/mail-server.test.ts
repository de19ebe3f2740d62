import { expect, test } from 'vitest';
import { smtpMail } from '../../src-main/adapters/mail/smtp-mail.ts';
import { SECOND } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { BY_PASSWORD } from '../support/mail/admin.ts';
import { newAuthority } from '../support/mail/certificate.ts';
import { openFaultySmtp } from '../support/mail/faulty-smtp.ts';
import { smtpForm } from '../support/mail/settings.ts';
import { CREDENTIALS, enableTwoStep, personAt, signedInOwner } from '../support/person.ts';
import { auditTally } from './support/audit.ts';
import { copiesOf } from './support/people.ts';

const AUTHORITY = newAuthority();
const LIMITS = { connect: 20 * SECOND, total: 20 * SECOND, idle: SECOND, closing: 100 };

/** An owner with two-step verification on, whose codes go through a mail server that fails as told. */
async function scene() {
  const server = await openFaultySmtp(AUTHORITY.issue());
  const smtp = () => smtpMail({ trust: [AUTHORITY.cert], limits: LIMITS });
  const engine = await openEngine({ smtp: smtp() });
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const form = smtpForm({ host: 'localhost', port: server.port });
  engine.clock.advance(60 * SECOND);
  const { challengeId } = await owner.api.self.twoStep.sendProofCode({ purpose: 'connections' });
  const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(CREDENTIALS.email) };
  await owner.api.admin.connections.save({ ...form, ...BY_PASSWORD, proof });
  return {
    server,
    engine,
    owner,
    restarted: () => openEngine({ folder: engine.folder, clock: engine.clock, smtp: smtp() }),
  };
}

const codeIn = (letter: string | undefined) => /^\d{6}$/m.exec(letter ?? '')?.[0] ?? '';

async function pendingAt(engine: Engine) {
  const person = personAt(engine);
  await person.api.open.signIn.withPassword(CREDENTIALS);
  return person;
}

test('S59 while a mail server hangs, everything else goes on, and no session opens without the code', async () => {
  const { server, engine, owner } = await scene();
  server.fail('end of data');
  const pending = await pendingAt(engine);
  const delivering = engine.letters();
  await server.reached();

  expect((await pending.api.open.signIn.pending()).code?.delivery).toBe('queued');
  expect(await pending.api.open.welcome()).toMatchObject({ stage: 'secondStep' });
  await owner.api.self.profile.rename({ name: 'Ada Renamed' });
  for (const { api } of copiesOf(engine, pending, 3)) {
    await expect(api.self.me()).rejects.toThrow('notSignedIn');
    await expect(api.open.signIn.prove({ method: 'email', challengeId: 'unknown', code: '' })).rejects.toThrow();
  }
  expect(await auditTally(engine)).not.toHaveProperty('signedIn');

  server.say('250 taken');
  await delivering;
  expect((await pending.api.open.signIn.pending()).code?.delivery).toBe('sent');
});

test('S59 R51 a code whose receipt was lost arrives again after a restart as the same message, and either copy signs in, once', async () => {
  const { server, engine, restarted } = await scene();
  server.fail('end of data', 'keep and drop');
  const pending = await pendingAt(engine);
  await engine.letters();
  expect((await pending.api.open.signIn.pending()).code?.delivery).toBe('retrying');
  await engine.deps.store.close();

  server.fail(null);
  const next = await restarted();
  next.clock.advance(5 * SECOND);
  await next.letters();
  expect(server.kept).toHaveLength(2);
  expect(server.kept[1]).toBe(server.kept[0]);
  next.clock.advance(300);
  await next.letters();
  expect(server.kept).toHaveLength(2);

  const [first, second] = copiesOf(next, pending, 2);
  const challengeId = (await first?.api.open.signIn.pending())?.code?.challengeId ?? '';
  const answer = { method: 'email' as const, challengeId, code: codeIn(server.kept[0]) };
  await first?.api.open.signIn.prove(answer);
  await expect(second?.api.open.signIn.prove(answer)).rejects.toThrow('signInExpired');
});
