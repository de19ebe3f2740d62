import { describe, expect, test } from 'vitest';
import { cookieCarrier } from '../../src-main/api/carrier.ts';
import { DAY } from '../../src-main/domain/values.ts';

const token = (letter: string) => ({ id: letter.repeat(22), secret: letter.repeat(43) });
const wire = (letter: string) => `${letter.repeat(22)}.${letter.repeat(43)}`;

function carrierOf(cookie = '') {
  const answer = new Headers();
  return { answer, carrier: cookieCarrier(new Headers({ cookie }), answer, '0a1b2c3d') };
}

describe('R18 the cookie of trust', () => {
  test('R18 holds which devices and their secrets, out of any script’s reach, for as long as it is told', () => {
    const { answer, carrier } = carrierOf();
    carrier.setTrusts([token('a'), token('b')], 7 * DAY);
    expect(answer.getSetCookie()).toEqual([
      `vestibule_trust_0a1b2c3d=${wire('a')}~${wire('b')}; Path=/api; HttpOnly; SameSite=Strict; Max-Age=604800`,
    ]);
    const [cookie = ''] = answer.getSetCookie()[0]?.split(';') ?? [];
    expect(carrierOf(cookie).carrier.trusts).toEqual([token('a'), token('b')]);
  });

  test('R18 for this session only, it has no end of its own', () => {
    const { answer, carrier } = carrierOf();
    carrier.setTrusts([token('a')], 'session');
    expect(answer.getSetCookie()[0]).not.toMatch(/max-age/i);
  });

  test('is ended where nothing is left', () => {
    const { answer, carrier } = carrierOf();
    carrier.setTrusts([], 7 * DAY);
    expect(answer.getSetCookie()[0]).toMatch(/^vestibule_trust_0a1b2c3d=; .*Max-Age=0$/);
  });

  test('of another data folder it is not looked at', () => {
    expect(carrierOf(`vestibule_trust_ffffffff=${wire('a')}`).carrier.trusts).toEqual([]);
  });

  test.each([
    '',
    '~~~',
    'a.b',
    `${wire('a')}x`,
    wire('ü'),
    wire('a').replace('.', '..'),
    `${'a'.repeat(60_000)}`,
    '%00'.repeat(100),
  ])('S5 S32 nonsense is nothing: %.20s', (value) => {
    expect(carrierOf(`vestibule_trust_0a1b2c3d=${encodeURI(value)}`).carrier.trusts).toEqual([]);
  });

  test('more than ten are not read', () => {
    const value = Array.from({ length: 40 }, () => wire('a')).join('~');
    expect(carrierOf(`vestibule_trust_0a1b2c3d=${value}`).carrier.trusts).toHaveLength(10);
  });
});
