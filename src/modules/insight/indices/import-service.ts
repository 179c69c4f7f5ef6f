import crypto from 'node:crypto';
import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { leavesOf } from '../../../core/scoring/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { readSheet } from '../../../platform/spreadsheet/read-sheet.ts';
import { filledByAnother, namesNobody } from '../../../platform/spreadsheet/whose-sheet.ts';
import { openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { planMany, writeMany } from './many-service.ts';
import { rowsNow } from './read-service.ts';
import { cellTitles, readCells, whatOf } from './sheet-cells.ts';
import { requireSide } from './write-service.ts';

const MAX_FILE_BYTES = 512 * 1024;

/**
 * The unit's own points from a filled-in template: all of them, or none with every finding named by its cell. Without
 * `apply` it only looks, and says by `seen` what it compared with; somebody who wrote since then makes the second refused.
 * @throws AppError row/missing, row/stale, indices/state, indices/unit-ceased
 */
export async function importIndexSheet(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  { apply, seen, file }: BodyOf<typeof contract.importIndexSheet>,
): Promise<ReplyOf<typeof contract.importIndexSheet>> {
  const opened = await openSheet(ctx, actor, id);
  requireSide(opened, 'score');
  const { stored, rows, live } = await rowsNow(ctx, opened);
  const now = crypto
    .createHash('sha256')
    .update([opened.sheet.version, ...rows.map((row) => `${row.criterionId}:${row.version}`).sort()].join(' '))
    .digest('hex')
    .slice(0, 16);
  const automatic = new Set(live.map((each) => each.criterionId));
  const known = leavesOf(opened.round.set, opened.level).map(({ criterion }) => ({
    id: criterion.id,
    name: criterion.name,
    max: criterion.max,
    row: rows.find((row) => row.criterionId === criterion.id),
    automatic: automatic.has(criterion.id),
  }));
  const limits = { titles: cellTitles(), maxBytes: MAX_FILE_BYTES, maxRows: 1000 };
  const reading = await readSheet(Buffer.from(file, 'base64'), limits);
  const { scores, findings, cellOf } = readCells(known, reading);
  const other = filledByAnother(reading, opened.unitName, whatOf(opened.round.set.name, opened.round.year));
  const planned = planMany({ opened, stored, automatic }, scores);
  const all = [
    ...(other ? [other] : []),
    ...findings,
    ...planned.faults.map(({ at, field, message }) => ({ cell: cellOf(at, field), message })),
  ];
  const changes = planned.changes.length;
  const unnamed = namesNobody(reading);
  if (all.length > 0 || !apply) return { findings: all, changes, unnamed, seen: now, written: null };
  if (seen !== now) throw new AppError('row/stale');
  const { written } = await writeMany(ctx, actor, planned, words('indices.xlsx.imported', { count: changes }));
  return { findings: [], changes, unnamed, seen: now, written };
}
