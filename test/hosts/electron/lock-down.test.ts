import { expect, test } from 'vitest';
import { lockDown } from '../../../src-main/hosts/electron/lock-down.ts';
import { standIn } from './stand-in.ts';
import { startElectron } from './start-electron.ts';

const ELSEWHERE = [
  'https://vestibule.example/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'blob:app://vestibule/0-1',
  'devtools://devtools/bundled/inspector.html',
  'vestibule://reset/AAAAA-AAAAA-AAAAA-AAAAA',
  'app://other/',
  'app://vestibule.example/',
  'app://vestibule:81/',
  'app://someone@vestibule/',
  'app:vestibule',
  'not an address',
];

/** Whether the page is kept where it is. */
function prevented(contents: NodeJS.EventEmitter, event: string, details: object): boolean {
  let stopped = false;
  const preventDefault = () => {
    stopped = true;
  };
  contents.emit(event, { ...details, preventDefault });
  return stopped;
}

test('S67 the page stays with its own screens, in every frame', async () => {
  const { opened } = startElectron();
  const { webContents } = await opened;
  for (const event of ['will-navigate', 'will-frame-navigate']) {
    const kept = ELSEWHERE.filter((url) => prevented(webContents, event, { url, isMainFrame: true }));
    expect([event, kept]).toEqual([event, ELSEWHERE]);
    expect(prevented(webContents, event, { url: 'app://vestibule/profile', isMainFrame: true })).toBe(false);
    expect(prevented(webContents, event, { url: 'app://vestibule/profile', isMainFrame: false })).toBe(true);
  }
  expect(prevented(webContents, 'will-redirect', { url: 'app://vestibule/', isMainFrame: true })).toBe(true);
  expect(prevented(webContents, 'will-attach-webview', {})).toBe(true);
});

test('S67 no page opens a window, and nothing is handed to the system', async () => {
  const { opened, done } = startElectron();
  const { webContents } = await opened;
  const answers = [...ELSEWHERE, 'app://vestibule/'].map((url) => webContents.open?.({ url }).action);
  expect(new Set(answers)).toEqual(new Set(['deny']));
  expect(done.filter((line) => line.startsWith('outside'))).toEqual([]);
});

test('S67 a listed host is opened in the system’s browser, over https only, and still in no window', () => {
  const { electron, app, done } = standIn();
  lockDown(electron, ['docs.example']);
  const contents = new electron.BrowserWindow().webContents as unknown as { open(details: object): { action: string } };
  const tried = [
    'https://docs.example/keys#udev',
    'http://docs.example/',
    'https://docs.example.evil/',
    'https://docs.example:8443/',
    'https://evil.example/?https://docs.example/',
    'file://docs.example/share/x.exe',
    'smb://docs.example/x',
    'ms-msdt:docs.example',
    ...ELSEWHERE,
  ];
  expect(tried.map((url) => contents.open({ url }).action)).toEqual(tried.map(() => 'deny'));
  expect(done).toEqual(['outside: https://docs.example/keys#udev']);
  expect(app.listenerCount('web-contents-created')).toBe(1);
});

test('S65 a page gets no permission and no device, but Copy on its own screens', async () => {
  const { session, opened } = startElectron();
  await opened;
  const asked = [
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'hid',
    'usb',
    'serial',
    'clipboard-read',
    'fileSystem',
  ];
  const requested = (permission: string, requestingUrl: string) => {
    let granted: boolean | undefined;
    session.request?.(null as never, permission as never, (answer) => (granted = answer), { requestingUrl } as never);
    return granted;
  };
  const checked = (permission: string, origin: string) =>
    session.check?.(null, permission as never, origin, {} as never);
  for (const permission of asked) {
    expect([permission, requested(permission, 'app://vestibule/')]).toEqual([permission, false]);
    expect([permission, checked(permission, 'app://vestibule/')]).toEqual([permission, false]);
  }
  for (const ask of [requested, checked]) {
    expect(ask('clipboard-sanitized-write', 'app://vestibule/profile')).toBe(true);
    expect(ask('clipboard-sanitized-write', 'https://vestibule.example/')).toBe(false);
  }
  expect(session.device?.({ deviceType: 'hid' } as never)).toBe(false);
});

test('S65 a page reaches no network, and saves nothing but files of its own making', async () => {
  const { session, opened } = startElectron();
  await opened;
  expect(session.network?.urls).toEqual(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*']);
  const answers: unknown[] = [];
  session.network?.listener({ url: 'https://vestibule.example/' }, (answer) => answers.push(answer));
  expect(answers).toEqual([{ cancel: true }]);
  const stopped = (url: string) => {
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => url });
    return prevented;
  };
  expect(stopped('blob:app://vestibule/0-1')).toBe(false);
  expect(['blob:https://vestibule.example/0-1', 'data:text/plain,x', 'app://vestibule/x'].map(stopped)).toEqual([
    true,
    true,
    true,
  ]);
});

test('S65 the scheme is standard and secure, takes no short cut around the policy, and is told in time', async () => {
  const { privileged, done, opened } = startElectron();
  await opened;
  expect(privileged).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  expect(done).toContain('sandbox for all');
});
