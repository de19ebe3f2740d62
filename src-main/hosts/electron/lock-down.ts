import type * as Electron from 'electron';
import { isOurs } from './scheme.ts';

/** Hosts elsewhere that a link of ours may open in the system's browser: none so far. */
const OUTSIDE: readonly string[] = [];
const NETWORK = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];

/** Refuses every page whatever it has no need of, before there is any page (S65–S67). @param outside see `OUTSIDE` */
export function lockDown({ app, session, shell }: typeof Electron, outside = OUTSIDE): void {
  const { defaultSession } = session;
  // Copy, for recovery codes, is all that the page may ask for; keys and other devices stay in this process.
  const isCopy = (permission: string, origin: string) => permission === 'clipboard-sanitized-write' && isOurs(origin);
  defaultSession.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) =>
    answer(isCopy(permission, requestingUrl)),
  );
  defaultSession.setPermissionCheckHandler((_, permission, origin) => isCopy(permission, origin));
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest({ urls: NETWORK }, (_, answer) => answer({ cancel: true }));
  defaultSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:app://vestibule/')) event.preventDefault(); // Save to file
  });

  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', refuseLeaving);
    contents.on('will-frame-navigate', refuseLeaving);
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      const { protocol, host } = URL.parse(url) ?? {};
      if (protocol === 'https:' && host && outside.includes(host)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
}

function refuseLeaving(event: Electron.Event<Electron.WebContentsWillNavigateEventParams>): void {
  if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
}
