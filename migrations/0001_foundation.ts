import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { columnsOf, refuseChanges } from './columns.ts';

const uuid = 'length(id) = 36';

/** Staff, elections and what they offer, the roll, the mail outbox, and the audit log. */
async function rollSide(db: Kysely<unknown>): Promise<void> {
  const { text, integer, instant, bytes, strict } = columnsOf(db);
  const flag = (name: string) => sql.raw<boolean>(`${name} in (0, 1)`);

  await db.schema
    .createTable('setting')
    .addColumn('name', text, (c) => c.primaryKey().notNull())
    .addColumn('value', text, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('staff')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('email', text, (c) => c.notNull().unique())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull().check(sql`role in ('admin', 'technician')`))
    .addColumn('password_hash', text)
    .addColumn('is_disabled', integer, (c) => c.notNull().defaultTo(0).check(flag('is_disabled')))
    .addColumn('created_at', instant, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('staff_session')
    .addColumn('secret_digest', bytes, (c) => c.primaryKey().notNull())
    .addColumn('staff_id', text, (c) => c.notNull().references('staff.id').onDelete('cascade'))
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('seen_at', instant, (c) => c.notNull())
    .addColumn('confirmed_at', instant, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('setup_link')
    .addColumn('secret_digest', bytes, (c) => c.primaryKey().notNull())
    .addColumn('staff_id', text, (c) => c.references('staff.id').onDelete('cascade'))
    .addColumn('created_at', instant, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createTable('sign_in_tries')
    .addColumn('subject_digest', bytes, (c) => c.primaryKey().notNull())
    .addColumn('window_started_at', instant, (c) => c.notNull())
    .addColumn('tries', integer, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('election')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('title', text, (c) => c.notNull())
    .addColumn('organiser', text, (c) => c.notNull())
    .addColumn('contact', text, (c) => c.notNull())
    .addColumn('description', text, (c) => c.notNull())
    .addColumn('language', text, (c) => c.notNull().check(sql`language in ('en', 'fr')`))
    .addColumn('time_zone', text, (c) => c.notNull())
    .addColumn('opens_at', instant)
    .addColumn('closes_at', instant, (c) => c.notNull())
    .addColumn('grace_seconds', integer, (c) => c.notNull().check(sql`grace_seconds >= 0`))
    .addColumn('code_digits', integer, (c) => c.notNull().check(sql`code_digits between 4 and 8`))
    .addColumn('election_key_bits', integer, (c) =>
      c.notNull().check(sql`election_key_bits in (2048, 3072, 4096)`),
    )
    .addColumn('credential_key_bits', integer, (c) =>
      c.notNull().check(sql`credential_key_bits in (2048, 3072, 4096)`),
    )
    .addColumn('publication', text, (c) => c.notNull().check(sql`publication in ('totals', 'openings')`))
    .addColumn('state', text, (c) =>
      c
        .notNull()
        .check(sql`state in ('draft','arming','armed','open','closed','tallied','published','archived')`),
    )
    .addColumn('links_mailed', integer, (c) => c.notNull().defaultTo(0).check(flag('links_mailed')))
    .addColumn('created_at', instant, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('contest')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('position', integer, (c) => c.notNull())
    .addColumn('title', text, (c) => c.notNull())
    .addColumn('method', text, (c) => c.notNull().check(sql`method in ('plurality', 'approval')`))
    .addColumn('min_choices', integer, (c) => c.notNull())
    .addColumn('max_choices', integer, (c) => c.notNull())
    .addColumn('has_blank', integer, (c) => c.notNull().check(flag('has_blank')))
    .addColumn('is_shuffled', integer, (c) => c.notNull().check(flag('is_shuffled')))
    .addCheckConstraint('contest_choices', sql`1 <= min_choices and min_choices <= max_choices`)
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('contest_of_election')
    .on('contest')
    .columns(['election_id', 'position'])
    .execute();

  await db.schema
    .createTable('candidate')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('contest_id', text, (c) => c.notNull().references('contest.id').onDelete('cascade'))
    .addColumn('position', integer, (c) => c.notNull())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('slogan', text, (c) => c.notNull())
    .addColumn('details', text, (c) => c.notNull())
    .addColumn('logo', text)
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('candidate_of_contest')
    .on('candidate')
    .columns(['contest_id', 'position'])
    .execute();

  await db.schema
    .createTable('voter')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('last_name', text, (c) => c.notNull())
    .addColumn('first_name', text, (c) => c.notNull())
    .addColumn('name_key', text, (c) => c.notNull())
    .addColumn('email', text, (c) => c.notNull())
    .addColumn('promotion', text, (c) => c.notNull())
    .addColumn('building', text, (c) => c.notNull())
    .addColumn('link_version', integer, (c) => c.notNull().defaultTo(1))
    .addColumn('link_digest', bytes, (c) => c.notNull().unique())
    .addColumn('is_marked', integer, (c) => c.notNull().defaultTo(0).check(flag('is_marked')))
    .addColumn('blinded_digest', bytes)
    .addUniqueConstraint('voter_email', ['election_id', 'email'])
    .addCheckConstraint('voter_mark', sql`(is_marked = 1) = (blinded_digest is not null)`)
    .modifyEnd(strict)
    .execute();
  await db.schema
    .createIndex('voter_by_name')
    .on('voter')
    .columns(['election_id', 'name_key', 'email'])
    .execute();
  await db.schema
    .createIndex('voter_marked')
    .on('voter')
    .column('election_id')
    .where(sql<boolean>`is_marked = 1`)
    .execute();

  await db.schema
    .createTable('code_tries')
    .addColumn('voter_id', text, (c) => c.primaryKey().notNull().references('voter.id').onDelete('cascade'))
    .addColumn('recent_wrong_at', text, (c) => c.notNull())
    .addColumn('total_wrong', integer, (c) => c.notNull())
    .addColumn('locked_until', instant)
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('mail')
    .addColumn('id', text, (c) => c.primaryKey().notNull().check(sql.raw(uuid)))
    .addColumn('election_id', text, (c) => c.references('election.id').onDelete('cascade'))
    .addColumn('voter_id', text, (c) => c.references('voter.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('batch', text, (c) => c.notNull())
    .addColumn('recipient', text)
    .addColumn('state', text, (c) =>
      c.notNull().check(sql`state in ('queued', 'sending', 'sent', 'refused', 'skipped')`),
    )
    .addColumn('attempts', integer, (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', instant, (c) => c.notNull())
    .addColumn('claimed_by', text)
    .addColumn('claimed_at', instant)
    .addColumn('message_id', text, (c) => c.notNull().unique())
    .addColumn('answer', text)
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('sent_at', instant)
    .addUniqueConstraint('mail_once', ['voter_id', 'kind', 'batch'])
    .modifyEnd(strict)
    .execute();
  await db.schema.createIndex('mail_due').on('mail').columns(['state', 'due_at', 'id']).execute();
  await db.schema
    .createIndex('mail_of_election')
    .on('mail')
    .columns(['election_id', 'state', 'due_at', 'id'])
    .execute();

  await db.schema
    .createTable('audit_entry')
    .addColumn('seq', integer, (c) => c.primaryKey().notNull())
    .addColumn('at', instant, (c) => c.notNull())
    .addColumn('election_id', text)
    .addColumn('actor', text, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('fields', text, (c) => c.notNull())
    .addColumn('previous_digest', bytes, (c) => c.notNull())
    .addColumn('digest', bytes, (c) => c.notNull().unique())
    .modifyEnd(strict)
    .execute();
  await refuseChanges(db, 'audit_entry', ['update', 'delete']);
}

/** Keys, manifest, urn, close, openings and result: nothing here names a voter, nothing in the urn has a time. */
async function urnSide(db: Kysely<unknown>): Promise<void> {
  const { text, integer, instant, bytes, strict, keyed } = columnsOf(db);
  const election = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('election_id', text, (c) =>
        c.primaryKey().notNull().references('election.id').onDelete('cascade'),
      );

  await election('election_key')
    .addColumn('modulus', bytes, (c) => c.notNull().unique())
    .addColumn('proof', text, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('proven_at', instant)
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('key_copy')
    .addColumn('election_id', text, (c) =>
      c.notNull().references('election_key.election_id').onDelete('cascade'),
    )
    .addColumn('copy', integer, (c) => c.notNull().check(sql`copy between 1 and 9`))
    .addColumn('proven_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('key_copy_key', ['election_id', 'copy'])
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('key_challenge')
    .addColumn('nonce', bytes, (c) => c.primaryKey().notNull())
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('secret_digest', bytes, (c) => c.notNull())
    .addColumn('expires_at', instant, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await election('server_key')
    .addColumn('credential_modulus', bytes, (c) => c.notNull().unique())
    .addColumn('credential_proof', text, (c) => c.notNull())
    .addColumn('sealed_credential_key', bytes)
    .addColumn('urn_public', bytes, (c) => c.notNull().unique())
    .addColumn('sealed_urn_key', bytes, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await election('manifest')
    .addColumn('digest', bytes, (c) => c.notNull().unique())
    .addColumn('content', text, (c) => c.notNull())
    .addColumn('signature', bytes, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('ballot')
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('tracker', bytes, (c) => c.notNull())
    .addColumn('pk', bytes, (c) => c.notNull())
    .addColumn('c', bytes, (c) => c.notNull())
    .addColumn('kc', bytes, (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('prefix', bytes, (c) => c.notNull())
    .addColumn('credential', bytes, (c) => c.notNull())
    .addColumn('proof', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('ballot_key', ['election_id', 'tracker'])
    .addUniqueConstraint('ballot_pk', ['election_id', 'pk'])
    .modifyEnd(keyed)
    .execute();
  await refuseChanges(db, 'ballot', ['update', 'delete']);

  await election('urn')
    .addColumn('server_sealed', integer, (c) => c.notNull().defaultTo(0))
    .modifyEnd(strict)
    .execute();

  await db.schema
    .createTable('public_event')
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('seq', integer, (c) => c.notNull())
    .addColumn('content', text, (c) => c.notNull())
    .addColumn('signature', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('public_event_key', ['election_id', 'seq'])
    .modifyEnd(strict)
    .execute();
  await refuseChanges(db, 'public_event', ['update']);

  await election('close_line')
    .addColumn('content', text, (c) => c.notNull())
    .addColumn('signature', bytes, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await refuseChanges(db, 'close_line', ['update']);

  await db.schema
    .createTable('voter_line')
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('voter', bytes, (c) => c.notNull())
    .addColumn('is_marked', integer, (c) => c.notNull().check(sql`is_marked in (0, 1)`))
    .addPrimaryKeyConstraint('voter_line_key', ['election_id', 'voter'])
    .modifyEnd(keyed)
    .execute();
  await refuseChanges(db, 'voter_line', ['update']);

  await election('result')
    .addColumn('content', text, (c) => c.notNull())
    .addColumn('signature', bytes, (c) => c.notNull())
    .modifyEnd(strict)
    .execute();
  await refuseChanges(db, 'result', ['update']);

  await db.schema
    .createTable('opening')
    .addColumn('election_id', text, (c) => c.notNull().references('election.id').onDelete('cascade'))
    .addColumn('tracker', bytes, (c) => c.notNull())
    .addColumn('r', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('opening_key', ['election_id', 'tracker'])
    .modifyEnd(keyed)
    .execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await rollSide(db);
  await urnSide(db);
}
