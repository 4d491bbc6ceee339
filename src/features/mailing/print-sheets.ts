import { setImmediate as letOthersRun } from 'node:timers/promises';
import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { loadTerms } from '../../election-terms.ts';
import { openPdf } from '../../pdf/tagged-pdf.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { keyFingerprint } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import {
  type ElectionRow,
  factsOf,
  findElection,
  lockForAct,
  updateElection,
} from '../../store/elections.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { type SheetHolder, listSheetHolders } from '../../store/sheet-holders.ts';
import { codeOf, linkOf } from '../../voter-secrets.ts';
import { type SheetFacts, drawSheet } from './draw-sheet.ts';
import { sheetTexts } from './sheet-texts.ts';

/** Voters a file. */
export const SHEETS_A_FILE = 500;

export interface SheetRequest {
  readonly electionId: string;
  readonly actor: Actor;
  /** Which file, from 1. */
  readonly part: number;
  /** Print the link beside the code: the sheet alone is then enough to vote. */
  readonly hasLink: boolean;
  /** Called after each sheet. */
  readonly onProgress?: (drawn: number) => void;
}

export interface PrintedSheets {
  readonly pdf: Buffer;
  readonly count: number;
}

/** How many files the roll fills; refused where no sheet can be printed. */
export async function sheetFiles(
  runtime: Runtime,
  electionId: string,
): Promise<
  Outcome<{ readonly election: ElectionRow; readonly voters: number; readonly files: number }, RefusalCode>
> {
  const { store, clock } = runtime;
  const election = await findElection(store.read, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const allowed = requireAct(factsOf(election, clock.now()), 'send-links');
  if (!allowed.ok) return allowed;
  const { registered: voters } = await rollFigures(store.read, electionId);
  return accept({ election, voters, files: Math.ceil(voters / SHEETS_A_FILE) });
}

/** Writes down who prints what, before anything is drawn: a file that was not on the record never exists. */
function recordPrinting(
  runtime: Runtime,
  request: SheetRequest,
): Promise<Outcome<{ election: ElectionRow; holders: readonly SheetHolder[] }, RefusalCode>> {
  const { electionId, actor, part } = request;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const act = await lockForAct(trx, electionId, 'send-links', at);
    if (!act.ok) return act;
    const from = (part - 1) * SHEETS_A_FILE;
    const holders = await listSheetHolders(trx, electionId, { from, size: SHEETS_A_FILE });
    if (holders.length === 0) return refuse('NOT_FOUND');
    const fields = { count: holders.length, part };
    await updateElection(trx, electionId, { links_mailed: 1 });
    await appendAudit(trx, { at, actor, electionId, kind: 'sheets-exported', fields });
    return accept({ election: act.value.election, holders });
  });
}

/**
 * The sheets of one part of the roll as a PDF. An audited act: whoever holds it holds the codes. It counts as handing
 * links out, so the key can no longer be made anew. Everybody on the roll gets a sheet: one that were missing would tell
 * who has voted.
 */
export async function printSheets(
  runtime: Runtime,
  request: SheetRequest,
): Promise<Outcome<PrintedSheets, RefusalCode>> {
  const recorded = await recordPrinting(runtime, request);
  if (!recorded.ok) return recorded;
  const { election, holders } = recorded.value;
  const terms = await loadTerms(runtime, election.id);
  if (terms === undefined) return refuse('NOT_ARMED');
  const facts: SheetFacts = {
    election,
    server: runtime.config.publicUrl,
    fingerprint: await keyFingerprint(nodePrimitives, terms.electionKey),
  };
  const digest = toBase64url(terms.digest);
  const title = sheetTexts[election.language].pdfTitle(election.title);
  const pdf = openPdf({ language: election.language, title, size: 'A5', isNumbered: false });
  for (const [index, holder] of holders.entries()) {
    if (index > 0) pdf.newPage();
    const link = `${runtime.config.publicUrl}/vote/${linkOf(runtime.secret, holder)}#${digest}`;
    drawSheet(pdf, facts, {
      holder,
      code: codeOf(runtime.secret, holder, election.code_digits),
      ...(request.hasLink ? { link } : {}),
    });
    request.onProgress?.(index + 1);
    // a ballot that is being cast meanwhile does not wait for the other sheets
    await letOthersRun();
  }
  return accept({ pdf: await pdf.end(), count: holders.length });
}
