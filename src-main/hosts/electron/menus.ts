import type * as Electron from 'electron';

type Role = NonNullable<Electron.MenuItemConstructorOptions['role']>;
const roles = (...names: Role[]) => names.map((role) => ({ role }));

/** The application's menu and the tray's. The tray lives as long as somebody holds it. */
export function openMenus(
  electron: typeof Electron,
  icon: string,
  acts: { show(): void; lock(): void },
): Electron.Tray {
  const { app, Menu, Tray } = electron;
  const lock = { label: 'Lock', accelerator: 'CmdOrCtrl+L', click: acts.lock };
  const quit = { label: 'Quit', click: () => app.quit() };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? roles('appMenu') : []),
      { label: 'File', submenu: [lock, quit] },
      ...roles('editMenu'),
      { label: 'View', submenu: roles('reload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen') },
      ...roles('windowMenu'),
      { role: 'help', submenu: roles('about') },
    ]),
  );
  const tray = new Tray(icon);
  tray.setToolTip('Vestibule');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Show', click: acts.show }, lock, quit]));
  tray.on('click', acts.show);
  return tray;
}
