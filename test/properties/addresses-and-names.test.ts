import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskEmail, parseEmail } from '../../src-main/domain/email-address.ts';
import { parseName } from '../../src-main/domain/person-name.ts';

const whatwg: { readonly regex: string } = JSON.parse(
  readFileSync(new URL('../vectors/email-whatwg.json', import.meta.url), 'utf8'),
);
const WHATWG = new RegExp(whatwg.regex);

const address = fc.emailAddress().filter((written) => written.length <= 254);
const messy = fc.oneof(
  address,
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'aZ09.@-_+"()[]:;<>,＠．ａ ﬀ\n\u0000\u202e'.split('')), maxLength: 30 }),
);
/** Shifts printable ASCII to its full-width forms. */
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));

test('S18 every ordinary address is taken, and its key tells no spelling apart', () => {
  fc.assert(
    fc.property(address, (written) => {
      const parsed = parseEmail(written);
      expect(parsed).not.toBeNull();
      for (const other of [written.toUpperCase(), written.toLowerCase(), fullWidth(written), ` ${written}\r\n`]) {
        expect(parseEmail(other)?.key).toBe(parsed?.key);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('S18 normalising an address twice changes nothing more', () => {
  fc.assert(
    fc.property(messy, (written) => {
      const parsed = parseEmail(written);
      if (!parsed) return;
      expect(parseEmail(parsed.email)).toEqual(parsed);
      expect(parseEmail(parsed.key)).toEqual({ email: parsed.key, key: parsed.key });
    }),
    { numRuns: 10_000 },
  );
});

test('S18 S58 what is taken is printable ASCII of at most 254 characters that the web platform takes too', () => {
  fc.assert(
    fc.property(messy, (written) => {
      const parsed = parseEmail(written);
      if (!parsed) return;
      expect(parsed.email).toMatch(/^[!-~]{3,254}$/);
      expect(parsed.email).toMatch(WHATWG);
      expect(parsed.email).not.toMatch(/[\s"(),:;<>[\\\]]/);
    }),
    { numRuns: 10_000 },
  );
});

test('R22 a masked address shows one letter of the mailbox at most', () => {
  fc.assert(
    fc.property(address, (written) => {
      const email = parseEmail(written)?.email ?? '';
      const [shown = '', domain] = maskEmail(email).split('@');
      expect(shown).toBe(`${email[0]}•••`);
      expect(domain).toBe(email.slice(email.lastIndexOf('@') + 1));
    }),
  );
});

const anyName = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(
      ...'aé \u0301\u00a0\u3000\u200b\u200d\u200f\u061c\u202e\u2066\n\u0000\ud83d\u3164Ω'.split(''),
    ),
  }),
);

test('S56 a name that is taken stays as it is when it is taken again', () => {
  fc.assert(
    fc.property(anyName, (written) => {
      const name = parseName(written);
      if (name !== null) expect(parseName(name)).toBe(name);
    }),
    { numRuns: 20_000 },
  );
});

test('S56 a name never has control characters, line ends or marks that reorder text, and something can be seen of it', () => {
  fc.assert(
    fc.property(anyName, (written) => {
      const name = parseName(written);
      if (name === null) return;
      expect(name).not.toMatch(/[\p{Control}\p{Bidi_Control}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}]/u);
      expect(name).toMatch(/[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u);
      expect(name).toBe(name.trim());
      expect(name.normalize('NFC')).toBe(name);
      expect([...name].length).toBeLessThanOrEqual(100);
    }),
    { numRuns: 20_000 },
  );
});
