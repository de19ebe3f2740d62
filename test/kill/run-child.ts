import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface BuiltChild {
  readonly script: string;
  remove(): Promise<void>;
}

/** Bundles the child as the product is bundled: migrations inside, native modules beside. */
export async function buildChild(): Promise<BuiltChild> {
  await mkdir(join(ROOT, 'out'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, 'out', 'kill-'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: 'test/kill/child.ts', outDir: folder, target: 'node22', minify: false },
    ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2'] },
  });
  return { script: join(folder, 'child.js'), remove: () => rm(folder, { recursive: true }) };
}

/** What a child told before it ended. */
export interface Ended {
  readonly killed: boolean;
  readonly steps: readonly string[];
  /** Length of the audit log at the last commit that was answered. */
  readonly committed: number;
}

/** Runs the child; `killAfterLines` kills it from outside, wherever it is when that many lines have come. */
export async function runChild(script: string, input: string[], killAfterLines = Infinity): Promise<Ended> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(dirname(script), 'cache') }; // hundreds of them start
  const child = spawn(process.execPath, [script, ...input], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    if (lines.length === killAfterLines) child.kill('SIGKILL');
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject).on('close', (_, killedBy) => resolve(killedBy));
  });
  const killed = signal === 'SIGKILL';
  if (!killed && lines.at(-1) !== 'ended') throw new Error(`The child failed: ${complaints.join('')}`);
  const told = (word: string) => lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length));
  return { killed, steps: told('step '), committed: Number(told('committed ').at(-1) ?? 0) };
}
