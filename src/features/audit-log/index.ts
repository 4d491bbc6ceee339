export { auditLogRoutes } from './audit-routes.tsx';
export { type ExportFormat, EXPORT_FORMATS, exportAudit } from './export-audit.ts';
