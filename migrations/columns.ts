import { type ColumnDataType, type QueryExecutorProvider, type RawBuilder, SqliteAdapter, sql } from 'kysely';

/** Column types that mean the same on both databases, and the table endings that only SQLite has. */
export interface Columns {
  readonly isSqlite: boolean;
  readonly text: ColumnDataType;
  readonly integer: ColumnDataType;
  /** 64-bit: instants in milliseconds. */
  readonly instant: ColumnDataType;
  readonly bytes: RawBuilder<unknown>;
  readonly strict: RawBuilder<unknown>;
  /** For tables whose rows must lie in the order of their key, never in the order of arrival. */
  readonly keyed: RawBuilder<unknown>;
}

export function columnsOf(db: QueryExecutorProvider): Columns {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  return {
    isSqlite,
    text: 'text',
    integer: 'integer',
    instant: isSqlite ? 'integer' : 'bigint',
    bytes: isSqlite ? sql`blob` : sql`bytea`,
    strict: isSqlite ? sql`strict` : sql``,
    keyed: isSqlite ? sql`strict, without rowid` : sql``,
  };
}

/** Triggers that refuse UPDATE and DELETE of rows, on either database. */
export async function refuseChanges(
  db: QueryExecutorProvider,
  table: string,
  acts: readonly ('update' | 'delete')[],
): Promise<void> {
  const { isSqlite } = columnsOf(db);
  if (!isSqlite) {
    await sql`create or replace function refuse_change() returns trigger language plpgsql as
      $$ begin raise exception 'rows of % are never changed', tg_table_name; end $$`.execute(db);
  }
  for (const act of acts) {
    const name = sql.id(`${table}_no_${act}`);
    const body = isSqlite
      ? sql`begin select raise(abort, 'rows of this table are never changed'); end`
      : sql`for each row execute function refuse_change()`;
    await sql`create trigger ${name} before ${sql.raw(act)} on ${sql.table(table)} ${body}`.execute(db);
  }
}
