import type { Db } from '../../../platform/db/open.ts';
import { dossierScope } from '../dossiers/index.ts';
import type { ApologyContext } from './context.ts';
import { clearDuties, type Duty, lockWatch, removeDuties, saveDuties, saveWatch } from './duty-store.ts';
import { exemptionsOf } from './exemption-store.ts';
import type { DossierFacts } from './ports.ts';
import { SYSTEM } from './record.ts';
import { answersFor, isLate } from './rules/lateness.ts';
import { issuedOf } from './store.ts';

const BATCH = 500;

/**
 * Looks at some dossiers again and writes what they owe: a row where late, none where not. The same twice changes
 * nothing. @returns their facts.
 */
export async function recountDuties(
  ctx: ApologyContext,
  trx: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DossierFacts>> {
  if (ids.length === 0) return new Map();
  const facts = await ctx.ports.findDossiers(trx, dossierScope(SYSTEM), ids);
  const now = ctx.clock.now();
  const late = [...facts.values()].filter((one) => isLate(one, now));
  const owing = new Set(late.map((one) => one.id));
  await removeDuties(
    trx,
    ids.filter((id) => !owing.has(id)),
  );
  await saveDuties(trx, await dutiesOf(trx, late));
  return facts;
}

async function dutiesOf(trx: Db, late: readonly DossierFacts[]): Promise<Duty[]> {
  const ids = late.map((one) => one.id);
  const [issued, exempted] = await Promise.all([issuedOf(trx, ids), exemptionsOf(trx, ids)]);
  return late.flatMap((one) => {
    const dueAt = one.dueCurrent;
    if (dueAt === null) return [];
    return [
      {
        dossierId: one.id,
        dossierCode: one.code,
        procedureCode: one.procedureCode,
        procedureRevisionId: one.procedureRevisionId,
        authorityUnitId: one.decidedByUnitId,
        receivedByUnitId: one.receivedByUnitId,
        holderUnitId: one.holderUnitId,
        dueOriginal: one.dueOriginal ?? dueAt,
        dueAt,
        endedAt: one.endedAt,
        apologyId: issued.findLast((a) => a.dossierId === one.id && answersFor(a.dueBefore, dueAt))?.id ?? null,
        exemptionId:
          exempted.findLast((e) => e.dossierId === one.id && e.state === 'approved' && answersFor(e.dueAt, dueAt))
            ?.id ?? null,
      },
    ];
  });
}

const HOUR_MS = 3_600_000;

/**
 * Becoming late is the passing of time: takes up the open dossiers whose due instant has passed since the last look,
 * and once an hour all that are past it, whatever was looked at before. One process at a time. A clock moved back
 * begins again where it now is: looking twice changes nothing. @returns how many were looked at.
 */
export async function takeUpLate(ctx: ApologyContext): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const watch = await lockWatch(trx);
    const now = ctx.clock.now();
    if (!watch) return 0;
    const since = watch.checkedUntil;
    const sameHour = since !== null && Math.floor(since.getTime() / HOUR_MS) === Math.floor(now.getTime() / HOUR_MS);
    let looked = 0;
    let beyond: string | null = null;
    for (;;) {
      const ids: readonly string[] = await ctx.ports.findDueIds(trx, sameHour ? since : null, now, beyond, BATCH);
      await recountDuties(ctx, trx, ids);
      looked += ids.length;
      beyond = ids.at(-1) ?? null;
      if (ids.length < BATCH || beyond === null) break;
    }
    await saveWatch(trx, now);
    return looked;
  });
}

/** Counts all duties anew from the dossiers, after bulk loads. Issued papers and exemptions stay. */
export async function rebuildDuties(ctx: ApologyContext): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const now = ctx.clock.now();
    await clearDuties(trx);
    let counted = 0;
    let beyond: string | null = null;
    for (;;) {
      const ids: readonly string[] = await ctx.ports.findLateIds(trx, now, beyond, 2000);
      await recountDuties(ctx, trx, ids);
      counted += ids.length;
      beyond = ids.at(-1) ?? null;
      if (ids.length < 2000 || beyond === null) break;
    }
    await saveWatch(trx, now);
    return counted;
  });
}
