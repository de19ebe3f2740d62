import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openKeyFileVault } from '../../adapters/vault/key-file-vault.ts';
import type { DataFolder } from '../data-folder.ts';
import type { Compose } from '../host-types.ts';
import { refuse } from '../refusal.ts';
import { announce, answerSecondProcess, type Reopened, withdraw } from '../running-app.ts';
import { openWindow, thisMachine } from './browser-window.ts';
import { createGuard } from './guard.ts';
import { listen } from './listen.ts';
import { openFolder } from './open-folder.ts';

export interface ServeParts {
  readonly compose: Compose;
  readonly folder: DataFolder;
  readonly port: number;
  readonly demo: boolean;
  readonly rendererFolder: string;
  readonly version: string;
}

export interface Serving {
  /** A fresh address that lets one browser in, once. */
  address(): string;
  /** Null where there is no display or no browser. */
  openWindow(): ChildProcess | null;
  /** Lets calls under way finish, closes event streams, windows and the engine; about a second at most. */
  stop(): Promise<void>;
}

/** Engine, port and guard, put together. @throws {Error} one sentence, with the port free again. */
export async function serve({ compose, folder, ...parts }: ServeParts): Promise<Serving> {
  let answer = async (_: Request): Promise<Response> => refuse('SERVICE_UNAVAILABLE', 'Vestibule is starting.');
  const listener = await listen(parts.port, (request) => answer(request));
  const { port } = listener;
  const engine = await compose({
    demo: parts.demo,
    rendererFolder: parts.rendererFolder,
    version: parts.version,
    dataFolder: folder.path,
    cookieSuffix: folder.suffix,
    surface: 'desktop',
    openVault: (vault) => openKeyFileVault({ file: join(folder.path, 'vault.key'), ...vault }),
    openFolder,
  }).catch(async (error: unknown) => {
    await listener.close(0);
    throw error;
  });
  const guard = createGuard({ port, cookieSuffix: folder.suffix, random: engine.random });
  const secret = engine.random.token();
  const windows = new Set<ChildProcess>();
  const addressAt = (name: string) => `http://${name}:${port}/?launch=${guard.issueLaunch()}`;

  const serving: Serving = {
    address: () => addressAt('127.0.0.1'),

    // By name, because WebAuthn knows no numbers (INTERFACE).
    openWindow() {
      const window = openWindow(() => addressAt('vestibule.localhost'), folder.path, thisMachine);
      if (window) windows.add(window.once('exit', () => windows.delete(window)));
      return window;
    },

    async stop() {
      withdraw(folder.path);
      for (const window of windows) window.kill();
      await listener.close(700);
      await Promise.race([engine.close(), wait(700)]);
    },
  };

  async function reopen(wantsWindow: boolean): Promise<Reopened> {
    return wantsWindow && serving.openWindow() ? { kind: 'window' } : { kind: 'address', url: serving.address() };
  }
  answer = async (request) =>
    guard.refuseName(request) ??
    (await answerSecondProcess(request, secret, reopen)) ??
    guard.check(request) ??
    engine.handle(request);
  announce(folder.path, { port, secret, pid: process.pid });
  return serving;
}
