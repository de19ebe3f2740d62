import { seed } from './seed.ts';

/** `npm run seed -- --users N --data DIR`: a made-up workspace of N people, to try the app on. */
await seed(process.argv.slice(2), process.cwd());
