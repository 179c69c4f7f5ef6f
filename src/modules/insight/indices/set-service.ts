import crypto from 'node:crypto';
import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type IndicatorSet, lintSet, type SetFinding } from '../../../core/scoring/index.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { APPRAISE, EDIT } from './access.ts';
import { shippedSets } from './content.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { changeOwnSet, findOwnSet, insertOwnSet, listOwnSets, type OwnSet } from './set-store.ts';

type Line = ReplyOf<typeof contract.listIndexSets>['rows'][number];

const lineOf = (set: IndicatorSet, state: Line['state']): Line => ({
  code: set.id,
  name: set.name,
  family: set.family ?? 'other',
  level: set.level,
  owner: set.owner,
  max: set.max,
  state,
  validFrom: set.validFrom,
  validTo: set.validTo ?? null,
  verified: set.verified,
  importOnly: set.importOnly === true,
  source: set.source,
  settings: (set.settings ?? []).map(({ id, name, note, chosen, options }) => ({
    id,
    name,
    note: note ?? null,
    chosen,
    options: options.map((option) => ({ id: option.id, name: option.name, note: option.note ?? null })),
  })),
});

/** Shipped sets, then those made here; units the actor may edit sets and run rounds for. */
export async function listIndexSets(ctx: IndexContext, actor: Actor): Promise<ReplyOf<typeof contract.listIndexSets>> {
  const directory = await ctx.ports.directory();
  const today = dayOf(ctx.clock.now());
  // The highest first: who may do it for a whole city rarely means one of its communes.
  const unitsOf = (permission: string): { id: string; name: string }[] =>
    unitsFor(actor, permission)
      .flatMap((id) => {
        const unit = directory.unitOn(id, today);
        return unit?.type === 'administrative'
          ? [{ id, name: unit.name, depth: directory.pathOn(id, today).length }]
          : [];
      })
      .sort((a, b) => a.depth - b.depth || a.name.localeCompare(b.name, 'vi'))
      .map(({ id, name }) => ({ id, name }));
  const own = await listOwnSets(ctx.db, unitsFor(actor, EDIT));
  return {
    rows: [
      ...[...shippedSets().values()].map((set) => lineOf(set, 'shipped')),
      ...own.map(({ body, state }) => lineOf(body, state)),
    ],
    editUnits: unitsOf(EDIT),
    appraiseUnits: unitsOf(APPRAISE),
  };
}

/** @throws AppError row/missing */
export async function getIndexSet(
  ctx: IndexContext,
  actor: Actor,
  code: string,
): Promise<ReplyOf<typeof contract.getIndexSet>> {
  const shipped = shippedSets().get(code);
  const own = shipped ? undefined : await findOwnSet(ctx.db, unitsFor(actor, EDIT), code);
  const body = shipped ?? own?.body;
  if (!body) throw new AppError('row/missing');
  const metrics = await ctx.ports.metrics();
  return {
    ...lineOf(body, own?.state ?? 'shipped'),
    version: own?.version ?? 1,
    body,
    findings: findingsOf(metrics, body),
    basedOn: own?.basedOn ?? null,
    digest: own?.digest ?? null,
    mayEdit: own?.state === 'draft' && holds(actor, EDIT, own.unitId),
    metrics: [...metrics],
  };
}

type Metrics = Awaited<ReturnType<IndexContext['ports']['metrics']>>;

/** Faults of the set itself, and metrics nobody defines: those criteria can only be typed. */
function findingsOf(metrics: Metrics, set: IndicatorSet): SetFinding[] {
  return [...lintSet(set)].concat(
    unknownMetrics(metrics, set).map(({ id, name, metric }) => ({
      path: `/${id}`,
      code: 'set/metric' as const,
      message: `“${name}” dùng số liệu “${metric}” chưa có trong hệ thống: đơn vị phải tự nhập.`,
    })),
  );
}

function unknownMetrics(metrics: Metrics, set: IndicatorSet): { id: string; name: string; metric: string }[] {
  const known = new Set(metrics.map((each) => each.id));
  const items = (set.domains ?? []).flatMap((domain) =>
    (domain.criteria ?? []).flatMap((criterion) => [criterion, ...(criterion.criteria ?? [])]),
  );
  return items.flatMap(({ id, name, metric }) =>
    metric === undefined || known.has(metric) ? [] : [{ id, name, metric }],
  );
}

/** A set a round can be opened with: shipped, or published here. @throws AppError indices/set */
export async function findUsableSet(ctx: IndexContext, code: string): Promise<IndicatorSet> {
  const shipped = shippedSets().get(code);
  if (shipped) return shipped;
  const own = await findOwnSet(ctx.db, [], code);
  if (own?.state !== 'published') throw new AppError('indices/set', { params: { code } });
  return own.body;
}

