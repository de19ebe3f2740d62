import { rm } from 'node:fs/promises';
import { TRPCError } from '@trpc/server';
import { DomainError } from '../../../src-main/domain/errors.ts';
import { type Engine, openEngine, type TestClock } from '../../support/engine.ts';
import { OWNER, type Person, personAt } from '../../support/person.ts';
import type { LetterSent, Told } from './words.ts';

/** The product as the walk meets it: three screens of one desktop, a mailbox, and a clock. */
export class World {
  readonly clock: TestClock;
  password: string = OWNER.password;
  screens: readonly Person[];
  #engine: Engine;
  #read = 0;
  #passwords = 0;

  private constructor(engine: Engine) {
    this.#engine = engine;
    this.clock = engine.clock;
    this.screens = [0, 1, 2].map(() => personAt(engine));
  }

  /** A new workspace, its owner signed in at the first screen. */
  static async create(): Promise<World> {
    const world = new World(await openEngine({ durability: 'none' }));
    await world.setUp();
    return world;
  }

  get engine(): Engine {
    return this.#engine;
  }

  screen(index: number): Person {
    const person = this.screens[index];
    if (!person) throw new Error(`There is no screen ${index}.`);
    return person;
  }

  async setUp(): Promise<void> {
    const firstRun = { workspaceName: 'Example Works', ...OWNER, confirmPassword: OWNER.password };
    await this.screen(0).api.open.setUp({ ...firstRun, template: 'strong' });
  }

  /** The process ends and starts again over the same folder; the screens keep their cookies. */
  async restart(): Promise<void> {
    await this.lettersSince();
    await this.#engine.deps.store.close();
    const { folder, clock } = this.#engine;
    this.#engine = await openEngine({ folder, clock, durability: 'none' });
    this.#read = 0;
    this.screens = this.screens.map(({ jar }) => {
      const person = personAt(this.#engine);
      Object.assign(person.jar, jar);
      return person;
    });
  }

  /** Leaves nothing behind: a thousand walks would fill the memory they are written to. */
  async close(): Promise<void> {
    await this.#engine.deps.store.close();
    await rm(this.#engine.folder, { recursive: true, force: true });
  }

  passwordTyped(right: boolean): string {
    return right ? this.password : 'not my password';
  }

  /** By which name the others know the session of a screen; null where there is none. */
  async sessionIdAt(index: number): Promise<string | null> {
    const { jar, api } = this.screen(index);
    if (jar.session === null || (await api.open.welcome()).stage !== 'signedIn') return null;
    return (await api.self.me()).session.id;
  }

  /** A password nobody has had before. */
  freshPassword(): string {
    this.#passwords += 1;
    return `a brand new secret, number ${this.#passwords}`;
  }

  /** The letters that left since this was asked last. */
  async lettersSince(): Promise<LetterSent[]> {
    const letters = await this.#engine.letters();
    const left = letters.slice(this.#read).map(({ to, message }) => `${message.kind} to ${to}` as const);
    this.#read = letters.length;
    return left;
  }

  /** The digits that the newest letter with any brought to an address. */
  mailedCode(address: string): Promise<string> {
    return this.#engine.codeFor(address);
  }

  /** What the newest reset letter, or letter about a changed address, carries. */
  async oneTimeCode(): Promise<string> {
    const codes = (await this.#engine.letters()).flatMap(({ message }) => {
      if (message.kind === 'passwordReset') return message.resetCode;
      return message.kind === 'emailChanged' ? message.undoCode : [];
    });
    return codes.at(-1) ?? 'none';
  }
}

/** Success by a name of the caller's, a refusal by its code; a bug goes on as it is. */
export async function toldBy<T>(call: Promise<T>, nameOf: (value: T) => Told = () => 'done'): Promise<Told> {
  try {
    return nameOf(await call);
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof DomainError) return cause.code;
    throw error;
  }
}
