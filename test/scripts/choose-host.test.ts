import { expect, test, vi } from 'vitest';
import { chooseHost, type Machine } from '../../scripts/choose-host.mjs';

const BINARY = '/modules/electron/dist/electron';
const IN_BROWSER = 'Not in Electron but in your browser:';

function machine(over: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    env: { DISPLAY: ':0' },
    isRoot: false,
    binary: () => BINARY,
    download: () => Promise.reject(new Error('Nothing was to be downloaded.')),
    ...over,
  };
}

/** A machine that gets its program by downloading it, or is told why not. */
function downloading(reason: string | null, over: Partial<Machine> = {}) {
  let there = false;
  const download = vi.fn(async () => {
    there = reason === null;
    return reason;
  });
  return { ...machine({ binary: () => (there ? BINARY : null), ...over }), download };
}

test.each([null, 'electron'] as const)('Electron is taken where its program is (asked for: %s)', async (wanted) => {
  for (const one of [
    machine(),
    machine({ env: { WAYLAND_DISPLAY: 'wayland-0' } }),
    machine({ platform: 'darwin', env: {} }),
  ]) {
    expect(await chooseHost(wanted, one)).toEqual({ electron: BINARY, why: null });
  }
});

test('its program is downloaded where it is missing', async () => {
  expect(await chooseHost(null, downloading(null))).toEqual({ electron: BINARY, why: null });
});

test('the loopback host is taken without a word, and nothing is downloaded, where options ask for it', async () => {
  const one = downloading(null);
  expect(await chooseHost('loopback', one)).toEqual({ electron: null, why: null });
  expect(one.download).not.toHaveBeenCalled();
});

interface Obstacle {
  readonly where: string;
  readonly on: Machine;
  readonly word: string;
}

test.each<Obstacle>([
  { where: 'it is root', on: machine({ isRoot: true }), word: 'sandbox does not work for root' },
  { where: 'it cannot be downloaded', on: downloading('could not be downloaded (x)'), word: 'could not be downloaded' },
  { where: 'it is CI', on: downloading(null, { env: { DISPLAY: ':0', CI: 'true' } }), word: 'in CI' },
  {
    where: 'it is not to be downloaded',
    on: downloading(null, { env: { DISPLAY: ':0', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } }),
    word: 'ELECTRON_SKIP_BINARY_DOWNLOAD',
  },
  { where: 'the download was no use', on: { ...downloading(null), binary: () => null }, word: 'is not where' },
])(
  'where $where, one line says why the loopback host stands in; --host electron is refused with it',
  async ({ on, word }) => {
    expect(await chooseHost(null, on)).toEqual({
      electron: null,
      why: expect.stringMatching(new RegExp(`^${IN_BROWSER} its [^\n]*${word}[^\n]*\\.$`)),
    });
    await expect(chooseHost('electron', on)).rejects.toThrow(
      new RegExp(`^Electron cannot start here: its [^\n]*${word}`),
    );
  },
);

test('without a display the loopback host says so itself; --host electron is refused with that', async () => {
  const on = machine({ env: {} });
  expect(await chooseHost(null, on)).toEqual({ electron: null, why: null });
  await expect(chooseHost('electron', on)).rejects.toThrow('Electron cannot start here: there is no display.');
});

test('without a display, for root and in CI nothing is downloaded', async () => {
  for (const over of [{ env: {} }, { isRoot: true }, { env: { DISPLAY: ':0', CI: '1' } }]) {
    const one = downloading(null, over);
    await chooseHost(null, one);
    expect(one.download).not.toHaveBeenCalled();
  }
});
