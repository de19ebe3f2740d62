import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the command line asks for (INTERFACE, "Commands"). */
export interface Options {
  /** Absolute; null for the operating system's own place for app data. */
  readonly data: string | null;
  /** 0 for any free one. */
  readonly port: number;
  readonly open: boolean;
  readonly demo: boolean;
  /** The host that these options need; null when either will do. */
  readonly host: Host | null;
  /** What shall guard the vault from now on; null to leave it as it is. */
  readonly migrateVault: (typeof GUARDS)[number] | null;
  /** Which of Linux' keychains, where its desktop does not say; null otherwise. */
  readonly passwordStore: (typeof STORES)[number] | null;
}

export type Host = 'electron' | 'loopback';

/** One line that names the option or value at fault; the process ends with status 2. */
export class OptionError extends Error {}

const FLAGS = {
  data: { type: 'string' },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  host: { type: 'string' },
  demo: { type: 'boolean' },
  'migrate-vault': { type: 'string' },
  'password-store': { type: 'string' },
  'software-key': { type: 'boolean' },
} as const;

const HOSTS = ['electron', 'loopback'] as const;
const GUARDS = ['keychain', 'keyFile'] as const;
const STORES = ['gnome-libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const;
const KNOWN = [
  ...['--data DIR', '--port N', '--no-open', `--host ${HOSTS.join('|')}`, '--demo'],
  ...[`--migrate-vault ${GUARDS.join('|')}`, `--password-store ${STORES.join('|')}`, '--software-key'],
].join(', ');

/** As `readOptions`, for the host that runs already. @throws {OptionError} also for options that another host must follow */
export function readOptionsFor(host: Host, args: readonly string[], workingFolder: string): Options {
  const options = readOptions(args, workingFolder);
  if (options.host === null || options.host === host) return options;
  throw new OptionError(`These options need --host ${options.host}, but this is the ${host} host; use npm start.`);
}

/** @throws {OptionError} */
export function readOptions(args: readonly string[], workingFolder: string): Options {
  const { tokens } = parseArgs({ args: [...args], options: FLAGS, strict: false, tokens: true });
  const given = new Map<string, string | undefined>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new OptionError(`Unexpected argument: ${token.value}. Options: ${KNOWN}.`);
    if (token.kind === 'option-terminator') continue;
    const flag = Object.hasOwn(FLAGS, token.name) ? FLAGS[token.name as keyof typeof FLAGS] : undefined;
    if (!flag) throw new OptionError(`Unknown option ${token.rawName}. Options: ${KNOWN}.`);
    const valued = token.value !== undefined && (token.inlineValue || !token.value.startsWith('-'));
    if (flag.type === 'string' && (!valued || token.value === ''))
      throw new OptionError(`${token.rawName} needs a value.`);
    if (flag.type === 'boolean' && valued)
      throw new OptionError(`${token.rawName} takes no value, but got: ${token.value}`);
    given.set(token.name, token.value);
  }
  if (given.has('demo') && given.has('migrate-vault')) {
    throw new OptionError('--migrate-vault is for a data folder that lasts; --demo has none.');
  }
  if (given.has('software-key')) throw new OptionError('--software-key is not built yet; start without it.');
  return {
    data: given.has('data') ? absolute(given.get('data') ?? '', workingFolder) : null,
    port: readPort(given.get('port') ?? '0'),
    open: !given.has('no-open'),
    demo: given.has('demo'),
    host: hostFor(given),
    migrateVault: oneOf(GUARDS, 'migrate-vault', given),
    passwordStore: oneOf(STORES, 'password-store', given),
  };
}

/** Only the loopback host has a port or an address to print; only Electron reaches the keychain. */
function hostFor(given: ReadonlyMap<string, string | undefined>): Host | null {
  const said = oneOf(HOSTS, 'host', given);
  const forLoopback = said === 'loopback' ? 'host loopback' : ['port', 'no-open'].find((name) => given.has(name));
  const forElectron =
    said === 'electron' ? 'host electron' : ['migrate-vault', 'password-store'].find((name) => given.has(name));
  if (forLoopback && forElectron) {
    throw new OptionError(`--${forLoopback} is for the loopback host, --${forElectron} for Electron; use one of them.`);
  }
  return forElectron ? 'electron' : forLoopback ? 'loopback' : null;
}

function oneOf<W extends string>(words: readonly W[], name: string, given: ReadonlyMap<string, string | undefined>) {
  if (!given.has(name)) return null;
  const word = words.find((one) => one === given.get(name));
  if (word === undefined) throw new OptionError(`--${name} is ${words.join(' or ')}, not: ${given.get(name)}`);
  return word;
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new OptionError(`--port is a whole number from 0 to 65535, not: ${text}`);
  return port;
}

function absolute(folder: string, workingFolder: string): string {
  return isAbsolute(folder) ? folder : resolve(workingFolder, folder);
}
