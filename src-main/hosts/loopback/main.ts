import { join } from 'node:path';
import { version } from '../../../package.json' with { type: 'json' };
import { compose } from '../compose.ts';
import { runLoopback } from './run.ts';

/** The loopback host with the real engine; built to out/main/loopback.js, beside the renderer's files. */
await runLoopback({
  args: process.argv.slice(2),
  parent: process.ppid,
  compose,
  rendererFolder: join(import.meta.dirname, '../renderer'),
  version,
});
