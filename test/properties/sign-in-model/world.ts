import { TRPCError } from '@trpc/server';
import { DomainError } from '../../../src-main/domain/errors.ts';
import { type Engine, openEngine, type TestClock } from '../../support/engine.ts';
import { OWNER, type Person, personAt } from '../../support/person.ts';
import type { LetterKind, Told } from './words.ts';

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

  async close(): Promise<void> {
    await this.#engine.deps.store.close();
  }

  /** A password nobody has had before. */
  freshPassword(): string {
    this.#passwords += 1;
    return `a brand new secret, number ${this.#passwords}`;
  }

  /** Kinds of the letters that left since this was asked last. */
  async lettersSince(): Promise<LetterKind[]> {
    const letters = await this.#engine.letters();
    const kinds = letters.slice(this.#read).map(({ message }) => message.kind);
    this.#read = letters.length;
    return kinds;
  }

  /** The code that the newest letter carries. */
  mailedCode(): Promise<string> {
    return this.#engine.codeFor(OWNER.email);
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
