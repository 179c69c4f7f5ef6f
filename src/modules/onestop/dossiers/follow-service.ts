import crypto from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../../../core/access/actor.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { DossierContext } from './context.ts';
import { followPart } from './intake-service.ts';
import { storyLine } from './labels.ts';
import { findDossier, findIdOfCode, type StoredDossier } from './load.ts';
import { readHistory } from './page-store.ts';
import { nationalStatus, statusName } from './rules/status.ts';
import { type DossierScope, dossierScope } from './scope.ts';
import { checkStorable } from './storable.ts';

/** What the public may see of any dossier whose code it knows: no name in any form (contracts §4.12). */
export type PublicDossier = {
  readonly code: string;
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly unitName: string;
  readonly status: string;
  readonly statusName: string;
  readonly nationalStatus: number;
  readonly submittedAt: string;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly endedAt: string | null;
  readonly returnedAt: string | null;
  readonly punctuality: string | null;
};

/** More, for somebody who knows the code and a second fact: the story without names. */
export type FollowedDossier = PublicDossier & {
  readonly id: string;
  readonly stepName: string | null;
  readonly holderUnitName: string | null;
  readonly history: readonly { readonly at: string; readonly text: string }[];
};

async function load(ctx: DossierContext, code: string): Promise<StoredDossier | undefined> {
  // A code of another alphabet is no code of ours; the database would refuse some of them with a fault.
  const wanted = code.trim().toUpperCase();
  if (!/^[0-9A-Z.-]{1,60}$/.test(wanted)) return undefined;
  const id = await findIdOfCode(ctx.db, wanted);
  return id ? findDossier(ctx.db, { unitIds: [], where: () => sql<boolean>`true` }, id) : undefined;
}

async function publicOf(ctx: DossierContext, dossier: StoredDossier): Promise<PublicDossier> {
  const { state } = dossier;
  const revision = await ctx.ports.getProcedureRevision(dossier.procedureRevisionId);
  const names = await ctx.ports.unitNames([state.decidedByUnitId], dayOf(ctx.clock.now()));
  const iso = (date: Date | null): string | null => (date ? toIso(date) : null);
  return {
    code: dossier.code,
    procedureCode: dossier.procedureCode,
    procedureName: revision.definition.name,
    unitName: names.get(state.decidedByUnitId) ?? '',
    status: state.status,
    statusName: statusName(state.status),
    nationalStatus: nationalStatus(state.status),
    submittedAt: toIso(state.submittedAt),
    receivedAt: iso(state.receivedAt),
    dueAt: iso(state.dueCurrent),
    endedAt: iso(state.endedAt),
    returnedAt: iso(state.returnedAt),
    punctuality: state.punctuality,
  };
}

/** The public check page behind the QR. Undefined for an unknown code. */
export async function findPublicDossier(ctx: DossierContext, code: string): Promise<PublicDossier | undefined> {
  const dossier = await load(ctx, code);
  return dossier ? publicOf(ctx, dossier) : undefined;
}

/**
 * Follows a dossier by its code and a second fact (last four digits of ID number or phone, or birth year). A wrong fact
 * and an unknown code look the same.
 * @throws AppError row/missing.
 */
export async function followDossier(
  ctx: DossierContext,
  actor: Actor,
  code: string,
  fact: string,
): Promise<FollowedDossier> {
  const dossier = await load(ctx, code);
  const wanted = Buffer.from(followPart(ctx.secret, dossier?.code ?? '', fact.trim()), 'hex');
  const parts = dossier?.followDigest ?? Buffer.alloc(0);
  let met = false;
  for (let at = 0; at + 12 <= parts.length; at += 12) {
    if (crypto.timingSafeEqual(parts.subarray(at, at + 12), wanted)) met = true;
  }
  if (!dossier || !met) throw new AppError('row/missing');
  const [shown, history, revision] = await Promise.all([
    publicOf(ctx, dossier),
    readHistory(ctx.db, dossier.id),
    ctx.ports.getProcedureRevision(dossier.procedureRevisionId),
    recordAudit(ctx.db, [
      {
        chainId: dossier.state.decidedByUnitId,
        occurredAt: ctx.clock.now(),
        actor,
        action: 'dossier.follow',
        object: { type: 'dossier', id: dossier.id },
      },
    ]),
  ]);
  const stepName = (id: string): string | undefined => revision.definition.steps.find((s) => s.id === id)?.name;
  const { step } = dossier.state;
  const names = step ? await ctx.ports.unitNames([step.unitId], dayOf(ctx.clock.now())) : new Map<string, string>();
  return {
    ...shown,
    id: dossier.id,
    stepName: step ? (stepName(step.id) ?? null) : null,
    holderUnitName: step ? (names.get(step.unitId) ?? null) : null,
    history: history
      .filter((h) => h.kind !== 'opened' && h.kind !== 'assigned')
      .map((h) => ({ at: toIso(h.occurredAt), text: storyLine(h.kind, h.detail, stepName) })),
  };
}

/**
 * Rates a returned dossier; rating again replaces the first rating.
 * @param scope whose dossier may be rated: by default the actor's own, so a guest must have proved one.
 * @throws AppError row/missing, also for a dossier of somebody else or one not returned yet; request/invalid.
 */
export async function rateDossier(
  ctx: DossierContext,
  actor: Actor,
  dossierId: string,
  score: number,
  comment: string | null,
  scope: DossierScope = dossierScope(actor),
): Promise<void> {
  checkStorable(comment);
  const now = ctx.clock.now();
  if (!Number.isInteger(score) || score < 1 || score > 5) throw new AppError('request/invalid');
  await ctx.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ decided: string }>`insert into dossiers.rating (dossier_id, score, comment, rated_at)
      select d.id, ${score}, ${comment}, ${now} from dossiers.dossier d where d.id = ${dossierId}::uuid and d.status = 'returned' and ${scope.where('d')}
      on conflict (dossier_id) do update set score = excluded.score, comment = excluded.comment, rated_at = excluded.rated_at
      returning (select decided_by_unit_id from dossiers.dossier x where x.id = rating.dossier_id) decided`.execute(
      trx,
    );
    const row = rows[0];
    if (!row) throw new AppError('row/missing');
    await recordAudit(trx, [
      {
        chainId: row.decided,
        occurredAt: now,
        actor,
        action: 'dossier.rate',
        object: { type: 'dossier', id: dossierId },
        payload: { score },
      },
    ]);
  });
}
