import { type ExportFormat, exportAudit } from '../features/audit-log/index.ts';
import { brokenAuditEntry } from '../store/audit.ts';
import { findAuditDigest, listAudit } from '../store/audit-search.ts';
import { newFile } from './new-file.ts';
import { type CommonOptions, UsageError, answer, say, warn, withRuntime } from './terminal.ts';

/** What `verify` answers where the chain does not hold. */
const INTEGRITY_FAILURE = 7;

/**
 * `audit verify`: walks the whole chain. Entries cut off at the end leave a chain that holds: so the last digest is
 * told, to be noted elsewhere, and `--contains` asks for one that was noted.
 */
export const auditVerifyCommand = (
  options: Pick<CommonOptions, 'json'> & { readonly contains?: string },
): Promise<number> =>
  withRuntime(async ({ store: { read } }) => {
    const { contains } = options;
    if (contains !== undefined && !/^[0-9a-f]{64}$/.test(contains)) {
      throw new UsageError('--contains takes a digest: 64 hexadecimal digits');
    }
    const broken = await brokenAuditEntry(read);
    const failed = (text: string, fields: Readonly<Record<string, unknown>>): number => {
      if (options.json === true) say(JSON.stringify({ holds: false, ...fields }));
      else warn(text);
      return INTEGRITY_FAILURE;
    };
    if (broken !== undefined) {
      return failed(`The chain is broken at entry ${broken}: somebody changed the database.`, { broken });
    }
    const found =
      contains === undefined ? undefined : await findAuditDigest(read, Buffer.from(contains, 'hex'));
    if (contains !== undefined && found === undefined) {
      return failed('No entry has this digest: the log was cut off, or another one put in its place.', {
        missing: contains,
      });
    }
    const [last] = await listAudit(read, {}, Number.MAX_SAFE_INTEGER, 1);
    const entries = last?.seq ?? 0;
    const digest = last === undefined ? '' : Buffer.from(last.digest).toString('hex');
    return answer(
      options,
      entries === 0 ? 'The log has no entries.' : `${entries} entries hold; digest of the last: ${digest}`,
      { holds: true, entries, digest, ...(found === undefined ? {} : { contains: found }) },
    );
  });

export interface AuditExportOptions extends CommonOptions {
  readonly out: string;
  readonly format: ExportFormat;
}

/** `audit export`: the log, of one election where it is named, into a new file. */
export const auditExportCommand = (options: AuditExportOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const file = newFile(options.out);
    const chunks = exportAudit(runtime, { electionId: options.election }, options.format);
    let next = await chunks.next();
    for (; next.done !== true; next = await chunks.next()) file.write(next.value);
    file.close();
    return answer(options, `${next.value} entries are in ${options.out}.`, {
      entries: next.value,
      file: options.out,
    });
  });