/** @throws AppError row/missing, indices/set, indices/code-taken */
export async function copyIndexSet(
  ctx: IndexContext,
  actor: Actor,
  wish: BodyOf<typeof contract.copyIndexSet>,
): Promise<ReplyOf<typeof contract.copyIndexSet>> {
  if (!holds(actor, EDIT, wish.unitId)) throw new AppError('row/missing');
  const source =
    shippedSets().get(wish.basedOn) ?? (await findOwnSet(ctx.db, unitsFor(actor, EDIT), wish.basedOn))?.body;
  if (!source) throw new AppError('indices/set', { params: { code: wish.basedOn } });
  const directory = await ctx.ports.directory();
  const owner = directory.unitOn(wish.unitId, dayOf(ctx.clock.now()))?.name ?? source.owner;
  const { validTo: _, ...rest } = source;
  const body: IndicatorSet = { ...rest, id: wish.code, name: wish.name, owner, validFrom: wish.validFrom };
  const taken = (): AppError => new AppError('indices/code-taken', { params: { code: wish.code } });
  if (shippedSets().has(wish.code)) throw taken();
  const at = ctx.clock.now();
  await ctx.db.transaction().execute(async (trx) => {
    const set = { code: wish.code, body, basedOn: wish.basedOn, unitId: wish.unitId };
    if (!(await insertOwnSet(trx, set, { at, ref: actorRef(actor) }))) throw taken();
    await note(trx, actor, set, 'index.copy-set', { basedOn: wish.basedOn }, at);
  });
  return { code: wish.code };
}

async function openDraft(ctx: IndexContext, actor: Actor, code: string, version: number): Promise<OwnSet> {
  const own = await findOwnSet(ctx.db, unitsFor(actor, EDIT), code);
  if (!own || !holds(actor, EDIT, own.unitId)) throw new AppError('row/missing');
  if (own.state !== 'draft') throw new AppError('indices/published', { params: { code } });
  if (own.version !== version) throw new AppError('row/stale', { extra: { currentVersion: own.version } });
  return own;
}

/**
 * Keeps a draft, with its faults: a half-made set is no error, a published one is, and so is a formula nobody can compute.
 * @throws AppError row/missing, row/stale, indices/published, indices/set-id, indices/formula naming each place
 */
export async function saveIndexSet(
  ctx: IndexContext,
  actor: Actor,
  code: string,
  { version, body }: BodyOf<typeof contract.saveIndexSet>,
): Promise<ReplyOf<typeof contract.saveIndexSet>> {
  const own = await openDraft(ctx, actor, code, version);
  if (body.id !== code) throw new AppError('indices/set-id', { params: { code } });
  const formulas = lintSet(body).filter((finding) => finding.code === 'set/formula');
  if (formulas.length > 0)
    throw new AppError('indices/formula', { params: { count: formulas.length }, fields: formulas });
  const at = ctx.clock.now();
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await changeOwnSet(trx, code, version, { body }, { at, ref: actorRef(actor) })))
      throw new AppError('row/stale');
    await note(trx, actor, own, 'index.save-set', {}, at);
  });
  return { version: version + 1, findings: findingsOf(await ctx.ports.metrics(), body) };
}

/** Makes a draft usable, for good. @throws AppError indices/set-faults naming every place, row/missing, row/stale, indices/published */
export async function publishIndexSet(
  ctx: IndexContext,
  actor: Actor,
  code: string,
  { version }: BodyOf<typeof contract.publishIndexSet>,
): Promise<ReplyOf<typeof contract.publishIndexSet>> {
  const own = await openDraft(ctx, actor, code, version);
  const faults = lintSet(own.body);
  if (faults.length > 0) throw new AppError('indices/set-faults', { params: { count: faults.length }, fields: faults });
  const digest = crypto.createHash('sha256').update(canonicalJson(own.body)).digest('hex');
  const at = ctx.clock.now();
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await changeOwnSet(trx, code, version, { digest }, { at, ref: actorRef(actor) })))
      throw new AppError('row/stale');
    await note(trx, actor, own, 'index.publish-set', { digest }, at);
    await emit(trx, [
      { id: uuidv7(at), topic: 'index.set-published', key: code, payload: { code, digest }, occurredAt: at },
    ]);
  });
  return { version: version + 1, digest };
}

async function note(
  trx: Db,
  actor: Actor,
  { code, unitId }: Pick<OwnSet, 'code' | 'unitId'>,
  action: string,
  payload: Readonly<Record<string, string>>,
  at: Date,
): Promise<void> {
  const object = { type: 'index-set', id: code };
  await recordAudit(trx, [{ chainId: unitId, occurredAt: at, actor, action, object, payload }]);
}
