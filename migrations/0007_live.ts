import type { Kysely } from 'kysely';
import { columnsOf } from './columns.ts';

/** Turnout by the hour, as totals that the clock samples, and what officials write down for the minutes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, instant, strict } = columnsOf(db);

  // marks have no time and get none: a row is the total that stood at the end of its hour
  await db.schema
    .createTable('turnout_hour')
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('hour_at', instant, (c) => c.notNull())
    .addColumn('marked', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('turnout_hour_key', ['election_id', 'hour_at'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('incident')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('text', text, (c) => c.notNull())
    .addColumn('actor', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('incident_of_election').on('incident').columns(['election_id', 'at']).execute();
}
