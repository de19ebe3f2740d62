import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCookieJar } from '../../src-main/hosts/cookie-jar.ts';
import { keptCookies } from '../../src-main/hosts/kept-cookies.ts';
import { openEngine } from '../support/engine.ts';
import { freshFolder } from '../support/open-test-store.ts';

const SESSION = 'vestibule_session_x=s1; Path=/api; HttpOnly; SameSite=Strict';
const TRUST = 'vestibule_trust_x=t1; Path=/api; HttpOnly; SameSite=Strict; Max-Age=604800';

/** Somewhere to keep cookies that a test can look into. */
function shelf() {
  const texts: string[] = [];
  return { texts, read: () => texts.at(-1) ?? null, write: (text: string) => void texts.push(text) };
}

describe('R18 what outlasts a restart of a host that keeps the cookies', () => {
  test('R18 a cookie with a Max-Age does, and no other is ever written', () => {
    const kept = shelf();
    const jar = createCookieJar(kept);
    jar.keep(SESSION);
    jar.keep(TRUST);
    expect(jar.cookiesFor('/api/trpc/x')).toBe('vestibule_session_x=s1; vestibule_trust_x=t1');
    expect(createCookieJar(kept).cookiesFor('/api/trpc/x')).toBe('vestibule_trust_x=t1');
    expect(kept.texts.join()).not.toContain('s1');
  });

  test('R18 what policy keeps for this session only does not', () => {
    const kept = shelf();
    createCookieJar(kept).keep('vestibule_trust_x=t1; Path=/api; HttpOnly; SameSite=Strict');
    expect(createCookieJar(kept).cookiesFor('/api')).toBe('');
  });

  test('S32 a new secret takes the old one’s place at once, and an end is kept too', () => {
    const kept = shelf();
    const jar = createCookieJar(kept);
    jar.keep(TRUST);
    jar.keep(TRUST.replace('t1', 't2'));
    expect(createCookieJar(kept).cookiesFor('/api')).toBe('vestibule_trust_x=t2');
    jar.keep('vestibule_trust_x=; Path=/api; Max-Age=0');
    expect(createCookieJar(kept).cookiesFor('/api')).toBe('');
  });

  test('a cookie that becomes one of this session is kept no more', () => {
    const kept = shelf();
    const jar = createCookieJar(kept);
    jar.keep(TRUST);
    jar.keep('vestibule_trust_x=t3; Path=/api');
    expect([jar.cookiesFor('/api'), createCookieJar(kept).cookiesFor('/api')]).toEqual(['vestibule_trust_x=t3', '']);
  });

  test('locking the app forgets who was signed in, not which computer this is', () => {
    const jar = createCookieJar(shelf());
    jar.keep(SESSION);
    jar.keep(TRUST);
    jar.clear();
    expect(jar.cookiesFor('/api')).toBe('vestibule_trust_x=t1');
  });
});

describe('S70 the file they are kept in', () => {
  test('S70 S80 shows nothing without the vault, and is its owner’s alone', async () => {
    const { deps, folder } = await openEngine();
    const file = join(folder, 'cookies.kept');
    keptCookies(file, deps.vault).write('a secret of the jar');
    expect(readFileSync(file, 'utf8')).not.toContain('secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(keptCookies(file, deps.vault).read()).toBe('a secret of the jar');
  });

  test('S32 one that was altered, or comes from another workspace, is none', async () => {
    const [here, elsewhere] = [await openEngine(), await openEngine()];
    const file = join(here.folder, 'cookies.kept');
    keptCookies(file, elsewhere.deps.vault).write('a secret of the jar');
    expect(keptCookies(file, here.deps.vault).read()).toBe(null);
    writeFileSync(file, 'nonsense');
    expect(keptCookies(file, here.deps.vault).read()).toBe(null);
  });

  test('S73 a folder that cannot be written to stops nothing', async () => {
    const { deps } = await openEngine();
    const kept = keptCookies(join(await freshFolder(), 'not there', 'cookies.kept'), deps.vault);
    kept.write('a secret of the jar');
    expect(kept.read()).toBe(null);
  });
});
