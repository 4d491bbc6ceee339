export { publishResult } from './publish-result.ts';
export { resultRoutes } from './routes.tsx';
export { writeRecord } from './write-record.ts';
