import { describeStore } from '../../ports/store-contract.ts';
import { openTestStore } from '../../support/open-test-store.ts';

describeStore('SQLite', () => openTestStore());
