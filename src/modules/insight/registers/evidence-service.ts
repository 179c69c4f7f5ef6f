import type { Readable } from 'node:stream';
import { type Actor, holds } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { OpenedFile } from '../../foundation/files/index.ts';
import { ENTER, type RegisterContext, requirePlace } from './context.ts';
import { changes, evidenceOwner, requireEntry } from './entry-reading.ts';
import { successorOf } from './heirs.ts';

/** Puts a file beside an entry; it is never taken away. @throws AppError row/missing and those of a refused file */
export async function attachFile(
  ctx: RegisterContext,
  actor: Actor,
  entryId: string,
  source: Readable | Buffer,
  name: string,
): Promise<{ id: string; name: string }> {
  const entry = await requireEntry(ctx, actor, entryId);
  const today = dayOf(ctx.clock.now());
  const place = await requirePlace(ctx, entry.registerId, entry.periodId, today);
  const directory = await ctx.ports.directory();
  if (!changes(directory, actor, place, entry.unitId, today)) throw new AppError('row/missing');
  const ownHands = holds(actor, ENTER, entry.unitId);
  const chainId = ownHands ? entry.unitId : (successorOf(directory, entry.unitId, today) ?? entry.unitId);
  const upload = await ctx.ports.files.checkUpload(source, { name, accept: ['pdf', 'jpg', 'png', 'docx', 'xlsx'] });
  return ctx.db.transaction().execute(async (trx) => {
    const file = await ctx.ports.files.attach(trx, actor, upload, evidenceOwner(entryId), 'evidence');
    await recordAudit(trx, [
      {
        chainId,
        occurredAt: ctx.clock.now(),
        actor,
        action: 'manual-figure.attach',
        object: { type: 'manual-figure', id: entryId },
        payload: { fileId: file.id, name: file.name },
      },
    ]);
    return { id: file.id, name: file.name };
  });
}

/** A file beside an entry the reader sees. @throws AppError row/missing */
export async function openFile(ctx: RegisterContext, actor: Actor, fileId: string): Promise<OpenedFile> {
  const { owner } = await ctx.ports.files.getReference(fileId);
  if (owner.type !== evidenceOwner('').type) throw new AppError('row/missing');
  await requireEntry(ctx, actor, owner.id);
  return ctx.ports.files.openReference(fileId);
}
