import { defineConfig } from 'drizzle-kit';

// Run through `npm run migrations`, which also makes the tables STRICT: drizzle-kit cannot.
export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: './src-main/adapters/sqlite/schema*.ts',
  out: './src-main/adapters/sqlite/migrations',
});
