import type { TemplateKey, TemplateText } from '../domain/mail-template.ts';
import type { Reader, Transaction } from './store.ts';

/** The text that an admin wrote; undefined where the built-in one stands. */
export const findTemplate = (reader: Reader, key: TemplateKey): Promise<TemplateText | undefined> =>
  reader
    .selectFrom('mail_template')
    .select(['subject', 'body'])
    .where('kind', '=', key.kind)
    .where('language', '=', key.language)
    .executeTakeFirst();

/** Which texts admins wrote. */
export const listTemplateKeys = (reader: Reader): Promise<TemplateKey[]> =>
  reader.selectFrom('mail_template').select(['kind', 'language']).execute();

export async function saveTemplate(
  trx: Transaction,
  { kind, language }: TemplateKey,
  { subject, body }: TemplateText,
): Promise<void> {
  await trx
    .insertInto('mail_template')
    .values({ kind, language, subject, body })
    .onConflict((conflict) => conflict.columns(['kind', 'language']).doUpdateSet({ subject, body }))
    .execute();
}

/** Gives a kind its built-in text back. */
export async function removeTemplate(trx: Transaction, { kind, language }: TemplateKey): Promise<void> {
  await trx.deleteFrom('mail_template').where('kind', '=', kind).where('language', '=', language).execute();
}
