import { cpSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { parseEmail } from '../../../src-main/domain/email-address.ts';
import type { Message } from '../../../src-main/domain/message.ts';
import { newAccount } from '../../../src-main/use-cases/set-up/create-workspace.ts';
import { type Engine, openEngine, type TestClock, testClock } from '../../support/engine.ts';
import { freshFolder, SCRATCH } from '../../support/open-test-store.ts';
import { type Person, personAt } from '../../support/person.ts';
import { AWAY, SEATS } from './seat-rules.ts';
import { CAST, emailOf, firstPasswordOf, KEYS, type Key, nameOf } from './who.ts';

const HERE_ADDRESS = '192.0.2.7';
const AWAY_ADDRESS = '198.51.100.9';
export const RANGE_OF = { nowhere: '', here: '192.0.2.0/24', away: AWAY_ADDRESS } as const;

/** Letters about somebody's security, which the rules foretell one by one. */
const FORETOLD: ReadonlySet<Message['kind']> = new Set<Message['kind']>([
  'accountLocked',
  'breakGlassUsed',
  'invitation',
  'passwordChanged',
  'recoveryCodeUsed',
  'recoveryCodesReplaced',
  'roleChanged',
  'twoStepDisabled',
  'twoStepEnabled',
  'twoStepReset',
]);

/** The product as a walk meets it: seats, mailboxes, and a clock. */
export class World {
  readonly clock: TestClock;
  readonly ids: ReadonlyMap<Key, string>;
  readonly passwords = new Map(KEYS.map((key) => [key, firstPasswordOf(key)]));
  /** Sessions that were there before. */
  readonly seen = new Set<string>();
  seats: readonly Person[];
  #engine: Engine;
  #letters = 0;
  #audited = 0;
  #fresh = 0;

  private constructor(engine: Engine, ids: ReadonlyMap<Key, string>) {
    this.#engine = engine;
    this.clock = engine.clock;
    this.ids = new Map(ids);
    this.seats = SEATS.map((seat) => seatOf(engine, seat));
  }

  /** A workspace that everybody but Ines has joined, with nobody signed in; once, to be copied for each walk. */
  static async prepare(): Promise<{ folder: string; ids: ReadonlyMap<Key, string> }> {
    const folder = await freshFolder(SCRATCH);
    const engine = await openEngine({ folder, durability: 'none' });
    const { api } = personAt(engine);
    const password = firstPasswordOf('olga');
    const firstRun = { workspaceName: 'Example Works', name: nameOf('olga'), email: emailOf('olga'), password };
    await api.open.setUp({ ...firstRun, confirmPassword: password, template: 'strong' });
    await api.self.signOut();
    const { deps } = engine;
    for (const { key, role } of CAST) {
      const address = parseEmail(emailOf(key));
      if (!address || key === 'olga' || key === 'ines') continue;
      const hash = await deps.passwordHash.hash(firstPasswordOf(key), 'password');
      const account = newAccount(deps.random.id(), nameOf(key), address, role, hash, deps.clock.now());
      await deps.store.transaction((tx) => tx.accounts.add(account));
    }
    const accounts = await engine.read((tx) => tx.accounts.list());
    await deps.store.close();
    const ids = CAST.flatMap(({ key }) => {
      const id = accounts.find(({ email }) => email === emailOf(key))?.id;
      return id ? [[key, id] as const] : [];
    });
    return { folder, ids: new Map(ids) };
  }

  static async copyOf({ folder, ids }: { folder: string; ids: ReadonlyMap<Key, string> }): Promise<World> {
    const own = await freshFolder(SCRATCH);
    cpSync(folder, own, { recursive: true });
    const engine = await openEngine({ folder: own, clock: testClock(), durability: 'none' });
    const world = new World(engine, ids);
    await world.audited();
    return world;
  }

  get engine(): Engine {
    return this.#engine;
  }

  seat(index: number): Person {
    const person = this.seats[index];
    if (!person) throw new Error(`There is no seat ${index}.`);
    return person;
  }

  idOf(key: Key): string {
    return this.ids.get(key) ?? 'nobody';
  }

  cameAs(key: Key, id: string): void {
    (this.ids as Map<Key, string>).set(key, id);
  }

  passwordOf(key: Key, right = true): string {
    return right ? (this.passwords.get(key) ?? '') : 'not my password';
  }

  freshPassword(): string {
    this.#fresh += 1;
    return `a brand new secret, number ${this.#fresh}`;
  }

  /** The process ends and starts again over the same folder; the seats keep their cookies. */
  async restart(): Promise<void> {
    await this.lettersSince();
    await this.#engine.deps.store.close();
    const { folder, clock } = this.#engine;
    this.#engine = await openEngine({ folder, clock, durability: 'none' });
    this.#letters = 0;
    this.seats = this.seats.map(({ jar }, seat) => {
      const person = seatOf(this.#engine, seat);
      Object.assign(person.jar, jar);
      return person;
    });
  }

  async close(): Promise<void> {
    await this.#engine.deps.store.close();
    await rm(this.#engine.folder, { recursive: true, force: true });
  }

  /** The foretold letters that left since this was asked last, as `kind to who`. */
  async lettersSince(): Promise<string[]> {
    const letters = await this.#engine.letters();
    const left = letters.slice(this.#letters).filter(({ message }) => FORETOLD.has(message.kind));
    this.#letters = letters.length;
    return left.map(({ to, message }) => `${message.kind} to ${to.split('@')[0]}`);
  }

  mailedCode(key: Key): Promise<string> {
    return this.#engine.codeFor(emailOf(key));
  }

  async inviteCode(): Promise<string> {
    const codes = (await this.#engine.letters()).flatMap(({ message }) =>
      message.kind === 'invitation' ? message.inviteCode : [],
    );
    return codes.at(-1) ?? 'none';
  }

  /** The kinds of what was put on record since this was asked last. */
  async audited(): Promise<string[]> {
    const entries = await this.#engine.read((tx) => tx.audit.list(this.#audited, 1_000));
    this.#audited = entries.at(-1)?.sequence ?? this.#audited;
    return entries.map(({ kind }) => kind);
  }
}

function seatOf(engine: Engine, seat: number): Person {
  return personAt(engine, 'desktop', seat === AWAY ? AWAY_ADDRESS : HERE_ADDRESS);
}
