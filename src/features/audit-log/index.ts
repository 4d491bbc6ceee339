export { auditLogRoutes } from './audit-routes.tsx';
export { type ExportFormat, exportAudit } from './export-audit.ts';
