import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { keyed, requestDigest } from '../../../platform/db/idempotency.ts';
import { decideReport, saveReport, submitReport } from './act-service.ts';
import { assignReport } from './assign-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract.ts';
import type { importReportCells } from './contract-import.ts';
import type * as lists from './contract-list.ts';
import { MOST_LISTED } from './contract-list.ts';
import type { listReportParts, listReportRows } from './contract-rows.ts';
import { importCells } from './import-service.ts';
import { listOverdueReports, listReports, listWorkbook, readProgress } from './list-service.ts';
import { readCellParts } from './parts-service.ts';
import { listRegimes, readReport } from './read-service.ts';
import { readCellRows } from './rows-service.ts';

/** The use cases of periodic reports. The first argument is always who acts; a write with a key has one effect. */
export type ReportService = {
  regimes(actor: Actor): Promise<ReplyOf<typeof contract.listReportRegimes>>;
  list(actor: Actor, query: QueryOf<typeof lists.listReports>): Promise<ReplyOf<typeof lists.listReports>>;
  /** Not sent though the deadline is over; see `listOverdueReports`. */
  overdue(actor: Actor): ReturnType<typeof listOverdueReports>;
  /** The list as XLSX; says how much of it, see `MOST_LISTED`. */
  listWorkbook(actor: Actor, wish: lists.ListWishType): Promise<Uint8Array>;
  progress(
    actor: Actor,
    query: QueryOf<typeof lists.listReportProgress>,
  ): Promise<ReplyOf<typeof lists.listReportProgress>>;
  assign(
    actor: Actor,
    body: BodyOf<typeof contract.assignReport>,
    key?: string,
  ): Promise<ReplyOf<typeof contract.assignReport>>;
  /** @param no a version that was sent; undefined: what is being filled in, or the last one sent */
  get(actor: Actor, id: string, no?: number): Promise<ReplyOf<typeof contract.getReport>>;
  save(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.saveReport>,
    key?: string,
  ): Promise<ReplyOf<typeof contract.saveReport>>;
  submit(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.submitReport>,
    key?: string,
  ): Promise<ReplyOf<typeof contract.submitReport>>;
  /** The dossiers behind a counted cell. */
  rows(actor: Actor, id: string, query: QueryOf<typeof listReportRows>): Promise<ReplyOf<typeof listReportRows>>;
  /** What a number of a rolled-up report was added up from. */
  parts(actor: Actor, id: string, query: QueryOf<typeof listReportParts>): Promise<ReplyOf<typeof listReportParts>>;
  importCells(
    actor: Actor,
    id: string,
    body: BodyOf<typeof importReportCells>,
    key?: string,
  ): Promise<ReplyOf<typeof importReportCells>>;
  decide(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.decideReport>,
    key?: string,
  ): Promise<ReplyOf<typeof contract.decideReport>>;
};

type Done = ReplyOf<typeof contract.saveReport>;
type Run<R> = (own: ReportContext) => Promise<R>;

/** @param mostListed lines of the list as a workbook */
export function createReportService(ctx: ReportContext, mostListed = MOST_LISTED): ReportService {
  /** A write of one transaction whose result is its reply. */
  const once = <R>(name: string, actor: Actor, key: string | undefined, body: unknown, run: Run<R>): Promise<R> =>
    keyed(
      ctx.db,
      { operation: `report-${name}`, actor: actorRef(actor), key, body },
      { run: (db) => run({ ...ctx, db }), keep: (reply: R) => reply, again: (kept: R) => kept },
    );
  return {
    regimes: (actor) => listRegimes(ctx, actor),
    list: (actor, query) => listReports(ctx, actor, query),
    overdue: (actor) => listOverdueReports(ctx, actor),
    listWorkbook: (actor, wish) => listWorkbook(ctx, actor, wish, mostListed),
    progress: (actor, query) => readProgress(ctx, actor, query),
    assign: (actor, body, key) => once('assign', actor, key, body, (own) => assignReport(own, actor, body)),
    get: (actor, id, no) => readReport(ctx, actor, id, no),
    save: (actor, id, body, key) =>
      once('save', actor, key, { id, ...body }, (own) => saveReport(own, actor, id, body)),
    submit: (actor, id, body, key) =>
      once('submit', actor, key, { id, ...body }, (own) => submitReport(own, actor, id, body)),
    rows: (actor, id, query) => readCellRows(ctx, actor, id, query),
    parts: (actor, id, query) => readCellParts(ctx, actor, id, query),
    importCells: (actor, id, { file, ...body }, key) =>
      keyed(
        ctx.db,
        {
          operation: 'report-import',
          actor: actorRef(actor),
          key: body.apply ? key : undefined,
          body: { id, ...body, file: requestDigest(file) },
        },
        {
          run: (db) => importCells({ ...ctx, db }, actor, id, { file, ...body }),
          keep: (done: Done) => done,
          again: (done: Done) => ({ findings: [], changes: null, unnamed: false, done }),
        },
      ),
    decide: (actor, id, body, key) =>
      once('decide', actor, key, { id, ...body }, (own) => decideReport(own, actor, id, body)),
  };
}
