import crypto from 'node:crypto';
import type { SystemActor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { record } from './act-record.ts';
import { decide } from './act-service.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-exchange.ts';
import { hashOf } from './exchange-keys.ts';
import * as store from './exchange-store.ts';
import { definitionOf } from './forms.ts';
import type { ReportAct } from './rules/acts.ts';
import { changeAssignment } from './store.ts';
import { noticeSentBack } from './tell.ts';

/** Calls a key may make in a minute; a province with 150 communes needs a few pages and one call for each report. */
const CALLS_A_MINUTE = 300;
const PAGE = 100;

/** What a machine of the level above may do with its key. */
export type ExchangeService = {
  /** @param authorization the header: `Bearer <key>`. @throws AppError exchange/key, exchange/too-many */
  authenticate(authorization: string | undefined): Promise<store.ExchangeClient>;
  list(
    client: store.ExchangeClient,
    query: QueryOf<typeof contract.pullReports>,
  ): Promise<ReplyOf<typeof contract.pullReports>>;
  /** @throws AppError row/missing */
  get(client: store.ExchangeClient, id: string, no: number): Promise<ReplyOf<typeof contract.pullReport>>;
  /**
   * Takes a status back: `received` is only noted; `accepted` and `returned` are the receiver's acts. The same status of
   * the same version again has no second effect.
   * @throws AppError row/missing, exchange/digest, exchange/not-last, report/state, dossier/reason-needed
   */
  tell(
    client: store.ExchangeClient,
    id: string,
    no: number,
    body: BodyOf<typeof contract.tellReportStatus>,
  ): Promise<ReplyOf<typeof contract.tellReportStatus>>;
};

const ACTS: Readonly<Record<string, ReportAct | undefined>> = { accepted: 'accept', returned: 'return' };

export function createExchangeService(ctx: ReportContext): ExchangeService {
  const find = async (client: store.ExchangeClient, id: string, no: number) => {
    const item = await store.findItem(ctx.db, client, id, no);
    if (!item) throw new AppError('row/missing');
    const document = canonicalJson(item.content);
    return { item, document, digest: crypto.createHash('sha256').update(document).digest('hex') };
  };
  const actorOf = (client: store.ExchangeClient): SystemActor => ({
    kind: 'system',
    name: `exchange-${client.id}`,
    assurance: 'system',
  });

  return {
    async authenticate(authorization) {
      const key = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(authorization ?? '')?.[1];
      const now = ctx.clock.now();
      const client = key && (await store.findLiveClient(ctx.db, hashOf(key), dayOf(now)));
      if (!client) throw new AppError('exchange/key');
      if ((await store.countCall(ctx.db, client.id, now)) > CALLS_A_MINUTE) {
        const seconds = 60 - now.getUTCSeconds();
        throw new AppError('exchange/too-many', { params: { most: CALLS_A_MINUTE, seconds } });
      }
      return client;
    },
    async list(client, { after = 0, limit = PAGE }) {
      const rows = await store.listItems(ctx.db, client, after, limit + 1);
      const directory = await ctx.ports.directory();
      const items = await Promise.all(rows.slice(0, limit).map((row) => itemOf(ctx, row, directory)));
      return { items, next: items.at(-1)?.seq ?? after, more: rows.length > limit };
    },
    async get(client, id, no) {
      const { item, document, digest } = await find(client, id, no);
      await recordAudit(ctx.db, [
        {
          chainId: item.unitId,
          occurredAt: ctx.clock.now(),
          actor: actorOf(client),
          action: 'report-exchange.read',
          object: { type: 'report', id },
          payload: { client: client.id, no, digest },
        },
      ]);
      return { ...(await itemOf(ctx, item, await ctx.ports.directory())), document, digest };
    },
    async tell(client, id, no, body) {
      const { digest, item } = await find(client, id, no);
      if (digest !== body.digest) throw new AppError('exchange/digest');
      const reason = body.reason?.trim() ?? '';
      const { status } = body;
      const at = ctx.clock.now();
      const act = ACTS[status];
      const sentBack = act === 'return' ? await noticeSentBack(ctx, item, act, reason, at) : undefined;
      return ctx.db.transaction().execute(async (trx) => {
        const row = await store.lockAssignment(trx, id);
        if (!row) throw new AppError('row/missing');
        const last = await store.lastStatus(trx, id, no);
        if (last?.status === status && last.reason === reason) return { state: row.state, repeated: true };
        let state = row.state;
        if (act !== undefined && no !== row.lastNo)
          throw new AppError('exchange/not-last', { params: { no: row.lastNo } });
        // People have taken it already: that the machine takes it, too, is only noted.
        const taken = act === 'accept' && (row.state === 'accepted' || row.state === 'locked');
        if (act !== undefined && !taken) {
          state = decide({ row, sides: ['receiver'] }, act, row.version, reason);
          if (!(await changeAssignment(trx, id, row.version, { state }))) throw new AppError('row/stale');
          await record(trx, actorOf(client), { id, ...row }, { act, state, reason, versionNo: null, at });
          await sentBack?.(trx, row.version + 1);
        }
        await store.insertStatus(trx, id, client.id, { no, status, reason, at });
        await recordAudit(trx, [
          {
            chainId: row.unitId,
            occurredAt: at,
            actor: actorOf(client),
            action: 'report-exchange.status',
            object: { type: 'report', id },
            payload: { client: client.id, no, status, reason },
          },
        ]);
        return { state, repeated: false };
      });
    },
  };
}

async function itemOf(
  ctx: ReportContext,
  item: store.ExchangeItem,
  directory: UnitDirectory,
): Promise<ReplyOf<typeof contract.pullReports>['items'][number]> {
  const { formId, sentAt, ...rest } = item;
  const report = await definitionOf(ctx.db, { reportId: item.reportId, formId });
  return {
    ...rest,
    reportCode: report?.code ?? item.reportId,
    unitCode: directory.codeOn(item.unitId, 'gso', item.toDay) ?? null,
    unitName: unitNameOn(directory, item.unitId, item.toDay),
    sentAt: toIso(sentAt),
  };
}
