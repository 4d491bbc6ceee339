import { type Kysely, Migrator } from 'kysely';
import { migrations } from '../../migrations/index.ts';
import type { Schema } from './schema.ts';

/** Brings the schema up to date, in one transaction a migration; answers the names applied. Throws where one fails. */
export async function migrate(db: Kysely<Schema>): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}
