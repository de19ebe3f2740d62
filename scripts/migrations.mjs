// `npm run migrations [-- --name words]`: writes the migration that leads from the last one to the schema,
// and makes its tables STRICT, which drizzle-kit cannot.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CONFIG = 'src-main/adapters/sqlite/drizzle.config.ts';
const FOLDER = 'src-main/adapters/sqlite/migrations';

execFileSync('drizzle-kit', ['generate', '--config', CONFIG, ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.sql'))) {
  const file = join(FOLDER, name);
  const sql = readFileSync(file, 'utf8');
  const strict = sql.replace(/(create table [^;]*\n\))(\s*);/gi, '$1 STRICT;');
  if (strict !== sql) writeFileSync(file, strict);
}
