import type { Actor } from '../../../core/access/actor.ts';
import { addDays, dayOf, instantAt } from '../../../core/time/index.ts';
import { findEnded, type KeepingFacts } from '../dossiers/index.ts';
import type { RetentionContext } from './context.ts';
import type { DueRow } from './contract.ts';
import { findDue, insertDue, lockScan, type NewDue, saveScan } from './due-store.ts';
import { isDue, lastKeptDay } from './rules/period.ts';
import { unitsDeciding } from './scope.ts';

const BATCH = 2000;
/** No dossier is due within a year of being filed: the shortest period is one year. */
const SHORTEST_DAYS = 365;

/**
 * One batch of the daily round through dossiers that have ended: those past their period are put on the list. Listing is
 * all that happens by itself; disposal is somebody's decision.
 * @returns true where more of today's round waits.
 */
export async function listDueOnce(ctx: RetentionContext): Promise<boolean> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const before = instantAt(addDays(today, -SHORTEST_DAYS), '00:00');
  return ctx.db.transaction().execute(async (trx) => {
    const turn = await lockScan(trx, today);
    if (!turn) return false;
    const { rows, last } = await findEnded(trx, before, turn.last, BATCH);
    const due = await Promise.all(rows.map((facts) => dueOf(ctx, facts, now)));
    await insertDue(
      trx,
      due.flatMap((row) => (row ? [row] : [])),
    );
    await saveScan(trx, today, last);
    return last !== null;
  });
}

async function dueOf(ctx: RetentionContext, facts: KeepingFacts, now: Date): Promise<NewDue | undefined> {
  const { years } = await ctx.ports.retentionOf(facts.procedureRevisionId);
  const endedOn = dayOf(facts.endedAt);
  const expiresOn = lastKeptDay(endedOn, years);
  if (expiresOn === null || years === 'permanent' || !isDue(endedOn, years, dayOf(now))) return undefined;
  return {
    dossier_id: facts.id,
    code: facts.code,
    procedure_code: facts.procedureCode,
    retention_code: facts.retentionCode,
    retention_years: years,
    received_by_unit_id: facts.receivedByUnitId,
    decided_by_unit_id: facts.decidedByUnitId,
    ended_on: endedOn,
    expires_on: expiresOn,
    listed_at: now,
  };
}

export type DueQuery = {
  readonly code?: string;
  readonly procedureCode?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

/** The list of those due, oldest first. Codes and days only, nobody's name. */
export async function readDue(
  ctx: RetentionContext,
  actor: Actor,
  { code, procedureCode, cursor, limit = 50 }: DueQuery,
): Promise<{ rows: DueRow[]; nextCursor: string | null; total: number }> {
  const unitIds = unitsDeciding(actor, 'disposal');
  const found = await findDue(ctx.db, { unitIds, code, procedureCode, after: cursor, limit: limit + 1 });
  const rows = found.rows.slice(0, limit);
  const nextCursor = found.rows.length > limit ? (rows.at(-1)?.dossierId ?? null) : null;
  return { rows: [...rows], nextCursor, total: found.total };
}
