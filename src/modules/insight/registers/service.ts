import type { Readable } from 'node:stream';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import type { OpenedFile } from '../../foundation/files/index.ts';
import type { RegisterContext } from './context.ts';
import type * as contract from './contract.ts';
import { readEntry } from './entry-reading.ts';
import { saveEntry } from './entry-service.ts';
import { attachFile, openFile } from './evidence-service.ts';
import { type ImportWish, importSheet } from './import-service.ts';
import { openPeriod } from './open-service.ts';
import { listOverdueRegisters, listRegisters, readRegister, readTrend } from './read-service.ts';
import { listMentions, listResults } from './results-service.ts';
import { exportOf, templateOf } from './sheet-service.ts';

type Wish = { readonly unitId?: string | undefined; readonly periodId?: string | undefined };
type Workbook = { readonly name: `${string}.xlsx`; readonly bytes: Uint8Array };

/** The use cases of registers. The first argument is always who acts; a write with a key has one effect. */
export type RegisterService = {
  /** Of which entries are missing though the deadline is over; see `listOverdueRegisters`. */
  overdue(actor: Actor, unitId: string): ReturnType<typeof listOverdueRegisters>;
  list(actor: Actor, query: QueryOf<typeof contract.listRegisters>): Promise<ReplyOf<typeof contract.listRegisters>>;
  get(
    actor: Actor,
    id: string,
    query: QueryOf<typeof contract.getRegister>,
  ): Promise<ReplyOf<typeof contract.getRegister>>;
  trend(
    actor: Actor,
    id: string,
    query: QueryOf<typeof contract.getRegisterTrend>,
  ): Promise<ReplyOf<typeof contract.getRegisterTrend>>;
  entry(actor: Actor, entryId: string): Promise<ReplyOf<typeof contract.getRegisterEntry>>;
  /** What a line of a unit may refer to. */
  results(
    actor: Actor,
    id: string,
    query: QueryOf<typeof contract.listRegisterResults>,
  ): Promise<ReplyOf<typeof contract.listRegisterResults>>;
  /** Lines that refer to a result. */
  mentions(
    actor: Actor,
    query: QueryOf<typeof contract.listRegisterMentions>,
  ): Promise<ReplyOf<typeof contract.listRegisterMentions>>;
  save(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.saveEntry>,
    key?: string,
  ): Promise<ReplyOf<typeof contract.saveEntry>>;
  open(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.openRegisterPeriod>,
    key?: string,
  ): Promise<ReplyOf<typeof contract.openRegisterPeriod>>;
  attach(
    actor: Actor,
    entryId: string,
    source: Readable | Buffer,
    name: string,
    key?: string,
  ): Promise<ReplyOf<typeof contract.attachEvidence>>;
  file(actor: Actor, fileId: string): Promise<OpenedFile>;
  template(actor: Actor, id: string, wish: Wish): Promise<Workbook>;
  export(actor: Actor, id: string, wish: Wish): Promise<Workbook>;
  import(
    actor: Actor,
    id: string,
    bytes: Uint8Array,
    wish: ImportWish,
    key?: string,
  ): Promise<ReplyOf<typeof contract.importRegister>>;
};

type Run<R> = (own: RegisterContext) => Promise<R>;

export function createRegisterService(ctx: RegisterContext): RegisterService {
  /** A write of one transaction whose result is its reply. */
  const once = <R>(name: string, actor: Actor, key: string | undefined, body: unknown, run: Run<R>): Promise<R> =>
    keyed(
      ctx.db,
      { operation: `register-${name}`, actor: actorRef(actor), key, body },
      { run: (db) => run({ ...ctx, db }), keep: (reply: R) => reply, again: (kept: R) => kept },
    );
  return {
    overdue: (actor, unitId) => listOverdueRegisters(ctx, actor, unitId),
    list: (actor, query) => listRegisters(ctx, actor, query),
    get: (actor, id, query) => readRegister(ctx, actor, id, query),
    trend: (actor, id, query) => readTrend(ctx, actor, id, query),
    entry: (actor, entryId) => readEntry(ctx, actor, entryId),
    results: (actor, id, query) => listResults(ctx, actor, id, query),
    mentions: (actor, query) => listMentions(ctx, actor, query),
    save: (actor, id, body, key) => once('save', actor, key, { id, ...body }, (own) => saveEntry(own, actor, id, body)),
    open: (actor, id, body, key) =>
      once('open', actor, key, { id, ...body }, (own) => openPeriod(own, actor, id, body)),
    attach: (actor, entryId, source, name, key) =>
      once('attach', actor, key, { entryId, name }, (own) => attachFile(own, actor, entryId, source, name)),
    file: (actor, fileId) => openFile(ctx, actor, fileId),
    template: (actor, id, wish) => templateOf(ctx, actor, id, wish),
    export: (actor, id, wish) => exportOf(ctx, actor, id, wish),
    // What is written is told by the digest of what was seen.
    import: (actor, id, bytes, wish, key) =>
      once('import', actor, wish.seen && key, { id, ...wish }, (own) => importSheet(own, actor, id, bytes, wish)),
  };
}
