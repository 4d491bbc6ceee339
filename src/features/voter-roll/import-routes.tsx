import Papa from 'papaparse';
import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, factsOf, findElection } from '../../store/elections.ts';
import { findManifest } from '../../store/record.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { ImportPage, PreviewPage, columnLabel } from './import-pages.tsx';
import { type ImportReport, importRoll, sortByRoll } from './import-roll.ts';
import { importTexts } from './import-texts.ts';
import { discardUpload, keepUpload, readUpload, takeUpload } from './kept-uploads.ts';
import { readRollFile } from './read-roll-file.ts';
import { MAX_FILE_BYTES, type RollReading, describeFileError, describeRowError } from './reading/index.ts';

/** The file, and room for the form around it. */
const LARGEST_UPLOAD = MAX_FILE_BYTES + 256 * 1024;

/** Refusals after which the same file can be confirmed again. */
const isWorthKeeping = ({ code }: Refusal<RefusalCode>): boolean => code !== 'CLOSED' && code !== 'NOT_FOUND';

/** From the choice of a file to the import: nothing is written before it is confirmed. */
export function importRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;
  const listPath = (election: ElectionRow): string => `/elections/${election.id}/import-voters`;
  const refused = (c: PageContext, election: ElectionRow, refusal: Refusal<RefusalCode>) =>
    refusalPage(c, refusal, {
      back: { href: listPath(election), label: importTexts[c.get('language')].title },
    });

  const showForm = async (c: PageContext, election: ElectionRow, fault?: string): Promise<Response> => {
    const { registered } = await rollFigures(read, election.id);
    const isOpen = requireAct(factsOf(election, runtime.clock.now()), 'change-roll').ok;
    return render(
      c,
      <ImportPage c={c} election={election} registered={registered} isOpen={isOpen} fault={fault} />,
      fault === undefined ? 200 : 422,
    );
  };

  /** Keeps the file where it can be read; where not, says at once what it is instead of a roll. */
  const choose = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const allowed = requireAct(factsOf(election, runtime.clock.now()), 'change-roll');
    if (!allowed.ok) return refused(c, election, allowed);
    const language = c.get('language');
    const file = (await readPosted(c)).file('roll');
    if (file === undefined) return showForm(c, election, importTexts[language].choose);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { file_error: fault } = await readRollFile(runtime, { bytes });
    if (fault !== null) return showForm(c, election, describeFileError(language, fault));
    const preview = await keepUpload(runtime, election.id, bytes);
    return c.redirect(`${listPath(election)}/previews/${preview}`, 303);
  };

  const readPreview = async (c: PageContext, election: ElectionRow): Promise<RollReading | undefined> => {
    const bytes = await readUpload(runtime, election.id, c.req.param('preview') ?? '');
    return bytes && readRollFile(runtime, { bytes });
  };

  const showPreview = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const reading = await readPreview(c, election);
    if (reading === undefined) return refused(c, election, refuse('PREVIEW_GONE'));
    const sorted = await sortByRoll(runtime, { electionId: election.id, reading });
    return render(
      c,
      <PreviewPage
        c={c}
        election={election}
        preview={c.req.param('preview') ?? ''}
        reading={reading}
        added={sorted.added.length}
        differing={sorted.changed.length}
        isFrozen={(await findManifest(read, election.id)) !== undefined}
      />,
    );
  };

  /** Every error of the file as a table of its own; cells that a spreadsheet would run are made text. */
  const downloadErrors = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const reading = await readPreview(c, election);
    if (reading === undefined) return refused(c, election, refuse('PREVIEW_GONE'));
    const language = c.get('language');
    const t = importTexts[language];
    const rows = reading.errors.map((error) => [
      error.line,
      columnLabel(language, error.column),
      error.value,
      describeRowError(language, error),
    ]);
    const csv = Papa.unparse([[t.line, t.column, t.cell, t.whatToDo], ...rows], { escapeFormulae: true });
    // the mark tells a spreadsheet that this is UTF-8
    return c.body(`\uFEFF${csv}\r\n`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="errors.csv"',
    });
  };

  const confirm = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const { text } = await readPosted(c);
    const preview = text('preview');
    const upload = await takeUpload(runtime, election.id, preview);
    if (upload === undefined) return refused(c, election, refuse('PREVIEW_GONE'));
    let imported: Awaited<ReturnType<typeof importRoll>> | undefined;
    try {
      imported = await importRoll(runtime, {
        electionId: election.id,
        actor: viewerOf(c).email,
        bytes: upload.bytes,
        mode: text('mode') === 'only-valid' ? 'only-valid' : 'all',
        existing: text('existing') === 'update' ? 'update' : 'keep',
      });
    } finally {
      const isDone = imported !== undefined && (imported.ok || !isWorthKeeping(imported));
      await (isDone ? upload.remove() : upload.putBack());
    }
    if (imported.ok) return c.redirect(reportPath(election, imported.value), 303);
    // the settings have changed since the preview: it now shows what is wrong
    if (imported.code === 'ROLL_HAS_ERRORS') {
      return c.redirect(`${listPath(election)}/previews/${preview}`, 303);
    }
    return refused(c, election, imported);
  };

  const discard = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    await discardUpload(runtime, election.id, (await readPosted(c)).text('preview'));
    return c.redirect(listPath(election), 303);
  };

  const route = (
    method: Route['method'],
    path: string,
    handle: (c: PageContext, election: ElectionRow) => Promise<Response>,
  ): Route => ({
    method,
    path: `/elections/:election/import-voters${path}`,
    access: 'technician',
    surface: 'page',
    handle: async (c) => {
      const election = await findElection(read, c.req.param('election') ?? '');
      return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : handle(c, election);
    },
  });
  return [
    route('GET', '', (c, election) => showForm(c, election)),
    { ...route('POST', '', choose), largestBody: LARGEST_UPLOAD },
    route('GET', '/previews/:preview', showPreview),
    { ...route('GET', '/previews/:preview/errors.csv', downloadErrors), surface: 'file' },
    route('POST', '/confirm', confirm),
    route('POST', '/discard', discard),
  ];
}

const reportPath = (election: ElectionRow, { added, updated, kept, refused }: ImportReport): string =>
  `/elections/${election.id}/register-voter?added=${added}&updated=${updated}&kept=${kept}&refused=${refused}`;
