import { describe, expect, test } from 'vitest';
import { parseEmail } from '../../../src-main/domain/email-address.ts';
import { CODE, letterOf, MESSAGES, sixDigitWords } from '../../support/letters.ts';
import { failsFor, openPeerPost } from '../../support/mail/peer-post.ts';
import isemail from '../../vectors/email-isemail.json' with { type: 'json' };

describe('S56 hostile words', () => {
  test.each([
    'Eve\r\nBcc: everyone@example.org',
    'Eve\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n',
    'Eve" <eve@evil.example>, "x',
    '=?utf-8?B?QmNjOiBldmVAZXZpbC5leGFtcGxl?=',
    'Eve;group:a@b.example,;',
    '<script>alert(1)</script>',
    '.',
  ])('%j as name, workspace and sender’s name adds no addressee, header or command', async (words) => {
    const { peer, send } = await openPeerPost();
    await send(letterOf(MESSAGES.signInCode));
    await send(letterOf(MESSAGES.signInCode, { name: words, workspace: words }), {
      from: { name: words, address: 'security@example.org' },
    });
    const [plain, hostile] = peer.received;
    expect(hostile).toMatchObject({ from: 'security@example.org', to: ['ada@example.org'] });
    expect(hostile?.mail.headerLines.map(({ key }) => key)).toEqual(plain?.mail.headerLines.map(({ key }) => key));
    expect(hostile?.mail.from?.value.map(({ address }) => address)).toEqual(['security@example.org']);
    expect(hostile?.mail.to?.value.map(({ address }) => address)).toEqual(['ada@example.org']);
    expect(hostile?.mail.html).not.toContain('<script');
    expect(sixDigitWords(hostile?.mail.text ?? '')).toEqual([CODE]);
  });
});

describe('S58 addresses that the engine does not take', () => {
  const pathological = [
    ...['(', '<', '"', '\\', ',', ';:', '@', 'a@', ' ', '\r\n', '\u0000'].map((unit) => unit.repeat(100_000)),
    `${'('.repeat(5_000)}a${')'.repeat(5_000)}@example.org`,
    `"${'\\"'.repeat(50_000)}"@example.org`,
    'ada@example.org>\r\nRCPT TO:<eve@evil.example',
    'ada@example.org, eve@evil.example',
    '"ada@evil.example"@example.org',
    'ada@example.org SIZE=0',
  ];
  const unfit = isemail.tests.map(({ address }) => address).filter((address) => parseEmail(address) === null);

  test('never reach the mail library or the server, and are refused for good at once', async () => {
    const { peer, send } = await openPeerPost();
    expect(unfit.length).toBeGreaterThan(50);
    for (const to of [...pathological, ...unfit]) {
      await expect(send(letterOf(MESSAGES.signInCode, { to })), to.slice(0, 60)).rejects.toMatchObject(
        failsFor('recipientRejected', true),
      );
    }
    await expect(
      send(letterOf(MESSAGES.signInCode), { from: { name: 'x', address: pathological[0] ?? '' } }),
    ).rejects.toMatchObject(failsFor('senderRejected'));
    expect(peer.connections()).toBe(0);
  });
});
