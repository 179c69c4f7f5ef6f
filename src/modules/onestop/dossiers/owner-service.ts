import { sql } from 'kysely';
import type { Actor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { FileOwner } from '../../foundation/files/index.ts';
import { type CommandReply, commandDossier } from './command-service.ts';
import type { DossierContext } from './context.ts';
import type { DossierRowType } from './contract.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { findDossier } from './load.ts';
import { presentRows, readRows } from './rows.ts';
import type { DossierScope } from './scope.ts';

/** Somebody acting as the owner of one dossier: a citizen by account, or a guest who has proved it by a secret. */
export type OwnerAccess = { readonly actor: Actor; readonly scope: DossierScope };

/** Access of a guest to the one dossier whose secret was checked. */
export function provenScope(dossierId: string): DossierScope {
  return { unitIds: [], where: (alias) => sql<boolean>`${sql.ref(alias)}.id = ${dossierId}::uuid` };
}

/** Dossiers of a citizen's account, newest first. */
export async function listOwn(
  ctx: DossierContext,
  access: OwnerAccess,
  cursorText: string | undefined,
  limit = 20,
): Promise<{ rows: DossierRowType[]; nextCursor: string | null }> {
  const cursor = decodeCursor(cursorText, 1);
  const after = cursor ? sql`d.id < ${cursor[0]}::uuid` : sql`true`;
  const raw = await readRows(ctx.db, sql`${access.scope.where('d')} and ${after}`, sql`d.id desc`, limit + 1);
  const last = raw[limit - 1];
  return {
    rows: await presentRows(ctx, raw.slice(0, limit), ctx.clock.now()),
    nextCursor: raw.length > limit && last ? encodeCursor([last.id]) : null,
  };
}

export type RequestAnswer = {
  readonly note: string;
  readonly files: readonly { readonly componentCode: string | null; readonly fileId: string }[];
  readonly fileOwner: FileOwner;
};

/**
 * The owner answers the open request for papers: the files become the dossier's, stand with the papers they were asked
 * for, and the dossier goes back to the desk or to work. One transaction.
 */
export async function answerRequest(
  ctx: DossierContext,
  access: OwnerAccess,
  id: string,
  version: number,
  answer: RequestAnswer,
): Promise<CommandReply> {
  return ctx.db.transaction().execute(async (trx) => {
    const dossier = await findDossier(trx, access.scope, id);
    if (!dossier) throw new AppError('row/missing');
    const kind = dossier.state.status === 'awaiting-completion' ? 'complete' : 'accept-supplement';
    const ids = answer.files.map((file) => file.fileId);
    const names =
      ids.length > 0 ? await ctx.ports.attachFiles(trx, ids, answer.fileOwner, id) : new Map<string, string>();
    for (const file of answer.files) {
      const reference = JSON.stringify([{ id: file.fileId, name: names.get(file.fileId) ?? '' }]);
      const updated =
        await sql`update dossiers.component set provided = true, source = 'file', file_references = file_references || ${reference}::jsonb
        where dossier_id = ${id}::uuid and code = ${file.componentCode ?? ''}`.execute(trx);
      if (updated.numAffectedRows === 0n) {
        await sql`insert into dossiers.component (dossier_id, seq, code, name, originals, copies, required, provided, source, file_references)
          select ${id}::uuid, coalesce(max(seq), 0) + 1, ${`bo-sung-${file.fileId.slice(-6)}`}, ${names.get(file.fileId) ?? 'Giấy tờ bổ sung'}, 0, 0, false, true, 'file', ${reference}::jsonb
          from dossiers.component where dossier_id = ${id}::uuid`.execute(trx);
      }
    }
    await sql`update dossiers.supplement set answer = ${JSON.stringify({ note: answer.note, files: answer.files })}::jsonb
      where dossier_id = ${id}::uuid and answered_at is null`.execute(trx);
    const command = kind === 'complete' ? { kind } : { kind, note: answer.note };
    return commandDossier(ctx, access.actor, id, version, command, { scope: access.scope, owner: true, db: trx });
  });
}

/** @throws AppError row/missing unless the dossier is the owner's. */
export async function checkOwned(ctx: DossierContext, access: OwnerAccess, id: string): Promise<void> {
  if (!(await findDossier(ctx.db, access.scope, id))) throw new AppError('row/missing');
}

/** The owner's own score, or null. */
export async function findRating(ctx: DossierContext, id: string): Promise<number | null> {
  const { rows } = await sql<{
    score: number;
  }>`select score from dossiers.rating where dossier_id = ${id}::uuid`.execute(ctx.db);
  return rows[0]?.score ?? null;
}
