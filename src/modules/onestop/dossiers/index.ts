/** The door of `dossiers`: what other modules and the composition root may use. */
export type { Also } from './also.ts';
export type { CommandOptions, CommandReply } from './command-service.ts';
export type {
  CommandBodyType,
  DossierPageType,
  IntakeBodyType,
  IntakeReplyType,
  PartySnapshotType,
} from './contract.ts';
export type { DueForecast, DueMoved, ReappointOrder } from './due-service.ts';
export {
  countPersonalData,
  erasePersonalData,
  findEnded,
  findKeeping,
  findKeepingByCode,
  findOfSamePeople,
  type KeepingFacts,
  lockKeeping,
  markHeld,
  type PersonalCounts,
} from './erase-store.ts';
export type { DossierEventPayload } from './events.ts';
export type { FollowedDossier, PublicDossier } from './follow-service.ts';
export { findHeldBy, findHoldings, type HeldDossier, type Holding } from './held-store.ts';
export { uploadOwner } from './intake-service.ts';
export { openLate } from './late-sql.ts';
export { createLedgerReader, type DossierLedger, type LedgerReader } from './ledger-reading.ts';
export { type OwnerAccess, provenScope, type RequestAnswer } from './owner-service.ts';
export type { DossierPorts, ProcedureRevision, RegimeFacts, RegisterBookFacts, UnitFacts } from './ports.ts';
export { registerDossierRoutes } from './routes.ts';
export { nationalStatus, statusName } from './rules/status.ts';
export { type DossierScope, dossierScope, seesAllOf } from './scope.ts';
export { createDossierService, type DossierDeps, type DossierService } from './service.ts';

export type { Succession } from './transfer-service.ts';
