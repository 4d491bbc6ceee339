export { exportLinks } from './export-links.ts';
export { printSheets, sheetFiles } from './print-sheets.ts';
export { mailingRoutes } from './routes.tsx';
export { sendAdminTest } from './send-admin-test.ts';
export { previewLinks, sendLinks } from './send-links.ts';
export { type RunKind, requireRun, runStandings, sendRun } from './send-run.ts';
