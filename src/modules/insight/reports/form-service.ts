import crypto from 'node:crypto';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatDay, toIso } from '../../../core/time/index.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { registersOn } from '../registers/index.ts';
import { allReports, knownRegisters, plainName } from './content.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-form.ts';
import * as store from './form-store.ts';
import { findReportOn, reportsOn } from './forms.ts';
import { staffNames } from './names.ts';
import { checkForm } from './rules/check-form.ts';
import type { ReportDefinition } from './rules/form.ts';
import { placeInWords } from './rules/form-place.ts';

type Saved = ReplyOf<typeof contract.saveReportForm>;

/** Forms designed in the console: drafts of copies, published for good from a day on. A write with a key has one effect. */
export type FormService = {
  list(): Promise<ReplyOf<typeof contract.listReportForms>>;
  /** Registers a form may name as where a typed cell comes from. */
  sources(): Promise<ReplyOf<typeof contract.listReportSources>>;
  get(id: string): Promise<ReplyOf<typeof contract.getReportForm>>;
  /** @throws AppError report/unknown, report/form (another report has the name) */
  create(actor: Actor, body: BodyOf<typeof contract.createReportForm>, key?: string): Promise<{ id: string }>;
  /** @throws AppError report/form (with every place), report/form-published, row/stale, row/missing */
  save(actor: Actor, id: string, body: BodyOf<typeof contract.saveReportForm>, key?: string): Promise<Saved>;
  /** @throws AppError report/form, report/form-day, report/form-published, row/stale, row/missing */
  publish(actor: Actor, id: string, body: BodyOf<typeof contract.publishReportForm>, key?: string): Promise<Saved>;
  /** @throws AppError report/form-published, row/stale, row/missing */
  discard(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.discardReportForm>,
    key?: string,
  ): Promise<{ id: string }>;
};

export function createFormService(ctx: ReportContext): FormService {
  type Run<R> = (own: FormService) => Promise<R>;
  /** A write of one transaction whose result is its reply. */
  const once = <R>(name: string, actor: Actor, key: string | undefined, body: unknown, run: Run<R>): Promise<R> =>
    keyed(
      ctx.db,
      { operation: `report-form-${name}`, actor: actorRef(actor), key, body },
      { run: (db) => run(formServiceOn({ ...ctx, db })), keep: (reply: R) => reply, again: (kept: R) => kept },
    );
  return {
    ...formServiceOn(ctx),
    create: (actor, body, key) => once('create', actor, key, body, (own) => own.create(actor, body)),
    save: (actor, id, body, key) => once('save', actor, key, { id, ...body }, (own) => own.save(actor, id, body)),
    publish: (actor, id, body, key) =>
      once('publish', actor, key, { id, ...body }, (own) => own.publish(actor, id, body)),
    discard: (actor, id, body, key) =>
      once('discard', actor, key, { id, ...body }, (own) => own.discard(actor, id, body)),
  };
}

