export { AUDIT_COLUMNS, AUDIT_RECORD, type AuditEntry, type AuditRow, auditRow, INSTALLATION_CHAIN } from './entry.ts';
export { erasePayloads } from './erase.ts';
export { countErasable } from './list-store.ts';
export { createReadingLog, createReadingTimer, directReadings, type ReadingLog } from './reading-log.ts';
export { recordAudit } from './record.ts';
export { registerAuditRoutes } from './routes.ts';
export { sealOnce } from './seal.ts';
export { type AuditService, createAuditService, createAuditTimers } from './service.ts';
export { type Anchor, type AuditVerdict, type BrokenRecord, type BrokenWhy, verifyAudit } from './verify.ts';
