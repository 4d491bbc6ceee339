import { type Kysely, sql } from 'kysely';
import { columnsOf } from './columns.ts';

/** Pauses, the pace of sending, and the proof that e-mail arrives. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, instant, strict } = columnsOf(db);

  await db.schema
    .alterTable('mail')
    .addColumn('is_urgent', integer, (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`is_urgent in (0, 1)`),
    )
    .execute();
  await db.schema.alterTable('mail').addColumn('tried_at', instant).execute();

  // what somebody waits for at a screen is looked for first
  await db.schema.dropIndex('mail_due').execute();
  await db.schema
    .createIndex('mail_due')
    .on('mail')
    .columns(['state', 'is_urgent', 'due_at', 'id'])
    .execute();
  await db.schema.dropIndex('mail_of_election').execute();
  await db.schema
    .createIndex('mail_of_election')
    .on('mail')
    .columns(['election_id', 'state', 'is_urgent', 'due_at', 'id'])
    .execute();
  await db.schema
    .createIndex('mail_tried')
    .on('mail')
    .column('tried_at')
    .where(sql<boolean>`tried_at is not null`)
    .execute();
  await db.schema
    .createIndex('mail_sent')
    .on('mail')
    .columns(['election_id', 'sent_at'])
    .where(sql<boolean>`sent_at is not null`)
    .execute();
  await db.schema
    .createIndex('mail_retried')
    .on('mail')
    .column('election_id')
    .where(sql<boolean>`attempts > 1`)
    .execute();

  await db.schema
    .createTable('mail_pause')
    .addColumn('election_id', text, (c) =>
      c.primaryKey().notNull().references('election.id').onDelete('cascade'),
    )
    .addColumn('paused_at', instant, (c) => c.notNull())
    .addColumn('actor', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('mail_proof')
    .addColumn('address', text, (c) => c.primaryKey().notNull())
    .addColumn('server', text, (c) => c.notNull())
    .addColumn('proven_at', instant, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
}
