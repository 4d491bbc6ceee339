import { migrations } from '../../migrations/index.ts';
import { type OpenedCopy } from '../store/backup.ts';
import { listElections } from '../store/elections.ts';
import { findElectionKey, listKeyCopies } from '../store/keys.ts';
import { mailFigures } from '../store/mail-figures.ts';
import type { Reader } from '../store/store.ts';
import { auditFault, urnFault } from './database-fault.ts';
import { type Finding, contradiction, failure, fine, warning } from './finding.ts';

/** Whether this program and the schema belong together; anything but ok leaves nothing to ask the tables. */
export async function checkSchema(copy: OpenedCopy): Promise<Finding> {
  const unknown = await copy.unknownMigration();
  if (unknown !== undefined) {
    return failure('schema', `a newer Votix made it (${unknown})`, 'install that version');
  }
  const applied = new Set(await copy.migrations());
  const missing = Object.keys(migrations).filter((name) => !applied.has(name));
  return missing.length === 0
    ? fine('schema', 'up to date')
    : failure('schema', `${missing.length} migrations are missing`, 'make a backup, then run migrate');
}

/** The stored data, and each election. */
export async function* dataChecks(copy: OpenedCopy, now: number): AsyncGenerator<Finding> {
  const restore = 'stop the server, keep the file, restore a backup';
  yield copy.isDurable()
    ? fine('durability', 'write-ahead log, pages of 16 KiB')
    : failure('durability', 'the file is not laid out as Votix makes it', restore);
  const fault = copy.fault();
  yield fault === undefined ? fine('database', 'whole') : contradiction('database', fault, restore);
  const broken = await auditFault(copy.read);
  yield broken === undefined ? fine('audit log', 'unbroken') : contradiction('audit log', broken, restore);
  const urn = await urnFault(copy.read);
  yield urn === undefined ? fine('urns', 'as closed') : contradiction('urns', urn, restore);
  yield await checkClock(copy.read, now);
  yield* electionChecks(copy.read, now);
}

async function checkClock(reader: Reader, now: number): Promise<Finding> {
  const last = await reader
    .selectFrom('audit_entry')
    .select('at')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last === undefined || last.at <= now
    ? fine('clock', new Date(now).toISOString())
    : failure('clock', 'it is behind the last act in the audit log', 'set the clock of this machine');
}

async function* electionChecks(reader: Reader, now: number): AsyncGenerator<Finding> {
  for (const election of await listElections(reader)) {
    const { id, title, state } = election;
    const name = `election “${title}”`;
    if (state === 'draft' || state === 'archived') continue;
    const key = await findElectionKey(reader, id);
    const copies = await listKeyCopies(reader, id);
    const isToBeCounted = state === 'armed' || state === 'open' || state === 'closed';
    if (state === 'arming' || key?.proven_at === null) {
      yield warning(name, 'its key has not been proven yet', 'run prove-key before the opening time');
    } else if (isToBeCounted && copies.length < 2) {
      yield warning(
        name,
        'only one copy of its key has been proven',
        'prove a second one: prove-key --copy 2',
      );
    } else {
      yield fine(name, state);
    }
    if (state !== 'armed' && state !== 'open') continue;
    const mails = await mailFigures(reader, id);
    const isLate = mails.oldestDueAt !== null && now - mails.oldestDueAt > 600_000 && !mails.isPaused;
    if (isLate) yield warning(name, `${mails.queued} e-mails wait for over ten minutes`, 'see its mail page');
    if (mails.refused > 0) yield warning(name, `${mails.refused} e-mails were refused`, 'see its mail page');
    if (election.links_mailed === 0) {
      yield warning(name, 'nobody has been given a link', 'run send-links or export-links');
    }
  }
}
