import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type * as Electron from 'electron';
import { systemRandom } from '../../adapters/system-ambient.ts';
import { openMovableVault } from '../../adapters/vault/movable-vault.ts';
import { LONGEST_END, lockOrReopen, oneLine, openFolderFor } from '../claim-folder.ts';
import { type DataFolder, openProfile } from '../data-folder.ts';
import { isDeepLink } from '../deep-link.ts';
import type { Compose } from '../host-types.ts';
import { type Options, readOptionsFor } from '../options.ts';
import { type Desk, openDesk } from './desk.ts';
import { keychainGuard } from './safe-vault.ts';
import { SCHEME } from './scheme.ts';

export interface ElectronStart {
  readonly electron: typeof Electron;
  readonly args: readonly string[];
  readonly compose: Compose;
  /** Folder of the build: `renderer` and `preload` in it, the app's `resources` beside it. */
  readonly built: string;
  readonly version: string;
}

/** Runs the app from its command line to its end. All that Electron wants before it is ready is done when this returns. */
export function runElectron(start: ElectronStart): void {
  const { app, dialog, protocol } = start.electron;
  const link = start.args.find(isDeepLink) ?? null;
  let undo = () => {};
  let status = 2;
  const fail = (error: unknown) => {
    process.stderr.write(`${oneLine(error)}\n`);
    if (status === 2) return app.exit(status); // whoever mistypes an option sits at a terminal
    void app.whenReady().then(() => {
      dialog.showErrorBox('Vestibule cannot start', oneLine(error));
      undo();
      app.once('quit', undo).exit(status); // Chromium writes to its profile until the end
    });
  };
  try {
    // Whoever wrote a link could have written what stands beside it, too (S68).
    const options = readOptionsFor('electron', link === null ? start.args : [], process.cwd());
    status = 1;
    const folder = openFolderFor(options);
    const profile = openProfile(folder, 'electron');
    undo = profile.undo;
    app.setPath('userData', profile.path);
    app.setAppUserModelId?.('app.vestibule'); // Windows alone has it
    app.setAboutPanelOptions({ applicationName: 'Vestibule', applicationVersion: start.version });
    if (options.passwordStore) app.commandLine.appendSwitch('password-store', options.passwordStore);
    app.enableSandbox();
    protocol.registerSchemesAsPrivileged([SCHEME]);
    if (!app.requestSingleInstanceLock({ link })) return void app.exit(0); // the first shows itself instead
    if (app.isPackaged) app.setAsDefaultProtocolClient('vestibule');

    const desk = app.whenReady().then(() => open(start, options, folder));
    const follow = (given: unknown) => void desk.then((opened) => opened?.follow(given)).catch(() => {});
    desk.catch(fail);
    app.on('open-url', (event, url) => {
      event.preventDefault();
      follow(url);
    });
    app.on('second-instance', (_e, _args, _cwd, sent) => follow((sent as { link?: unknown } | null)?.link ?? null));
    app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
    if (link !== null) follow(link);
  } catch (error) {
    fail(error);
  }
}

/** Undefined where a process that has the folder already opened up instead. */
async function open(start: ElectronStart, options: Options, folder: DataFolder): Promise<Desk | undefined> {
  const { app, safeStorage, shell } = start.electron;
  const vault = {
    keychain: keychainGuard(safeStorage, process.platform, systemRandom),
    file: join(folder.path, 'vault.key'),
    moveTo: options.demo ? 'keyFile' : options.migrateVault, // what is gone tomorrow leaves nothing in a keychain
  } as const;
  const lock = await lockOrReopen(folder, true);
  if (!lock) return void app.exit(0);
  let desk: Desk | undefined;
  const composing = start.compose({
    dataFolder: folder.path,
    cookieSuffix: folder.suffix,
    rendererFolder: join(start.built, 'renderer'),
    version: start.version,
    surface: 'desktop',
    demo: options.demo,
    openFolder: async (path) => (await shell.openPath(path)) === '',
    openVault: (parts) => openMovableVault({ ...parts, ...vault }),
    onNotice: (notice) => desk?.tell(notice),
  });
  composing.catch(lock.undo);
  const engine = await composing;
  app.once('will-quit', (event) => {
    event.preventDefault();
    void Promise.race([engine.close(), wait(LONGEST_END)]).finally(() => {
      lock.release();
      app.exit(0);
    });
  });
  if (options.migrateVault) process.stdout.write(`The vault's guard is the ${options.migrateVault} now.\n`);
  desk = openDesk(start.electron, engine, {
    preload: join(start.built, 'preload/index.cjs'),
    icons: join(start.built, '../resources/icons'),
    placeFile: join(folder.path, 'window.json'),
  });
  return desk;
}
