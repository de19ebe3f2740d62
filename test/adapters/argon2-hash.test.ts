import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { type Argon2, argon2Hash } from '../../src-main/adapters/argon2-hash.ts';

const PEPPER = new Uint8Array(32).fill(7);

/** An argon2 whose work ends when the test says so; tells how much was under way at most. */
function heldArgon2() {
  const held: (() => void)[] = [];
  const begun: string[] = [];
  let running = 0;
  let most = 0;
  const work = async <T>(secret: unknown, result: T): Promise<T> => {
    begun.push(String(secret));
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => held.push(resolve));
    running -= 1;
    return result;
  };
  const argon2: Argon2 = { hash: (secret) => work(secret, 'hash'), verify: (_hash, secret) => work(secret, true) };
  const releaseOne = async () => {
    held.shift()?.();
    await new Promise(setImmediate);
  };
  return { argon2, begun, releaseOne, most: () => most };
}

describe('argon2id', () => {
  test('a password and a recovery code get the parameters of SECURITY 2', async () => {
    const { hash } = argon2Hash(PEPPER);
    const password = parseOptions(await hash('correct horse', 'password'));
    const recoveryCode = parseOptions(await hash('ABCDEFGHJKMNPQRS', 'recoveryCode'));
    const common = { algorithm: 2, version: 1, parallelism: 1, outputLen: 32, saltLen: 16 };
    expect(password).toEqual({ ...common, memoryCost: 65_536, timeCost: 3 });
    expect(recoveryCode).toEqual({ ...common, memoryCost: 19_456, timeCost: 2 });
  });

  test('only the right secret under the right pepper verifies', async () => {
    const { hash, verify } = argon2Hash(PEPPER);
    const encoded = await hash('correct horse', 'recoveryCode');
    const underAnother = argon2Hash(new Uint8Array(32).fill(8));
    expect(await verify(encoded, 'correct horse')).toBe(true);
    expect(await verify(encoded, 'correct horsf')).toBe(false);
    expect(await verify(encoded, '')).toBe(false);
    expect(await underAnother.verify(encoded, 'correct horse')).toBe(false);
  });

  test('the same password typed in composed or decomposed letters is the same', async () => {
    const { hash, verify } = argon2Hash(PEPPER);
    expect(
      await verify(await hash('caf\u00e9 \u00c5ngstr\u00f6m', 'recoveryCode'), 'cafe\u0301 A\u030angstro\u0308m'),
    ).toBe(true);
  });

  test('S19 a stored hash that is malformed, of another kind or too weak throws instead of answering', async () => {
    const { hash, verify } = argon2Hash(PEPPER);
    const good = await hash('x', 'recoveryCode');
    const bad = [
      '',
      'plain',
      good.slice(0, -1),
      `${good}A`,
      good.replace('argon2id', 'argon2i'),
      good.replace('v=19', 'v=16'),
      good.replace('m=19456', 'm=8'),
      good.replace('t=2', 't=1'),
    ];
    for (const encoded of bad) await expect(verify(encoded, 'x')).rejects.toThrow('malformed or weaker');
  });

  test('at most four hashes run at a time; the others follow in the order they came', async () => {
    const { argon2, begun, releaseOne, most } = heldArgon2();
    const { hash, verify, pretend } = argon2Hash(PEPPER, argon2);
    const stored = await argon2Hash(PEPPER).hash('x', 'recoveryCode');
    const calls = [
      ...['1', '2', '3'].map((secret) => hash(secret, 'password')),
      ...['4', '5', '6'].map((secret) => verify(stored, secret)),
      ...['7', '8', '9'].map((secret) => pretend(secret)),
    ];
    await new Promise(setImmediate);
    expect(begun).toHaveLength(4);
    for (const _ of calls) await releaseOne();
    await Promise.all(calls);
    expect({ most: most(), begun }).toEqual({ most: 4, begun: ['1', '2', '3', '4', '5', '6', '7', '8', '9'] });
  });

  test('a hash that fails gives its place to the next', async () => {
    let calls = 0;
    const failing: Argon2 = {
      hash: async () => {
        calls += 1;
        throw new Error('no memory');
      },
      verify: async () => false,
    };
    const { hash } = argon2Hash(PEPPER, failing);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => hash('x', 'password')));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(calls).toBe(20);
  });
});
