/** `npm run seed -- --users N --data DIR`: fills a new data folder with made-up people; prints `owner EMAIL PASSWORD`. */
import { buildIfStale } from './build.mjs';
import { fitNode } from './fit-node.mjs';

await fitNode();
await buildIfStale();
// npm comes here to run this; a relative --data is meant from where its caller stood.
if (process.env.npm_lifecycle_event === 'seed' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import('../out/main/seed.js');