function formServiceOn(ctx: ReportContext): FormService {
  const today = (): string => dayOf(ctx.clock.now());
  const registers = async () => knownRegisters(await registersOn(ctx.db, '9999-12-31'));

  async function draft(id: string, version: number): Promise<store.FormRow> {
    const row = await store.findForm(ctx.db, id);
    if (!row) throw new AppError('row/missing');
    if (row.state === 'published') throw new AppError('report/form-published');
    if (row.version !== version) throw new AppError('row/stale', { extra: { currentVersion: row.version } });
    return row;
  }

  async function sound(value: unknown): Promise<ReportDefinition> {
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
    const others = (await reportsOn(ctx.db, '9999-12-31')).map(({ report }) => report).filter((one) => one.id !== id);
    const checked = checkForm(value, others, await registers(), plainName);
    if (checked.ok) return checked.report;
    const form = typeof value === 'object' && value !== null ? value : {};
    const fields = checked.findings.map(({ path, message }) => ({
      path,
      code: 'form',
      message: `${placeInWords(path, form)}: ${message}`,
    }));
    throw new AppError('report/form', { fields });
  }

  /** A report of its own, like another one; the system gives it to nobody before somebody says so. */
  async function asNew(
    { automatic: _, doubt: __, ...report }: ReportDefinition,
    { id, code, name }: { readonly id: string; readonly code: string; readonly name: string },
  ): Promise<ReportDefinition> {
    const known = [
      ...(await reportsOn(ctx.db, '9999-12-31')).flatMap(({ report: one }) => [one.id, ...one.aliases]),
      ...(await store.listForms(ctx.db)).map((row) => row.reportId),
    ];
    if (known.some((one) => plainName(one) === plainName(id))) {
      const message = words('reports.forms.id-taken', { id });
      throw new AppError('report/form', { fields: [{ path: 'as/id', code: 'form', message }] });
    }
    return { ...report, id, aliases: [], code: code.trim(), name: name.trim(), verified: false };
  }

  const note = (trx: Db, actor: Actor, action: string, id: string, payload: object): Promise<void> =>
    recordAudit(trx, [
      {
        chainId: 'installation',
        occurredAt: ctx.clock.now(),
        actor,
        action,
        object: { type: 'report-form', id },
        payload,
      },
    ]);

  return {
    async list() {
      const rows = await store.listForms(ctx.db);
      const by = await namesOf(ctx, rows);
      const ofContent = allReports().map((report) => ({
        id: null,
        version: 1,
        reportId: report.id,
        code: report.code,
        name: report.name,
        state: 'content' as const,
        validFrom: report.validFrom,
        changedAt: null,
        changedBy: '',
        digest: null,
      }));
      const all = [...ofContent, ...rows.map((row) => lineOf(row, by))];
      return { rows: all.sort((a, b) => (a.reportId < b.reportId ? -1 : a.reportId > b.reportId ? 1 : 0)) };
    },
    async sources() {
      const rows = await registers();
      return { rows: rows.map((row) => ({ ...row, measures: row.measures.map((one) => ({ ...one })) })) };
    },
    async get(id) {
      const row = await store.findForm(ctx.db, id);
      if (!row) throw new AppError('row/missing');
      return { ...lineOf(row, await namesOf(ctx, [row])), definition: { ...row.definition } };
    },
    async create(actor, { reportId, as }) {
      const found = await findReportOn(ctx.db, reportId, '9999-12-31');
      if (!found) {
        const known = (await reportsOn(ctx.db, today())).map(({ report }) => report.id).join(', ');
        throw new AppError('report/unknown', { params: { known } });
      }
      const definition = as ? await asNew(found.report, as) : found.report;
      const at = ctx.clock.now();
      const id = uuidv7(at);
      return ctx.db.transaction().execute(async (trx) => {
        await store.insertForm(trx, { id, definition, at, by: actorRef(actor) });
        const copyOf = as ? found.report.id : found.formId;
        await note(trx, actor, 'report-form.create', id, { reportId: definition.id, copyOf });
        return { id };
      });
    },
    async save(actor, id, { version, definition }) {
      await draft(id, version);
      const report = await sound(definition);
      return ctx.db.transaction().execute(async (trx) => {
        const stamp = { at: ctx.clock.now(), by: actorRef(actor) };
        if (!(await store.changeForm(trx, id, version, report, stamp))) throw new AppError('row/stale');
        await note(trx, actor, 'report-form.save', id, { reportId: report.id });
        return { id, version: version + 1 };
      });
    },
    async publish(actor, id, { version, validFrom }) {
      const row = await draft(id, version);
      if (validFrom < today()) throw new AppError('report/form-day', { params: { day: formatDay(today()) } });
      const { validTo: _, ...rest } = row.definition;
      const definition = await sound({ ...rest, validFrom });
      const digest = crypto.createHash('sha256').update(canonicalJson(definition)).digest('hex');
      return ctx.db.transaction().execute(async (trx) => {
        const stamp = { at: ctx.clock.now(), by: actorRef(actor) };
        const done = await store.publishForm(trx, id, version, { definition, digest, ...stamp });
        if (done === 'stale') throw new AppError('row/stale');
        if (done === 'taken') throw new AppError('report/form-taken', { params: { day: formatDay(validFrom) } });
        await note(trx, actor, 'report-form.publish', id, { reportId: definition.id, validFrom, digest });
        return { id, version: version + 1 };
      });
    },
    async discard(actor, id, { version }) {
      const row = await draft(id, version);
      return ctx.db.transaction().execute(async (trx) => {
        if (!(await store.deleteForm(trx, id, version))) throw new AppError('row/stale');
        await note(trx, actor, 'report-form.discard', id, { reportId: row.reportId });
        return { id };
      });
    },
  };
}

const namesOf = (ctx: ReportContext, rows: readonly store.FormRow[]): Promise<(ref: string) => string> =>
  staffNames(
    ctx,
    rows.map((row) => row.changedBy),
  );

const lineOf = (row: store.FormRow, names: (ref: string) => string) => ({
  id: row.id,
  version: row.version,
  reportId: row.reportId,
  code: row.definition.code,
  name: row.definition.name,
  state: row.state,
  validFrom: row.validFrom,
  changedAt: toIso(row.changedAt),
  changedBy: names(row.changedBy),
  digest: row.digest,
});
