import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { folderMail } from '../../src-main/adapters/mail/folder-mail.ts';
import { openLog } from '../../src-main/adapters/pino-log.ts';
import { dispatchLetters } from '../../src-main/use-cases/delivery/dispatch-letters.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { OWNER, personAt } from '../support/person.ts';
import { auditOf } from './support/audit.ts';
import { browserAt } from './support/browser.ts';
import { dumpOf } from './support/database.ts';
import { withDeps } from './support/people.ts';
import { expectRefusal, verdictOf, wordFor } from './support/verdict.ts';

/** Names that would reorder, break or forge what surrounds them. */
const REFUSED: Record<string, string> = {
  'a second header': 'Ada\r\nBcc: eve@example.org',
  'a bare line feed': 'Ada\nBcc: eve@example.org',
  'a bare carriage return': 'Ada\rBcc: eve@example.org',
  'a line separator': 'Ada\u2028Bcc: eve@example.org',
  'a paragraph separator': 'Ada\u2029Bcc',
  'a next-line control': 'Ada\u0085Bcc',
  'a NUL': 'Ada\u0000Owner',
  'an escape sequence': 'Ada\u001b[2J\u001b]0;owned\u0007',
  'an override of direction': 'Ada \u202egro.elpmaxe',
  'an isolate': 'Ada \u2066evil\u2069',
  'a right-to-left mark': 'Ada\u200f!',
  'an Arabic letter mark': 'Ada\u061c!',
  'half a letter': 'Ada\ud83d',
  'nothing visible': '\u200b\u00ad\u2060',
  'a megabyte': 'A'.repeat(1_000_000),
  '101 characters': 'A'.repeat(101),
};

/** Names that are odd, but a person's to have: they must stay what they are, wherever they come up. */
const INERT: Record<string, string> = {
  script: '<script>alert(document.cookie)</script>',
  'an image': '<img src=x onerror="alert(1)">',
  'a way out of an attribute': '"><svg onload=alert(1)>',
  SQL: "Robert'); DROP TABLE accounts; --",
  'SQL that is always true': "' OR 1=1 --",
  'an address of its own': '"Ada" <eve@example.org>, eve@example.org',
  'an escaped header': 'Ada%0d%0aBcc: eve@example.org =?utf-8?q?=0D=0ABcc:_eve=40example.org?=',
  'a template': '{{7*7}} {code} {name} {workspace} %s',
  'six digits': 'Ada 123456',
  'a formula': "=cmd|' /C calc'!A0",
  'another script': '株式会社 Ünïcødé 👩‍💻',
};

const FIRST_RUN = { email: OWNER.email, password: OWNER.password, confirmPassword: OWNER.password };

async function setUpAs(engine: Engine, name: string) {
  const person = personAt(engine);
  await person.api.open.setUp({ ...FIRST_RUN, workspaceName: name, name, template: 'strong' });
  return person;
}

/** Every letter so far, as files that a mail program would open. */
async function mailFrom(engine: Engine): Promise<{ raw: string; head: string }[]> {
  const folder = join(engine.folder, 'mail');
  await dispatchLetters({ ...engine.deps, mail: folderMail(folder) });
  const files = readdirSync(folder).filter((file) => file.endsWith('.eml'));
  return files.map((file) => {
    const raw = readFileSync(join(folder, file), 'utf8');
    return { raw, head: raw.slice(0, raw.indexOf('\r\n\r\n')) };
  });
}

describe('S56 a name that breaks what surrounds it is refused', () => {
  test.each(Object.entries(REFUSED))('%s', async (_, name) => {
    const engine = await openEngine();
    const stranger = personAt(engine);
    for (const field of ['name', 'workspaceName'] as const) {
      const firstRun = {
        ...FIRST_RUN,
        workspaceName: 'Example Works',
        name: 'Ada',
        template: 'strong' as const,
        [field]: name,
      };
      expect(await verdictOf(stranger.api.open.setUp(firstRun))).toMatchObject({
        code: 'invalidInput',
        data: { fields: { [field]: expect.any(String) } },
      });
    }
    const owner = await setUpAs(engine, 'Ada');
    await expectRefusal(owner.api.self.profile.rename({ name }), 'invalidInput');
    expect(JSON.stringify([dumpOf(engine), await auditOf(engine)])).not.toContain('Bcc');
    expect((await owner.api.self.me()).account.name).toBe('Ada');
  });
});

