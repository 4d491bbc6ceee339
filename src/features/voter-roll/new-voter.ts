import { randomUUID } from 'node:crypto';
import { type ServerSecret, digestOf } from '../../secret.ts';
import type { NewVoter, VoterFields } from '../../store/voters.ts';
import { linkOf } from '../../voter-secrets.ts';
import type { RollRow } from './reading/index.ts';
import { foldCell } from './reading/cells.ts';

/** By what a name is ordered and found. */
const nameKey = (lastName: string, firstName: string): string =>
  `${foldCell(lastName)} ${foldCell(firstName)}`;

/** What the roll keeps of one row. */
export const voterFields = (row: Omit<RollRow, 'line'>): VoterFields => ({
  last_name: row.last_name,
  first_name: row.first_name,
  name_key: nameKey(row.last_name, row.first_name),
  email: row.email,
  promotion: row.promotion,
  building: row.building,
});

/** A voter who comes on the roll: a new id, and the digest of the link that follows from it. */
export function newVoter(secret: ServerSecret, electionId: string, row: Omit<RollRow, 'line'>): NewVoter {
  const id = randomUUID();
  return {
    id,
    election_id: electionId,
    ...voterFields(row),
    link_digest: digestOf(linkOf(secret, { id, link_version: 1 })),
  };
}
