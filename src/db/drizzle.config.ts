/** For `npm run migrations`: writes what the tables changed as the next file of migrations/. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/db/tables/*.ts',
  out: './migrations',
});
