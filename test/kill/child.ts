// Runs in a process of its own, to be killed: `node child.js FOLDER SCENARIO KILL_AT KNOWLEDGE [careless]`.
// Prints a line for each step and each commit, unbuffered, so that what was reached is known after a SIGKILL.
import { writeSync } from 'node:fs';
import { kill, pid } from 'node:process';
import { ROUND, SCENARIOS, type ScenarioName } from './acts.ts';
import { carelessStore, type Step, steppingStore } from './stepping-store.ts';
import { type Knowledge, openWorld } from './world.ts';

const [folder = '', scenario = '', killAt = '', knowledge = '', care] = process.argv.slice(2);
let steps = 0;

const step: Step = async (reached) => {
  steps += 1;
  if (reached === 'after commit') await sayCommitted();
  say(`step ${reached}`);
  if (steps === Number(killAt)) kill(pid, 'SIGKILL');
};

const person: Knowledge = JSON.parse(knowledge);
const world = await openWorld(folder, person, (store) => steppingStore(care ? carelessStore(store) : store, step));
await sayCommitted();
if (scenario === 'round') for (;;) for (const act of ROUND) await act(world);
await SCENARIOS[scenario as ScenarioName].act(world);
await world.sqlite.close();
say('ended');

/** How long the audit log of what is committed is: it must be as long after the kill. */
async function sayCommitted(): Promise<void> {
  const { length } = await world.sqlite.read((tx) => tx.audit.list(0, 1_000_000));
  say(`committed ${length}`);
}

function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error; // the reader is behind: wait for it
    }
  }
}
