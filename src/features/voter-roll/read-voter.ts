import { fault, refuseFields } from '../../domain/input-faults.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { loadRollSettings } from './read-roll-file.ts';
import { checkRows } from './reading/check-rows.ts';
import {
  ROLL_COLUMNS,
  type RollColumn,
  type RollRow,
  type RollSettings,
  type RowErrorCode,
} from './reading/index.ts';

/** What is said of one voter, as it was typed. */
export type VoterInput = Readonly<Record<RollColumn, string>>;

/** Why a field of the form is refused, in the codes of forms. */
function faultOf(code: RowErrorCode, settings: RollSettings): string {
  const { domains, promotions, buildings } = settings;
  switch (code) {
    case 'NAME_MISSING':
    case 'EMAIL_MISSING':
      return fault('REQUIRED');
    case 'EMAIL_INVALID':
      return fault('NOT_AN_ADDRESS');
    case 'DOMAIN_NOT_ALLOWED':
      return fault('DOMAIN_NOT_ALLOWED', domains?.join(', '));
    case 'PROMOTION_UNKNOWN':
      return fault('NOT_A_CHOICE', promotions?.join(', '));
    case 'BUILDING_UNKNOWN':
      return fault('NOT_A_CHOICE', buildings?.join(', '));
    case 'EMAIL_DUPLICATE':
    case 'COLUMN_COUNT':
      throw new Error(`one row of five cells cannot be refused as ${code}`);
    default:
      return code satisfies never;
  }
}

/** One voter is held to the very rules of a roll file. */
export async function readVoter(
  runtime: Runtime,
  input: VoterInput,
): Promise<Outcome<RollRow, 'INVALID_INPUT'>> {
  const settings = await loadRollSettings(runtime);
  const cells = ROLL_COLUMNS.map((column) => input[column]);
  const checked = checkRows(
    {
      delimiter: null,
      header: true,
      isSheet: true,
      skip: 0,
      columns: {
        width: cells.length,
        positions: { last_name: 0, first_name: 1, email: 2, promotion: 3, building: 4 },
      },
      rows: () => [{ line: 1, cells, share: 1 }].values(),
    },
    settings,
  ).next();
  if (checked.done !== true) throw new Error('one row is checked in one step');
  if (typeof checked.value === 'string') {
    const missing = fault('REQUIRED');
    return refuseFields({ last_name: missing, first_name: missing, email: missing });
  }
  const { voters, errors } = checked.value;
  const [voter] = voters;
  if (voter !== undefined) return accept(voter);
  return refuseFields(
    Object.fromEntries(errors.map(({ column, code }) => [column ?? 'email', faultOf(code, settings)])),
  );
}
