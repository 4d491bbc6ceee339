import { type Kysely, sql } from 'kysely';
import { columnsOf } from './columns.ts';

const uuid = 'length(id) = 36';
const ACTS = `'arm', 'deliberate', 'change-roll', 'extend', 'reset'`;

/** Second factors and passkeys of staff, sign-ins half way, and what a second person approved. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, instant, bytes, strict } = columnsOf(db);
  const flag = (name: string) => sql.raw<boolean>(`${name} in (0, 1)`);

  await db.schema
    .createTable('second_factor')
    .addColumn('staff_id', text, (c) => c.primaryKey().notNull().references('staff.id').onDelete('cascade'))
    .addColumn('sealed_secret', bytes, (c) => c.notNull())
    .addColumn('last_counter', instant, (c) => c.notNull())
    .addColumn('is_active', integer, (c) => c.notNull().check(flag('is_active')))
    .addColumn('created_at', instant, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('recovery_code')
    .addColumn('code_digest', bytes, (c) => c.primaryKey().notNull())
    .addColumn('staff_id', text, (c) => c.notNull().references('staff.id').onDelete('cascade'))
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('passkey')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('staff_id', text, (c) => c.notNull().references('staff.id').onDelete('cascade'))
    .addColumn('credential_id', bytes, (c) => c.notNull().unique())
    .addColumn('public_key', bytes, (c) => c.notNull())
    .addColumn('counter', instant, (c) => c.notNull())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('used_at', instant)
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('passkey_of_staff').on('passkey').column('staff_id').execute();

  await db.schema
    .createTable('pending_sign_in')
    .addColumn('secret_digest', bytes, (c) => c.primaryKey().notNull())
    .addColumn('staff_id', text, (c) => c.references('staff.id').onDelete('cascade'))
    .addColumn('challenge', bytes)
    .addColumn('purpose', text, (c) =>
      c
        .notNull()
        .check(sql`purpose in ('second-step', 'passkey-sign-in', 'passkey-confirm', 'passkey-register')`),
    )
    .addColumn('expires_at', instant, (c) => c.notNull())
    .addCheckConstraint('pending_person', sql`staff_id is not null or purpose = 'passkey-sign-in'`)
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('approval')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('act', text, (c) => c.notNull().check(sql.raw(`act in (${ACTS})`)))
    .addColumn('asked_by', text, (c) => c.notNull())
    .addColumn('asked_at', instant, (c) => c.notNull())
    .addColumn('decided_by', text)
    .addColumn('decided_at', instant)
    .addColumn('is_granted', integer, (c) => c.notNull().defaultTo(0).check(flag('is_granted')))
    .addCheckConstraint('approval_decided', sql`(decided_by is null) = (decided_at is null)`)
    .addCheckConstraint('approval_granted', sql`is_granted = 0 or decided_by is not null`)
    .addCheckConstraint('approval_two', sql`is_granted = 0 or decided_by <> asked_by`)
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('approval_of_election')
    .on('approval')
    .columns(['election_id', 'act', 'asked_by'])
    .execute();
}
