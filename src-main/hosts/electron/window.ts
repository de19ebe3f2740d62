import type * as Electron from 'electron';
import { keepPlace, placeWithin, readPlace } from '../window-place.ts';
import { ORIGIN } from './scheme.ts';

const SMALLEST = { width: 480, height: 400 };

export interface WindowOptions {
  readonly preload: string;
  /** Folder of `icon.png` and `tray.png`. */
  readonly icons: string;
  /** Where size and place are kept between runs. */
  readonly placeFile: string;
}

/** The one window. Its preferences stand here literally, and a test reads them here (S65). */
export function openWindow({ BrowserWindow, screen }: typeof Electron, options: WindowOptions): Electron.BrowserWindow {
  const last = readPlace(options.placeFile);
  const window = new BrowserWindow({
    ...(last ? placeWithin(screen.getDisplayMatching(last).workArea, last, SMALLEST) : { width: 1200, height: 800 }),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Vestibule',
    icon: `${options.icons}/icon.png`,
    show: false,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepPlace(options.placeFile, window.getNormalBounds()));
  void go(window, '/');
  return window;
}

/** Loads a screen. That another load overtakes it is no error. */
export function go(window: Electron.BrowserWindow, route: string): Promise<void> {
  return window.loadURL(ORIGIN + route).catch(() => {});
}