describe('S56 an odd name stays what it is', () => {
  test.each(Object.entries(INERT))('%s: in answers and database, and not in the audit', async (_, name) => {
    const engine = await openEngine();
    const owner = await setUpAs(engine, name);
    await owner.api.self.profile.rename({ name: 'Ada' });
    await owner.api.self.profile.rename({ name });
    expect(await owner.api.self.me()).toMatchObject({ account: { name }, workspace: { name } });
    expect(await owner.api.open.welcome()).toMatchObject({ workspaceName: name });
    expect((await auditOf(engine)).at(-1)).toMatchObject({ kind: 'nameChanged', detail: {} });
    expect(dumpOf(engine)).toMatchObject({ accounts: [{ name, role: 'owner' }], workspace: [{ name }] });
  });

  test.each(Object.entries(INERT))('%s: in the letters and their headers', async (_, name) => {
    const engine = await openEngine();
    const owner = await setUpAs(engine, name);
    const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
    const mail = await mailFrom(engine);
    const [{ raw, head } = { raw: '', head: '' }] = mail;
    expect(mail).toHaveLength(1);
    const names = head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
    expect(names.filter((header) => ['to', 'cc', 'bcc', 'from', 'subject'].includes(header)).sort()).toEqual([
      'from',
      'subject',
      'to',
    ]);
    const { to, cc, bcc, text = '', html = '' } = await PostalMime.parse(raw);
    expect([to?.map(({ address }) => address), cc, bcc]).toEqual([[OWNER.email], undefined, undefined]);
    expect(html).not.toMatch(/<(script|img|svg)/i);
    if (/[<"]/.test(name)) expect(html).not.toContain(name);
    const codes = text.match(/\b\d{6}\b/g) ?? [];
    expect(codes).toHaveLength(1);
    await owner.api.self.twoStep.enable({ challengeId, code: codes[0] ?? '' });
  });

  test.each(Object.entries(INERT))('%s: in the log', async (_, name) => {
    const engine = await openEngine();
    const owner = await setUpAs(engine, name);
    const log = openLog(join(engine.folder, 'logs'));
    const broken = withDeps(engine, {
      log,
      store: { ...engine.deps.store, read: () => Promise.reject(new Error(`cannot read ${name}\n{"level":50}`)) },
    });
    const seat = personAt(broken);
    seat.jar.session = owner.jar.session;
    expect(wordFor(await verdictOf(seat.api.self.me()))).toBe('failed');
    log.close();
    const lines = readFileSync(join(engine.folder, 'logs', 'vestibule.log'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ path: 'self.me', msg: 'a procedure failed' });
  });
});

const ADDRESSES = [
  'ada@example.org\r\nBcc: eve@example.org',
  'ada@example.org, eve@example.org',
  'Ada <ada@example.org>',
  '"ada\\r\\nBcc: eve"@example.org',
  'ada@example.org\u0000',
  'ada@[127.0.0.1]',
  'ada@localhost',
  '<script>@example.org',
  'ada@exa\u202emple.org',
];

test.each(ADDRESSES)('S56 %j is no address to write to', async (email) => {
  const engine = await openEngine();
  const firstRun = { ...FIRST_RUN, workspaceName: 'Example Works', name: 'Ada', template: 'strong' as const, email };
  await expectRefusal(personAt(engine).api.open.setUp(firstRun), 'invalidInput');
});

test('S56 a program that gives itself a hostile name is listed under a harmless one', async () => {
  const engine = await openEngine();
  await setUpAs(engine, 'Ada');
  for (const [agent, name] of [
    ['<script>alert(1)</script>', 'Unknown program'],
    ['Mozilla/5.0 (X11; Linux) Chrome/1 <img src=x>', 'Chrome on Linux'],
  ]) {
    const browser = browserAt(engine);
    const credentials = JSON.stringify({ email: OWNER.email, password: OWNER.password });
    await browser.send('open.signIn.withPassword', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': agent ?? '' },
      body: credentials,
    });
    const sessions = (await browser.query('self.sessions.list')).data as { client: string; current: boolean }[];
    expect(sessions.find(({ current }) => current)?.client).toBe(name);
  }
});
