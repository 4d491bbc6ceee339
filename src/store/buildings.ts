import type { BuildingLook } from '../domain/buildings.ts';
import type { Reader, Transaction } from './store.ts';

/** The look of each building that somebody has chosen one for, by the building's name. */
export async function buildingLooks(reader: Reader): Promise<Readonly<Record<string, BuildingLook>>> {
  const rows = await reader.selectFrom('building_look').selectAll().execute();
  return Object.fromEntries(rows.map(({ name, icon, colour }) => [name, { icon, colour }]));
}

export async function saveLook(trx: Transaction, name: string, look: BuildingLook): Promise<void> {
  await trx
    .insertInto('building_look')
    .values({ name, ...look })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(look))
    .execute();
}

export async function deleteLook(trx: Transaction, name: string): Promise<void> {
  await trx.deleteFrom('building_look').where('name', '=', name).execute();
}
