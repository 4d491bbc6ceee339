import type { Selectable } from 'kysely';
import type { Schema } from './schema.ts';
import type { Reader } from './store.ts';

/** Whom a printed sheet is for. */
export type SheetHolder = Pick<
  Selectable<Schema['voter']>,
  'id' | 'first_name' | 'last_name' | 'building' | 'promotion' | 'link_version'
>;

/** A part of the roll in the order in which sheets are handed out: by building, promotion and name. */
export const listSheetHolders = (
  reader: Reader,
  electionId: string,
  part: { readonly from: number; readonly size: number },
): Promise<SheetHolder[]> =>
  reader
    .selectFrom('voter')
    .select(['id', 'first_name', 'last_name', 'building', 'promotion', 'link_version'])
    .where('election_id', '=', electionId)
    .orderBy('building')
    .orderBy('promotion')
    .orderBy('name_key')
    .orderBy('id')
    .offset(part.from)
    .limit(part.size)
    .execute();
