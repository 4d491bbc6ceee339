import { utf8 } from '../../protocol/bytes.ts';
import { parseCanonical } from '../../protocol/canonical-json.ts';
import { parseClose } from '../../protocol/close.ts';
import { parseEvent } from '../../protocol/events.ts';
import {
  writeBallotLine,
  writeCloseLine,
  writeEventLine,
  writeManifestLine,
  writeOpeningLine,
  writeResultLine,
  writeVoterLine,
} from '../../protocol/record.ts';
import { parseResult } from '../../protocol/result.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { loadTerms } from '../../election-terms.ts';
import type { Runtime } from '../../runtime.ts';
import { findElection } from '../../store/elections.ts';
import {
  ballotPages,
  findCloseLine,
  findManifest,
  findResult,
  listEvents,
  openingPages,
  voterLinePages,
} from '../../store/record.ts';

/** Stored text of the protocol that no longer reads is damage, not input. */
function stored<T>(read: T | undefined, what: string): T {
  if (read === undefined) throw new Error(`the stored ${what} cannot be read`);
  return read;
}

const json = (text: string) => stored(parseCanonical(text), 'line');

/**
 * The public record of section 10 as chunks of UTF-8 text, in constant memory. Refused before the close line exists.
 * Opening and result lines follow once the results are published; `withResult` gives them to staff earlier.
 */
export async function writeRecord(
  runtime: Runtime,
  electionId: string,
  withResult: boolean,
): Promise<Outcome<AsyncGenerator<Uint8Array>, 'NOT_FOUND' | 'NOT_CLOSED'>> {
  const { read } = runtime.store;
  const election = await findElection(read, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const close = await findCloseLine(read, electionId);
  if (close === undefined) return refuse('NOT_CLOSED');
  const isPublic = election.state === 'published' || election.state === 'archived';
  return accept(recordChunks(runtime, electionId, withResult || isPublic));
}

async function* recordChunks(
  runtime: Runtime,
  electionId: string,
  complete: boolean,
): AsyncGenerator<Uint8Array> {
  const { read } = runtime.store;
  const terms = stored(await loadTerms(runtime, electionId), 'manifest');
  const manifest = stored(await findManifest(read, electionId), 'manifest');
  yield utf8(writeManifestLine(terms, manifest.signature));
  for await (const page of voterLinePages(read, electionId)) yield utf8(page.map(writeVoterLine).join(''));
  for await (const page of ballotPages(read, electionId)) yield utf8(page.map(writeBallotLine).join(''));
  for (const { content, signature } of await listEvents(read, electionId)) {
    yield utf8(writeEventLine(stored(parseEvent(json(content)), 'event'), signature));
  }
  yield utf8(await closeLineText(runtime, electionId));
  const result = complete ? await findResult(read, electionId) : undefined;
  if (result === undefined) return;
  for await (const page of openingPages(read, electionId)) yield utf8(page.map(writeOpeningLine).join(''));
  yield utf8(writeResultLine(stored(parseResult(json(result.content)), 'result'), result.signature));
}

/** The signed close line with its LF, published as soon as voting has closed. */
export async function closeLineText(runtime: Runtime, electionId: string): Promise<string> {
  const close = stored(await findCloseLine(runtime.store.read, electionId), 'close line');
  return writeCloseLine(stored(parseClose(json(close.content)), 'close line'), close.signature);
}
