import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { dossierScope } from '../dossiers/index.ts';
import type { WarningContext } from './context.ts';
import type { dossierWarnings, listWarnings, sumWarnings, WarningQuery } from './contract.ts';
import { allLadders, placeRungs } from './evaluate-service.ts';
import { type After, findStanding, type SumRow, sumStanding, type WarningScope } from './list-store.ts';
import { rungText } from './rules/words.ts';
import { findWarnings } from './store.ts';

const scopeOf = (actor: Actor): WarningScope => ({ unitIds: unitsFor(actor, 'dossier.read') });
const encode = (after: After): string => Buffer.from(JSON.stringify(after)).toString('base64url');

/** A mark of ours, or undefined where somebody changed the address by hand: the list then begins at its first row. */
function decode(text: string | undefined): After | undefined {
  if (text === undefined) return undefined;
  try {
    const { urgency, dueAt, dossierId } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<After>;
    const fine =
      Number.isSafeInteger(urgency) &&
      !Number.isNaN(Date.parse(dueAt ?? '')) &&
      /^[0-9a-f-]{36}$/.test(dossierId ?? '');
    return fine ? { urgency: urgency ?? 0, dueAt: dueAt ?? '', dossierId: dossierId ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

export async function readWarnings(
  ctx: WarningContext,
  actor: Actor,
  query: WarningQuery,
): Promise<ReplyOf<typeof listWarnings>> {
  const limit = query.limit ?? 50;
  const found = await findStanding(ctx.db, scopeOf(actor), query, decode(query.cursor), limit + 1);
  const rows = found.slice(0, limit);
  const day = dayOf(ctx.clock.now());
  const [units, people] = await Promise.all([
    ctx.ports.unitNames([...new Set(rows.flatMap((row) => row.holder_unit_id ?? []))], day),
    ctx.ports.staffNames([...new Set(rows.flatMap((row) => row.holder_staff_id ?? []))]),
  ]);
  const last = rows.at(-1);
  return {
    rows: await Promise.all(
      rows.map(async (row) => {
        const procedure = await ctx.ports.procedureOf(row.procedure_revision_id);
        return {
          dossierId: row.dossier_id,
          code: row.code,
          procedureCode: row.procedure_code,
          procedureName: procedure.name,
          stepName: procedure.stepNames.get(row.step_id ?? '') ?? '',
          holderUnitName: units.get(row.holder_unit_id ?? '') ?? '',
          holderStaffName: people.get(row.holder_staff_id ?? '')?.name ?? null,
          dueAt: toIso(row.due_at),
          rungDueAt: toIso(row.rung_due_at ?? row.due_at),
          paused: row.paused,
          subject: row.subject ?? 'dossier',
          rung: row.rung,
          rungText: row.rung_text,
          colour: row.colour ?? 'green',
          reachedAt: toIso(row.reached_at ?? row.due_at),
        };
      }),
    ),
    nextCursor:
      found.length > limit && last
        ? encode({ urgency: last.urgency, dueAt: last.due_at.toISOString(), dossierId: last.dossier_id })
        : null,
  };
}

export async function readSums(ctx: WarningContext, actor: Actor): Promise<ReplyOf<typeof sumWarnings>> {
  const sums = await sumStanding(ctx.db, scopeOf(actor));
  const of = (by: SumRow['by']): SumRow[] => sums.filter((row) => row.by === by);
  const [units, people] = await Promise.all([
    ctx.ports.unitNames(
      of('unit').map((row) => row.key),
      dayOf(ctx.clock.now()),
    ),
    ctx.ports.staffNames(of('staff').map((row) => row.key)),
  ]);
  const named = (row: SumRow, name: string | undefined) => ({
    key: row.key,
    name: name ?? row.key,
    count: row.count,
    red: row.red,
  });
  const colour = (key: string): number => of('colour').find((row) => row.key === key)?.count ?? 0;
  return {
    total: of('colour').reduce((sum, row) => sum + row.count, 0),
    red: colour('red'),
    amber: colour('amber'),
    rungs: of('rung').map((row) => named(row, row.extra ?? row.key)),
    units: of('unit').map((row) => named(row, units.get(row.key))),
    staff: of('staff').map((row) => named(row, people.get(row.key)?.name)),
    procedures: await Promise.all(
      of('procedure').map(async (row) =>
        named(row, row.extra ? (await ctx.ports.procedureOf(row.extra)).name : undefined),
      ),
    ),
  };
}

export async function readDossierWarnings(
  ctx: WarningContext,
  actor: Actor,
  dossierId: string,
): Promise<ReplyOf<typeof dossierWarnings>> {
  const [dossier] = await ctx.ports.ledgers.ledgersOf(ctx.db, [dossierId], dossierScope(actor));
  if (!dossier) throw new AppError('row/missing');
  const now = ctx.clock.now();
  const made = await findWarnings(ctx.db, dossierId);
  const placed = dossier.endedAt === null ? await placeRungs(ctx, await allLadders(ctx.db), dossier, now) : [];
  const nameOf = (stepId: string | null): string | null =>
    dossier.steps.find((step) => step.id === stepId)?.name ?? null;
  return {
    paused: dossier.pausedSince !== null,
    made: made.map((warning) => ({
      id: warning.id,
      stepName: warning.subject === 'step' ? nameOf(warning.step_id) : null,
      text: warning.rung_text,
      colour: warning.colour,
      acts: [...warning.acts],
      reachedAt: toIso(warning.reached_at),
      recordedAt: toIso(warning.recorded_at),
      late: warning.late_notice,
    })),
    ahead: placed
      .filter((rung) => rung.at > now)
      .map(({ subject, rung, at }) => ({
        subject,
        rung: rung.id,
        text: rungText(rung, subject),
        colour: rung.colour,
        acts: rung.acts,
        at: toIso(at),
      })),
  };
}
