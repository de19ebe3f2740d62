import type * as Electron from 'electron';
import { FOLLOW, LINK_QUESTION, routeOf } from '../deep-link.ts';
import type { Composed } from '../host-types.ts';
import type { Notice } from '../noticed-mail.ts';
import { ownNotice } from '../own-notice.ts';
import { lockDown } from './lock-down.ts';
import { openMenus } from './menus.ts';
import { createScheme } from './scheme.ts';
import { go, openWindow, type WindowOptions } from './window.ts';

/** What the person has before them: window, menus, notices. */
export interface Desk {
  /** Shows the window, and goes where a link leads if its follower says so; null for no link. */
  follow(link: unknown): Promise<void>;
  tell(notice: Notice): void;
}

export function openDesk(electron: typeof Electron, engine: Composed, options: WindowOptions): Desk {
  const { app, dialog, Notification, protocol } = electron;
  const scheme = createScheme(engine.handle, engine.cookies);
  protocol.handle('app', scheme.answer);
  lockDown(electron);

  let window = openWindow(electron, options);
  let asking = false;
  const shown = new Set<Electron.Notification>(); // one that is collected as garbage hears no click
  const show = () => {
    if (window.isDestroyed()) window = openWindow(electron, options);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const lock = async () => {
    await scheme.lock();
    if (!window.isDestroyed()) await go(window, '/');
  };
  const point = (body: string | null) => {
    if (body === null || !Notification.isSupported()) return;
    const notification = new Notification({ title: 'Vestibule', body });
    shown.add(notification.on('click', show).on('close', () => shown.delete(notification)));
    notification.show();
  };
  const tray = openMenus(electron, `${options.icons}/tray.png`, { show, lock: () => void lock() });
  app.on('activate', show);
  app.once('quit', () => tray.destroy());

  return {
    async follow(link) {
      show();
      const route = routeOf(link);
      if (route === null && link !== null) engine.log.warn({}, 'A link that leads nowhere was dropped'); // S80: not its text
      if (route === null || asking) return;
      asking = true;
      const { response } = await dialog.showMessageBox(window, { type: 'question', ...LINK_QUESTION });
      asking = false;
      if (response === FOLLOW && !window.isDestroyed()) await go(window, route);
    },

    tell(notice) {
      if (!window.isDestroyed() && window.isFocused()) return;
      ownNotice(notice, () => scheme.call('self.me', 'GET')).then(point, (error) =>
        engine.log.warn({ error }, 'No notice'),
      );
    },
  };
}
