import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type * as Electron from 'electron';
import { fakeKeychain, type Keychain } from './fake-keychain.ts';

/** What the stand-in saw, in the order it happened, and what a test sets beforehand. */
export interface StandIn {
  readonly electron: typeof Electron;
  /** One line for each thing asked of Electron before and after it was ready. */
  readonly done: string[];
  readonly app: EventEmitter & { isPackaged: boolean };
  readonly windows: StandInWindow[];
  readonly session: StandInSession;
  readonly privileged: Electron.CustomScheme[];
  readonly menus: { application: MenuItem[]; tray: MenuItem[] };
  readonly notifications: EventEmitter[];
  readonly keychain: Keychain;
  /** The status the app ended with. */
  readonly ended: Promise<number>;
  /** The next answer to a question; 1 is Cancel. */
  answer: number;
  /** Resolves once the first window has been opened. */
  readonly opened: Promise<StandInWindow>;
  /** As Electron does it: no signal reaches the handler, and set-cookie lines would melt into one. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

export interface MenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly submenu?: MenuItem[];
  readonly click?: () => void;
}

export interface StandInSession extends EventEmitter {
  request?: Parameters<Electron.Session['setPermissionRequestHandler']>[0];
  check?: Parameters<Electron.Session['setPermissionCheckHandler']>[0];
  device?: Parameters<Electron.Session['setDevicePermissionHandler']>[0];
  network?: { urls: string[]; listener: (details: unknown, answer: (response: { cancel?: boolean }) => void) => void };
}

export interface StandInWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly loaded: string[];
  readonly webContents: EventEmitter & { open?: (details: { url: string }) => { action: string } };
  bounds: Electron.Rectangle;
  focused: boolean;
  close(): void;
}

/** The processes of one computer: who holds which profile, and what its keychain knows. */
export function computer() {
  return { holders: new Map<string, EventEmitter>(), keychain: fakeKeychain() };
}

/** The few APIs of Electron that the host uses, as its documentation describes them. */
export function standIn(on = computer()): StandIn {
  const done: string[] = [];
  const windows: StandInWindow[] = [];
  const notifications: EventEmitter[] = [];
  const privileged: Electron.CustomScheme[] = [];
  const menus: StandIn['menus'] = { application: [], tray: [] };
  const ended = Promise.withResolvers<number>();
  const opened = Promise.withResolvers<StandInWindow>();
  const session: StandInSession = new EventEmitter();
  let ready = false;
  let over = false;
  let profile = '';
  let handler: ((request: Request) => Promise<Response>) | undefined;
  const early = (what: string) => {
    if (ready) throw new Error(`${what} comes too late: Electron is ready.`);
    done.push(what);
  };
  const stoppable = () => {
    const event = {
      prevented: false,
      preventDefault() {
        event.prevented = true;
      },
    };
    return event;
  };
  const end = (status: number) => {
    over = true;
    if (on.holders.get(profile) === app) on.holders.delete(profile);
    app.emit('quit', {}, status);
    ended.resolve(status);
  };

  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    commandLine: { appendSwitch: (name: string, value: string) => early(`switch ${name}=${value}`) },
    setPath(name: string, path: string) {
      early(`path ${name}`);
      profile = path;
    },
    setAppUserModelId: () => {},
    setAboutPanelOptions: () => {},
    enableSandbox: () => early('sandbox for all'),
    setAsDefaultProtocolClient: (scheme: string) => void done.push(`opens ${scheme}:`),
    requestSingleInstanceLock(data: unknown) {
      const holder = on.holders.get(profile);
      if (holder) holder.emit('second-instance', {}, ['--appended-by-chromium'], '/', structuredClone(data));
      else on.holders.set(profile, app);
      return !holder;
    },
    async whenReady() {
      await new Promise(setImmediate);
      if (over) await new Promise(() => {});
      ready = true;
    },
    quit() {
      const event = stoppable();
      app.emit('will-quit', event);
      if (!event.prevented) end(0);
    },
    exit: end,
  });

  class BrowserWindow extends EventEmitter {
    readonly options: Electron.BrowserWindowConstructorOptions;
    readonly loaded: string[] = [];
    readonly webContents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler(this: StandInWindow['webContents'], open: never) {
        this.open = open;
      },
    });
    bounds: Electron.Rectangle;
    focused = false;
    #destroyed = false;

    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      super();
      this.options = options;
      const { x = 0, y = 0, width = 800, height = 600 } = options;
      this.bounds = { x, y, width, height };
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(url: string) {
      this.loaded.push(url);
      opened.resolve(this);
    }
    getNormalBounds = () => this.bounds;
    isDestroyed = () => this.#destroyed;
    isFocused = () => this.focused;
    isMinimized = () => false;
    show = () => void done.push('show');
    focus() {
      this.focused = true;
    }
    close() {
      this.emit('close', {});
      this.#destroyed = true;
      if (windows.every((window) => (window as unknown as BrowserWindow).isDestroyed())) app.emit('window-all-closed');
    }
  }

  const electron = {
    app,
    BrowserWindow,
    dialog: {
      showErrorBox: (_title: string, text: string) => void done.push(`error box: ${text}`),
      async showMessageBox(_window: unknown, { message }: { message: string }) {
        done.push(`asked: ${message}`);
        return { response: stand.answer };
      },
    },
    Menu: {
      buildFromTemplate: (template: MenuItem[]) => template,
      setApplicationMenu(template: MenuItem[]) {
        menus.application = template;
      },
    },
    Notification: class extends EventEmitter {
      static isSupported = () => true;
      readonly options: Electron.NotificationConstructorOptions;
      constructor(options: Electron.NotificationConstructorOptions) {
        super();
        this.options = options;
      }
      show = () => void notifications.push(this);
    },
    protocol: {
      registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
        early('privileged schemes');
        privileged.push(...schemes);
      },
      handle(scheme: string, handle: typeof handler) {
        done.push(`handles ${scheme}:`);
        handler = handle;
      },
    },
    safeStorage: on.keychain.safeStorage,
    screen: { getDisplayMatching: () => ({ workArea: { x: 0, y: 25, width: 1920, height: 1055 } }) },
    session: {
      defaultSession: Object.assign(session, {
        setPermissionRequestHandler(handle: NonNullable<StandInSession['request']>) {
          session.request = handle;
        },
        setPermissionCheckHandler(handle: NonNullable<StandInSession['check']>) {
          session.check = handle;
        },
        setDevicePermissionHandler(handle: NonNullable<StandInSession['device']>) {
          session.device = handle;
        },
        webRequest: {
          onBeforeRequest({ urls }: { urls: string[] }, listener: NonNullable<StandInSession['network']>['listener']) {
            session.network = { urls, listener };
          },
        },
      }),
    },
    shell: {
      openExternal: async (url: string) => void done.push(`outside: ${url}`),
      openPath: async () => '',
    },
    Tray: class extends EventEmitter {
      setToolTip() {}
      setContextMenu(template: MenuItem[]) {
        menus.tray = template;
      }
      destroy = () => void done.push('tray gone');
    },
  };

  async function fetch(url: string, { signal, ...init }: RequestInit = {}): Promise<Response> {
    if (!handler) throw new Error('Nothing handles the scheme.');
    const response = await handler(new Request(url, init));
    const headers = new Headers(Object.fromEntries(response.headers));
    const data = response.body && Readable.fromWeb(response.body as never);
    signal?.addEventListener('abort', () => data?.destroy());
    data?.on('error', () => {});
    return new Response(data && (Readable.toWeb(data) as never), { status: response.status, headers });
  }

  const stand: StandIn = {
    electron: electron as unknown as typeof Electron,
    ...{ done, app, session, privileged, menus, notifications, fetch },
    windows,
    keychain: on.keychain,
    ended: ended.promise,
    opened: opened.promise,
    answer: 1,
  };
  return stand;
}
