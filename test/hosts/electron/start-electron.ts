import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { runElectron } from '../../../src-main/hosts/electron/run.ts';
import type { Compose } from '../../../src-main/hosts/host-types.ts';
import { composeContractEngine } from '../support/contract-engine.ts';
import { dataFolderForTest } from '../support/start-loopback.ts';
import { type computer, type StandIn, standIn } from './stand-in.ts';

export interface Running extends StandIn {
  readonly data: string;
  stdout(): string;
  stderr(): string;
}

export interface StartOptions {
  readonly on?: ReturnType<typeof computer>;
  readonly data?: string;
  /** Starts as a click on an icon or a link does: on the usual folder, which is put here. */
  readonly home?: string;
  readonly compose?: Compose;
  readonly packaged?: boolean;
}

/** The Electron host in this process, over the stand-in, ended with the test. */
export function startElectron(args: readonly string[] = [], options: StartOptions = {}): Running {
  const data = options.home ? join(options.home, 'vestibule') : (options.data ?? dataFolderForTest());
  if (options.home) vi.stubEnv('XDG_DATA_HOME', options.home);
  const stand = standIn(options.on);
  stand.app.isPackaged = options.packaged ?? false;
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    const spy = vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  runElectron({
    electron: stand.electron,
    args: options.home ? args : ['--data', data, ...args],
    compose: options.compose ?? composeContractEngine,
    built: join(import.meta.dirname, '../support'),
    version: '0.0.0',
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    stand.electron.app.quit();
    await stand.ended;
  });
  return Object.assign(stand, { data, stdout: () => printed.stdout, stderr: () => printed.stderr });
}
