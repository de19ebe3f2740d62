import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { Tally } from '../test/support/tally/tally.ts' */

/** The repository's top folder. */
export const TOP = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program of node_modules/.bin from the top.
 * @returns its exit status and, unless `show`, all it printed
 */
export function run(name, args, { show = false, env = {} } = {}) {
  const bin = path.join(TOP, 'node_modules/.bin');
  const child = spawn(path.join(bin, name), args, {
    cwd: TOP,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, ...env },
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: 1, output: `${error.message}\n` }));
    child.once('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/**
 * Runs steps at most `width` at a time and prints a line for each as it ends, with what it printed when it failed.
 * @param {{name: string, program: string, args: string[]}[]} steps
 * @returns {Promise<Tally>}
 */
export async function runSteps(steps, width) {
  const waiting = [...steps];
  let passed = 0;
  const failed = [];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { status, output } = await run(step.program, step.args);
      if (status === 0) passed += 1;
      else failed.push(step.name);
      console.log(status === 0 ? `ok      ${step.name}` : `FAILED  ${step.name}\n${output.trimEnd()}`);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return { passed, failed, skipped: [] };
}
