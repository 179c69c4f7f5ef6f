import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, isDay, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { statusName } from '../dossiers/index.ts';
import { actsFor } from './act-service.ts';
import { ANSWER, type HealthContext, MANAGE, READ } from './context.ts';
import type * as contract from './contract.ts';
import { onlineCounts } from './look.ts';
import { ruleOn } from './rules/definition.ts';
import { awaitsAnswer } from './rules/stages.ts';
import {
  findFinding,
  lastRun,
  listFindings,
  listOverdue,
  readHistory,
  type StoredFinding,
  sumFindings,
} from './store.ts';

/** Findings of the reader's units, what is to be answered first in front. */
export async function readFindings(
  ctx: HealthContext,
  actor: Actor,
  query: QueryOf<typeof contract.listFindings>,
): Promise<ReplyOf<typeof contract.listFindings>> {
  const today = dayOf(ctx.clock.now());
  const mine = unitsFor(actor, READ);
  const { page = 1, limit = 50, ...filter } = query;
  const [{ rows, total }, sums, checkedOn] = await Promise.all([
    listFindings(ctx.db, mine, filter, today, { offset: (page - 1) * limit, limit }),
    sumFindings(ctx.db, mine, today),
    lastRun(ctx.db),
  ]);
  const names = await ctx.ports.unitNames(sums.unitIds, today);
  return {
    rows: rows.map((row) => present(ctx, row, names, today)),
    total,
    unsettled: sums.unsettled,
    overdue: sums.overdue,
    checkedOn,
    units: sums.unitIds
      .map((id) => ({ id, name: names.get(id) ?? '' }))
      .sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    mayRecompute: holds(actor, MANAGE),
    mayEnterBooks: holds(actor, ANSWER),
  };
}

/** More are not told at once. */
const MOST_OVERDUE = 5000;

/** Findings of the reader's units whose answer is overdue, for pages of other modules. */
export async function overdueFindings(
  ctx: HealthContext,
  actor: Actor,
): Promise<readonly Omit<contract.FindingRowType, 'unitName'>[]> {
  const today = dayOf(ctx.clock.now());
  const rows = await listOverdue(ctx.db, unitsFor(actor, READ), today, MOST_OVERDUE);
  return rows.map((row) => present(ctx, row, NO_NAMES, today));
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** One finding with its trace. @throws AppError row/missing */
export async function readFinding(ctx: HealthContext, actor: Actor, id: string): Promise<contract.FindingType> {
  const today = dayOf(ctx.clock.now());
  const finding = await findFinding(ctx.db, unitsFor(actor, READ), id);
  if (!finding) throw new AppError('row/missing');
  const history = await readHistory(ctx.db, id);
  const staffIds = history.flatMap((row) => (row.actor.startsWith('staff:') ? [row.actor.slice(6)] : []));
  const [names, staff] = await Promise.all([
    ctx.ports.unitNames([finding.unitId], today),
    ctx.ports.staffNames([...new Set(staffIds)]),
  ]);
  const rule = ruleOn(ctx.content, finding.rule, dayOf(finding.foundAt));
  const { states, dossiers, ...facts } = finding.facts;
  const nameOf = (status: string): string => statusName(status as Parameters<typeof statusName>[0]);
  return {
    ...present(ctx, finding, names, today),
    facts: {
      ...(facts as contract.FindingType['facts']),
      ...(states ? { states: states.map((one) => ({ ...one, statusName: nameOf(one.status) })) } : {}),
      ...(dossiers
        ? {
            dossiers: dossiers.map(({ id: dossierId, code, status, since }) => ({
              id: dossierId,
              code,
              statusName: nameOf(status),
              since,
            })),
          }
        : {}),
    },
    checkedAt: toIso(finding.checkedAt),
    reason: finding.reason,
    evidence: finding.evidence,
    decisionNote: finding.decisionNote,
    source: rule?.source ?? ctx.content.source,
    verified: rule?.verified ?? false,
    may: actsFor(actor, finding),
    history: history.map((row) => ({
      kind: row.kind,
      at: toIso(row.at),
      who: row.actor.startsWith('staff:') ? (staff.get(row.actor.slice(6))?.name ?? '') : '',
      note: row.note,
      evidence: row.evidence,
    })),
  };
}

function present(
  ctx: HealthContext,
  finding: StoredFinding,
  names: ReadonlyMap<string, string>,
  today: string,
): contract.FindingRowType {
  const { id, version, rule, unitId, period, state, deadline, measure, closedAs } = finding;
  return {
    id,
    version,
    rule,
    ruleName: ruleOn(ctx.content, rule, dayOf(finding.foundAt))?.name ?? rule,
    unitId,
    unitName: names.get(unitId) ?? '',
    period,
    state,
    foundAt: toIso(finding.foundAt),
    deadline,
    overdue: awaitsAnswer(state) && deadline < today,
    measure,
    closedAs,
  };
}

/** Authorities of the reader without any online dossier over some days (inclusive), the busiest first. */
export async function readZeroOnline(
  ctx: HealthContext,
  actor: Actor,
  query: QueryOf<typeof contract.listZeroOnline>,
): Promise<ReplyOf<typeof contract.listZeroOnline>> {
  const { from, to } = query;
  if (!isDay(from) || !isDay(to) || from > to) {
    throw new AppError('request/invalid', {
      fields: [{ path: 'query.to', code: 'date', message: words('server.field.end-after-start') }],
    });
  }
  const today = dayOf(ctx.clock.now());
  const look = { db: ctx.db, today, unitIds: new Set(unitsFor(actor, READ)) };
  const offering = (await onlineCounts(ctx, look, { from, to })).filter((one) => one.offered > 0);
  const zero = offering.filter((one) => one.online === 0);
  const names = await ctx.ports.unitNames(
    zero.map((one) => one.unitId),
    to,
  );
  return {
    rows: zero
      .map((one) => ({ ...one, unitName: names.get(one.unitId) ?? '' }))
      .sort((a, b) => b.received - a.received || a.unitName.localeCompare(b.unitName, 'vi')),
    offering: offering.length,
  };
}
