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
}

/** One line that names the option or value at fault; the process ends with status 2. */
export class OptionError extends Error {}

const FLAGS = {
  data: { type: 'string' },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  host: { type: 'string' },
  demo: { type: 'boolean' },
  'software-key': { type: 'boolean' },
} as const;

const KNOWN = '--data DIR, --port N, --no-open, --host electron|loopback, --demo, --software-key';

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
  refuseWhatIsNotBuilt(given);
  return {
    data: given.has('data') ? absolute(given.get('data') ?? '', workingFolder) : null,
    port: readPort(given.get('port') ?? '0'),
    open: !given.has('no-open'),
    demo: given.has('demo'),
  };
}

function refuseWhatIsNotBuilt(given: ReadonlyMap<string, string | undefined>): void {
  const host = given.get('host') ?? 'loopback';
  if (host === 'electron') throw new OptionError('--host electron is not built yet; use --host loopback.');
  if (host !== 'loopback') throw new OptionError(`--host is electron or loopback, not: ${host}`);
  if (given.has('software-key')) throw new OptionError('--software-key is not built yet; start without it.');
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new OptionError(`--port is a whole number from 0 to 65535, not: ${text}`);
  return port;
}

function absolute(folder: string, workingFolder: string): string {
  return isAbsolute(folder) ? folder : resolve(workingFolder, folder);
}
