import { _electron, type ElectronApplication } from '@playwright/test';
import { chooseHost, thisMachine } from '../../../scripts/choose-host.mjs';
import { electronBinary } from '../../../scripts/electron-binary.mjs';
import { type App, startApp, TOP } from './app.ts';

const ORIGIN = 'app://vestibule';

/** Why Electron cannot run here; null where it can. Nothing is downloaded for a test. */
export async function electronObstacle(): Promise<string | null> {
  if (electronBinary() === null) return 'Electron’s program is not on this machine; npx install-electron gets it';
  return chooseHost('electron', thisMachine()).then(
    () => null,
    (error: Error) => error.message,
  );
}

/**
 * With a key file, for a machine that runs tests may have no keychain. The runner finds Electron by itself: only then it
 * takes its own switches out of the app's arguments, which refuse what they do not know.
 */
export function launchElectron(data: string): Promise<ElectronApplication> {
  return _electron.launch({ args: [TOP, '--data', data, '--migrate-vault', 'keyFile'] });
}

/**
 * The app in Electron. Until its window is asked for, the loopback host has the data folder, so that a test prepares its
 * workspace over HTTP as ever; then Electron takes the folder over.
 */
export async function startElectronApp(): Promise<App> {
  const before = await startApp();
  let electron: ElectronApplication | undefined;
  let text = '';
  return {
    ...before,
    get origin() {
      return electron ? ORIGIN : before.origin;
    },
    link: async () => (electron ? `${ORIGIN}/` : before.link()),
    async ownWindow() {
      await before.end();
      electron = await launchElectron(before.data);
      const { stdout, stderr } = electron.process();
      for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (text += chunk));
      return electron.firstWindow();
    },
    printed: () => before.printed() + text,
    async stop() {
      await electron?.close();
      await before.stop();
    },
  };
}
