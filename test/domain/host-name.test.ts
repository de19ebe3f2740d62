import { expect, test } from 'vitest';
import { isHost, isLoopbackHost } from '../../src-main/domain/host-name.ts';

test.each([
  ...[
    'smtp.example.org',
    'SMTP.Example.ORG',
    'localhost',
    'mail',
    'a-b.c1.example',
    'xn--mnchen-3ya.example',
    '3com.example',
  ],
  ...['192.0.2.7', '127.0.0.1', '0.0.0.0', '255.255.255.255'],
  ...['::1', '::', '2001:db8::7', '2001:db8:0:0:0:0:0:7', '::ffff:192.0.2.7', 'fe80::1'],
])('%s names a host', (host) => {
  expect(isHost(host)).toBe(true);
});

test.each([
  ...[
    '',
    ' ',
    'smtp example.org',
    'smtp.example.org.',
    '.example.org',
    'a..b',
    '-a.example',
    'a-.example',
    'smtp_1.example',
  ],
  ...[
    'ä.example',
    'smtp.example.org\r\nRCPT TO:<a@b>',
    'http://smtp.example.org',
    'smtp.example.org:25',
    'user@host',
    `${'a'.repeat(64)}.example`,
  ],
  ...[`${'a.'.repeat(127)}example`, '192.0.2', '192.0.2.256', '192.0.2.07', '0x7f.0.0.1', '2130706433', '1.2.3.4.5'],
  ...[
    '[::1]',
    ':::',
    '1::2::3',
    '2001:db8::7%eth0',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::192.0.2.256',
    'g::1',
  ],
])('S44 %j does not', (host) => {
  expect(isHost(host)).toBe(false);
});

test('an endless name is refused at once', () => {
  for (const unit of ['a', 'a.', 'a-', '-', '1.', ':', 'a:']) expect(isHost(unit.repeat(500_000))).toBe(false);
});

test.each(['localhost', 'LOCALHOST', 'mail.localhost', '127.0.0.1', '127.8.9.10', '::1'])(
  '%s stays on this computer',
  (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  },
);

test.each([
  'localhost.example.org',
  '128.0.0.1',
  '127.0.0.1.example.org',
  'notlocalhost',
  '10.0.0.1',
  '0.0.0.0',
  '::',
  '',
])('%s may be elsewhere', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});
