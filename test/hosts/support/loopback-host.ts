import { runLoopback } from '../../../src-main/hosts/loopback/run.ts';
import { composeContractEngine } from './contract-engine.ts';

/** The loopback host as it is, around the contract engine: started as a process of its own by the tests. */
await runLoopback({
  args: process.argv.slice(2),
  parent: process.ppid,
  compose: composeContractEngine,
  rendererFolder: `${import.meta.dirname}/renderer`,
  version: '0.0.0',
});
