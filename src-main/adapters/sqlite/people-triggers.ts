import type { Database } from 'better-sqlite3';
import { withNameKeys } from './name-keys.ts';

// Not in the migrations: a step that builds `accounts` anew would lose the triggers on it and trip over the views of it.
// Whoever changes anything here adds a migration, be it an empty one, so that databases get it.

const NAMES = [
  'people_added',
  'people_moved',
  'people_renamed',
  'people_readdressed',
  'people_joined',
  'people_asked',
  'people_signed_in',
  'people_locking',
  'people_deleted',
  'people_removed',
  'people_counted_in',
  'people_counted_out',
  'people_counted_over',
  'people_reindexed',
];
const VIEWS = ['people_of_accounts', 'people_words'];

/** Two spaces before each word: three letters then find the beginning of a word by one or two. */
const words = (row: string) => `'  ' || replace(${row}.name_key, ' ', '  '), '  ' || ${row}.email_key`;
const COLUMNS =
  'account_id, cell, name_key, email_key, created_at, since, last_sign_in_at, locked_until, must_enrol_since';

/** `lower` folds ASCII; the keys of names with other letters come from `name-keys.ts`. */
const key = (name: string) => `coalesce((SELECT f.key FROM name_folds f WHERE f.name = ${name}), lower(${name}))`;

/** What an account is in the list. */
const VIEW_OF_ACCOUNTS = `
  CREATE VIEW people_of_accounts AS
  SELECT id AS account_id,
    CASE
      WHEN suspended_at IS NOT NULL THEN 30
      WHEN password_hash IS NULL THEN 20
      WHEN two_step = 'active' THEN 10
      ELSE 0
    END
    + CASE role WHEN 'owner' THEN 0 WHEN 'admin' THEN 2 WHEN 'manager' THEN 4 WHEN 'helpDesk' THEN 6 ELSE 8 END
    + (phone IS NULL) AS cell,
    ${key('accounts.name')} AS name_key, email_key, created_at, coalesce(joined_at, created_at) AS since,
    coalesce(last_sign_in_at, 0) AS last_sign_in_at, locked_until, must_enrol_since
  FROM accounts WHERE deleted_at IS NULL;`;

const VIEW_OF_WORDS = `
  CREATE VIEW people_words AS
  SELECT p.id AS id, '  ' || replace(p.name_key, ' ', '  ') AS name, '  ' || p.email_key AS email FROM people p;`;

/** On accounts: one trigger for what changes together, so that each change touches only the indexes that it must. */
const OF_ACCOUNTS = `
  CREATE TRIGGER people_added AFTER INSERT ON accounts WHEN NEW.deleted_at IS NULL BEGIN
    INSERT INTO people (${COLUMNS})
    SELECT * FROM people_of_accounts WHERE account_id = NEW.id;
  END;
  -- One trigger for what changes together, so that each change touches only the indexes that it must.
  CREATE TRIGGER people_moved AFTER UPDATE OF role, phone, password_hash, two_step, suspended_at ON accounts BEGIN
    UPDATE people SET cell = found.cell FROM people_of_accounts AS found
    WHERE found.account_id = NEW.id AND people.account_id = NEW.id AND people.cell <> found.cell;
  END;
  CREATE TRIGGER people_renamed AFTER UPDATE OF name ON accounts WHEN NEW.name <> OLD.name BEGIN
    UPDATE people SET name_key = ${key('NEW.name')} WHERE account_id = NEW.id;
  END;
  CREATE TRIGGER people_readdressed AFTER UPDATE OF email_key ON accounts WHEN NEW.email_key <> OLD.email_key BEGIN
    UPDATE people SET email_key = NEW.email_key WHERE account_id = NEW.id;
  END;
  CREATE TRIGGER people_joined AFTER UPDATE OF created_at, joined_at ON accounts BEGIN
    UPDATE people SET created_at = NEW.created_at, since = coalesce(NEW.joined_at, NEW.created_at)
    WHERE account_id = NEW.id;
  END;
  CREATE TRIGGER people_asked AFTER UPDATE OF must_enrol_since ON accounts
  WHEN NEW.must_enrol_since IS NOT OLD.must_enrol_since BEGIN
    UPDATE people SET must_enrol_since = NEW.must_enrol_since WHERE account_id = NEW.id;
  END;
  CREATE TRIGGER people_signed_in AFTER UPDATE OF last_sign_in_at ON accounts
  WHEN NEW.last_sign_in_at IS NOT OLD.last_sign_in_at BEGIN
    UPDATE people SET last_sign_in_at = coalesce(NEW.last_sign_in_at, 0) WHERE account_id = NEW.id;
  END;
  -- Wrong answers touch nothing here until one of them locks.
  CREATE TRIGGER people_locking AFTER UPDATE OF locked_until ON accounts WHEN NEW.locked_until <> OLD.locked_until BEGIN
    UPDATE people SET locked_until = NEW.locked_until WHERE account_id = NEW.id;
  END;
  CREATE TRIGGER people_deleted AFTER UPDATE OF deleted_at ON accounts WHEN NEW.deleted_at IS NOT NULL BEGIN
    DELETE FROM people WHERE account_id = NEW.id;
  END;
  CREATE TRIGGER people_removed BEFORE DELETE ON accounts BEGIN
    DELETE FROM people WHERE account_id = OLD.id;
  END;`;

