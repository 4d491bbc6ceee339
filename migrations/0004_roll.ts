import { type Kysely, sql } from 'kysely';
import { columnsOf } from './columns.ts';

/** How buildings are drawn, and who asks to be put on a roll. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, instant, strict } = columnsOf(db);

  await db.schema
    .createTable('building_look')
    .addColumn('name', text, (c) => c.primaryKey().notNull())
    .addColumn('icon', text, (c) => c.notNull())
    .addColumn('colour', text, (c) => c.notNull().check(sql`length(colour) = 7`))
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('registration')
    .addColumn('id', text, (c) =>
      c
        .primaryKey()
        .notNull()
        .check(sql`length(id) = 36`),
    )
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('email', text, (c) => c.notNull())
    .addColumn('last_name', text, (c) => c.notNull())
    .addColumn('first_name', text, (c) => c.notNull())
    .addColumn('promotion', text, (c) => c.notNull())
    .addColumn('building', text, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('confirmed_at', instant)
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('registration_of_election')
    .on('registration')
    .columns(['election_id', 'created_at'])
    .execute();

  // with them a filtered list is read in its order and counted without a row; none holds the mark, so a vote costs the same
  for (const column of ['building', 'promotion']) {
    await db.schema
      .createIndex(`voter_by_${column}`)
      .on('voter')
      .columns(['election_id', column, 'name_key', 'email'])
      .execute();
  }
  await db.schema
    .createIndex('voter_link')
    .on('voter')
    .columns(['election_id', 'id', 'link_version'])
    .execute();

  await db.schema
    .alterTable('election')
    .addColumn('self_registration', integer, (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`self_registration in (0, 1)`),
    )
    .execute();
}
