import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

export interface DataFolder {
  /** Real and absolute: one folder has one name, whichever links lead to it. */
  readonly path: string;
  /** Eight hex digits that tell this folder's cookies from another's. */
  readonly suffix: string;
  /** Takes back what opening it made, for a start that is refused: nothing is changed then. */
  undo(): void;
}

/** @throws {Error} one sentence, where the folder cannot be made or written to. */
export function openDataFolder(path: string): DataFolder {
  try {
    const firstMade = makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return describe(path, () => {
      if (firstMade !== undefined) rmSync(firstMade, { recursive: true, force: true });
    });
  } catch (error) {
    throw new Error(`The data folder ${path} cannot be written to (${codeOf(error)}); choose another with --data.`);
  }
}

/** A folder in the data folder, for the program that shows the page; `undo` takes back both. @throws {Error} one sentence */
export function openProfile(folder: DataFolder, name: string): Omit<DataFolder, 'suffix'> {
  const profile = openDataFolder(join(folder.path, name));
  return {
    path: profile.path,
    undo() {
      try {
        profile.undo();
        folder.undo();
      } catch {
        // On Windows that program holds what is its own until it ends.
      }
    },
  };
}

/** A data folder for `--demo`, gone when the process is. */
export function openDemoFolder(): DataFolder {
  const path = mkdtempSync(join(tmpdir(), 'vestibule-demo-'));
  return describe(path, () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
}

/** The operating system's place for an app's own data. */
export function defaultDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string = homedir()): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Vestibule');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Vestibule');
  const dataHome = env.XDG_DATA_HOME;
  return join(dataHome && isAbsolute(dataHome) ? dataHome : join(home, '.local', 'share'), 'vestibule');
}

/**
 * The topmost folder that had to be made, if any. Step by step, because mkdir's own `recursive` never returns where the
 * system says of a folder in a folder that is there that there is no such thing, as /proc does.
 */
function makeFolder(path: string): string | undefined {
  if (existsSync(path)) {
    readdirSync(path);
    return;
  }
  const above = makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
  return above ?? path;
}

function describe(path: string, undo: () => void): DataFolder {
  const real = realpathSync(path);
  return { path: real, suffix: createHash('sha256').update(real).digest('hex').slice(0, 8), undo };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
