import { recoverOwner } from './recover-owner.ts';

/** `npm run recover-owner -- --data DIR`: the way back for a sole owner who lost everything. */
await recoverOwner(process.argv.slice(2));