const COUNT_IN = `INSERT INTO people_counts VALUES (NEW.cell, 1) ON CONFLICT (cell) DO UPDATE SET total = total + 1;`;
const COUNT_OUT = 'UPDATE people_counts SET total = total - 1 WHERE cell = OLD.cell;';
const INDEX_IN = `INSERT INTO people_search (rowid, name, email) VALUES (NEW.id, ${words('NEW')});`;
const INDEX_OUT = `INSERT INTO people_search (people_search, rowid, name, email) VALUES ('delete', OLD.id, ${words('OLD')});`;

/** On people: the counters and the index of words. */
const OF_PEOPLE = `
  CREATE TRIGGER people_counted_in AFTER INSERT ON people BEGIN ${COUNT_IN} ${INDEX_IN} END;
  CREATE TRIGGER people_counted_out AFTER DELETE ON people BEGIN ${COUNT_OUT} ${INDEX_OUT} END;
  CREATE TRIGGER people_counted_over AFTER UPDATE OF cell ON people WHEN NEW.cell <> OLD.cell BEGIN ${COUNT_OUT} ${COUNT_IN} END;
  CREATE TRIGGER people_reindexed AFTER UPDATE OF name_key, email_key ON people
  WHEN NEW.name_key <> OLD.name_key OR NEW.email_key <> OLD.email_key BEGIN ${INDEX_OUT} ${INDEX_IN} END;`;

/** Brings the list to what the accounts are, row by row: nothing is written where nothing differs. */
const RECONCILE = `
  DELETE FROM people WHERE NOT EXISTS (
    SELECT 1 FROM people_of_accounts f WHERE f.account_id = people.account_id AND f.cell = people.cell
      AND f.name_key = people.name_key AND f.email_key = people.email_key
      AND f.created_at = people.created_at AND f.since = people.since AND f.last_sign_in_at = people.last_sign_in_at
      AND f.locked_until = people.locked_until AND f.must_enrol_since IS people.must_enrol_since);
  INSERT INTO people (${COLUMNS}) SELECT * FROM people_of_accounts f
    WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.account_id = f.account_id) ORDER BY created_at, account_id;`;

/** Before the steps of a migration: nothing is left that refers to the tables they build anew. */
export function dropPeopleTriggers(writer: Database): void {
  for (const name of NAMES) writer.exec(`DROP TRIGGER IF EXISTS ${name}`);
  for (const name of VIEWS) writer.exec(`DROP VIEW IF EXISTS ${name}`);
}

/** After them: the list follows its accounts again, and has what the steps changed. */
export function createPeopleTriggers(writer: Database): void {
  const isThere = writer.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'people'").pluck().get();
  if (isThere === 0) return; // a schema from before
  for (const sql of [VIEW_OF_ACCOUNTS, VIEW_OF_WORDS, OF_ACCOUNTS, OF_PEOPLE]) writer.exec(sql);
  withNameKeys(writer, () => writer.exec(RECONCILE));
}
