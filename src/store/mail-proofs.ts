import type { Selectable } from 'kysely';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

type MailProof = Selectable<Schema['mail_proof']>;

/** Ids of the test mails that left for an address, the newest first, at most `limit`. */
export async function sentTests(reader: Reader, address: string, limit: number): Promise<string[]> {
  const rows = await reader
    .selectFrom('mail')
    .select('id')
    .where('election_id', 'is', null)
    .where('state', '=', 'sent')
    .where('kind', '=', 'test')
    .where('recipient', '=', address)
    .orderBy('sent_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Keeps that e-mails of a mail server reach an address, in the place of what was known of it. */
export async function putMailProof(trx: Transaction, proof: MailProof): Promise<void> {
  const { server, proven_at } = proof;
  await trx
    .insertInto('mail_proof')
    .values(proof)
    .onConflict((conflict) => conflict.column('address').doUpdateSet({ server, proven_at }))
    .execute();
}

/** When somebody last proved that e-mails of this mail server arrive, if anybody did: who, and when. */
export const findMailProof = (reader: Reader, server: string): Promise<MailProof | undefined> =>
  reader
    .selectFrom('mail_proof')
    .selectAll()
    .where('server', '=', server)
    .orderBy('proven_at', 'desc')
    .limit(1)
    .executeTakeFirst();
