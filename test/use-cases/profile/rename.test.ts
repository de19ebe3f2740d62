import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, everythingStored } from '../../support/records.ts';

test.each([
  ['Ada Lovelace', 'Ada Lovelace'],
  ['  Ada   Lovelace ', 'Ada Lovelace'],
  ['Zoë', 'Zoë'],
  ['<b>Ada</b> {name} %s ; drop table accounts', '<b>Ada</b> {name} %s ; drop table accounts'],
  ['Ñ'.repeat(100), 'Ñ'.repeat(100)],
])('R5 S56 one’s name can be changed to %j, with what it was before on record', async (input, name) => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const audited = await auditedBy(engine, async () => {
    expect(await owner.api.self.profile.rename({ name: input })).toEqual({ name });
  });
  expect(audited).toMatchObject([{ kind: 'nameChanged', detail: {} }]);
  expect((await owner.api.self.me()).account.name).toBe(name);
});

test.each([
  ['blank', '   '],
  ['of two lines', 'Ada\r\nBcc: eve@example.org'],
  ['reordering the text around it', 'Ada\u202eenwO'],
  ['of 101 characters', 'x'.repeat(101)],
  ['of a megabyte', 'x'.repeat(1_000_000)],
  ['that is a number', 7],
  ['that is a list', ['Ada']],
])('S56 a name %s is refused, and nothing changes', async (_, name) => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const before = everythingStored(engine);
  const rename: (input: unknown) => Promise<unknown> = owner.api.self.profile.rename as never;
  await expect(rename({ name })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(everythingStored(engine)).toEqual(before);
});

test('R5 the new name greets in letters from then on', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await owner.api.self.profile.rename({ name: 'Ada Lovelace' });
  await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
  expect((await engine.letters()).map(({ name }) => name)).toEqual(['Ada Lovelace']);
  expect(await refusalOf(owner.api.self.profile.rename({ name: '\u2066x' }))).toMatchObject({ code: 'invalidInput' });
});
