/** `npm run recover-owner -- --data DIR [--email ADDRESS] [--new-email ADDRESS]`: prints a one-time code for an owner who lost everything. */
import { buildIfStale } from './build.mjs';
import { fitNode } from './fit-node.mjs';

await fitNode();
await buildIfStale();
// npm comes here to run this; a relative --data is meant from where its caller stood.
if (process.env.npm_lifecycle_event === 'recover-owner' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import('../out/main/recover-owner.js');
