export { AUDIT_COLUMNS, AUDIT_RECORD, type AuditEntry, type AuditRow, auditRow, INSTALLATION_CHAIN } from './entry.ts';
export { recordAudit } from './record.ts';
