import { type Kysely, sql } from 'kysely';
import { columnsOf } from './columns.ts';

const KINDS = ['invitation', 'link', 'link-alone', 'code', 'reminder', 'result'];
const listed = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Texts that admins wrote, runs of reminders, and the way by which codes travel. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, instant, strict } = columnsOf(db);

  await db.schema
    .createTable('mail_template')
    .addColumn('kind', text, (c) => c.notNull().check(sql.raw(`kind in (${listed(KINDS)})`)))
    .addColumn('language', text, (c) => c.notNull().check(sql`language in ('en', 'fr')`))
    .addColumn('subject', text, (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('mail_template_key', ['kind', 'language'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('reminder_run')
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('number', integer, (c) => c.notNull().check(sql`number > 0`))
    .addColumn('started_at', instant, (c) => c.notNull())
    .addColumn('queued_at', instant)
    .addPrimaryKeyConstraint('reminder_run_key', ['election_id', 'number'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .alterTable('election')
    .addColumn('code_channel', text, (c) =>
      c
        .notNull()
        .defaultTo('mail')
        .check(sql.raw(`code_channel in (${listed(['mail', 'separate', 'sheet'])})`)),
    )
    .execute();
}
