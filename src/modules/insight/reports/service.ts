import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { decideReport, saveReport, submitReport } from './act-service.ts';
import { assignReport } from './assign-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract.ts';
import type { importReportCells } from './contract-import.ts';
import type * as lists from './contract-list.ts';
import type { listReportRows } from './contract-rows.ts';
import { importCells } from './import-service.ts';
import { listReports, listWorkbook, readProgress } from './list-service.ts';
import { listRegimes, readReport } from './read-service.ts';
import { readCellRows } from './rows-service.ts';

/** The use cases of periodic reports. The first argument is always who acts. */
export type ReportService = {
  regimes(actor: Actor): Promise<ReplyOf<typeof contract.listReportRegimes>>;
  list(actor: Actor, query: QueryOf<typeof lists.listReports>): Promise<ReplyOf<typeof lists.listReports>>;
  /** The whole list as XLSX. */
  listWorkbook(actor: Actor, wish: lists.ListWishType): Promise<Uint8Array>;
  progress(
    actor: Actor,
    query: QueryOf<typeof lists.listReportProgress>,
  ): Promise<ReplyOf<typeof lists.listReportProgress>>;
  assign(actor: Actor, body: BodyOf<typeof contract.assignReport>): Promise<ReplyOf<typeof contract.assignReport>>;
  /** @param no a version that was sent; undefined: what is being filled in, or the last one sent */
  get(actor: Actor, id: string, no?: number): Promise<ReplyOf<typeof contract.getReport>>;
  save(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.saveReport>,
  ): Promise<ReplyOf<typeof contract.saveReport>>;
  submit(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.submitReport>,
  ): Promise<ReplyOf<typeof contract.submitReport>>;
  /** The dossiers behind a counted cell. */
  rows(actor: Actor, id: string, query: QueryOf<typeof listReportRows>): Promise<ReplyOf<typeof listReportRows>>;
  importCells(
    actor: Actor,
    id: string,
    body: BodyOf<typeof importReportCells>,
  ): Promise<ReplyOf<typeof importReportCells>>;
  decide(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.decideReport>,
  ): Promise<ReplyOf<typeof contract.decideReport>>;
};

export function createReportService(ctx: ReportContext): ReportService {
  return {
    regimes: (actor) => listRegimes(ctx, actor),
    list: (actor, query) => listReports(ctx, actor, query),
    listWorkbook: (actor, wish) => listWorkbook(ctx, actor, wish),
    progress: (actor, query) => readProgress(ctx, actor, query),
    assign: (actor, body) => assignReport(ctx, actor, body),
    get: (actor, id, no) => readReport(ctx, actor, id, no),
    save: (actor, id, body) => saveReport(ctx, actor, id, body),
    submit: (actor, id, body) => submitReport(ctx, actor, id, body),
    rows: (actor, id, query) => readCellRows(ctx, actor, id, query),
    importCells: (actor, id, body) => importCells(ctx, actor, id, body),
    decide: (actor, id, body) => decideReport(ctx, actor, id, body),
  };
}
