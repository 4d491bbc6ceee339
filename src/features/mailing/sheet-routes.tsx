import type { Runtime } from '../../runtime.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { printSheets, sheetFiles } from './print-sheets.ts';
import { SheetsPage } from './sheets-page.tsx';

/** Sheets with codes, for admins who typed their password just now. */
export function sheetRoutes(runtime: Runtime): Route[] {
  const show = async (c: PageContext): Promise<Response> => {
    const files = await sheetFiles(runtime, c.req.param('election') ?? '');
    return files.ok ? render(c, <SheetsPage c={c} {...files.value} />) : refusalPage(c, files);
  };

  const print = async (c: PageContext): Promise<Response> => {
    const posted = await readPosted(c);
    const part = /^[1-9]\d{0,4}$/.test(posted.text('part')) ? Number(posted.text('part')) : 1;
    const printed = await printSheets(runtime, {
      electionId: c.req.param('election') ?? '',
      actor: viewerOf(c).email,
      part,
      hasLink: posted.text('content') === 'link',
    });
    if (!printed.ok) return refusalPage(c, printed);
    return c.body(new Uint8Array(printed.value.pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="sheets-${part}.pdf"`,
    });
  };

  const path = '/elections/:election/sheets';
  const rule = { path, access: 'admin', isFresh: true } as const;
  return [
    { method: 'GET', ...rule, surface: 'page', handle: show },
    { method: 'POST', ...rule, surface: 'file', handle: print },
  ];
}
