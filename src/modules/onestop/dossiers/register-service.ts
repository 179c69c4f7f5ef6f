import { sql } from 'kysely';
import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import { uuidFloor } from '../../../core/ids/uuid.ts';
import { addDays, type Day, dayOf, instantAt, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { SlipData } from '../slips/index.ts';
import type { DossierContext } from './context.ts';
import { dossierScope } from './scope.ts';

const MAX_ROWS = 1000;
/** A dossier filed online may wait for its reception, for papers at most; it is looked for this far back. */
const LONGEST_WAIT_DAYS = 370;

type Row = {
  code: string;
  procedure_revision_id: string;
  copies: number;
  received_at: Date;
  due_current: Date | null;
  ended_at: Date | null;
  result_method: 'desk' | 'post' | 'electronic';
  decided_by_unit_id: string;
  owner: { fullName?: string; address?: string; phone?: string } | null;
};

/**
 * Sổ theo dõi hồ sơ of one desk: dossiers received between two days, both inclusive and today by default, in order of
 * reception.
 * @throws AppError row/missing for a desk outside the reader's units; request/invalid beyond 1,000 rows.
 */
export async function readRegister(
  ctx: DossierContext,
  actor: Actor,
  unitId: string,
  from: Day = dayOf(ctx.clock.now()),
  to: Day = dayOf(ctx.clock.now()),
): Promise<{ setId: string; data: SlipData<'REGISTER'> }> {
  const scope = dossierScope(actor);
  if (!unitsFor(actor, 'register.print').includes(unitId)) throw new AppError('row/missing');
  const [start, end] = [instantAt(from, '00:00'), instantAt(addDays(to, 1), '00:00')];
  const earliest = instantAt(addDays(from, -LONGEST_WAIT_DAYS), '00:00');
  if (!start || !end || !earliest || from > to) throw new AppError('request/invalid');
  const { rows } =
    await sql<Row>`select d.code, d.procedure_revision_id, d.copies, d.received_at, d.due_current, d.ended_at, d.result_method, d.decided_by_unit_id,
      (select p.snapshot from dossiers.party p where p.dossier_id = d.id and p.role = 'owner' order by p.seq limit 1) owner
    from dossiers.dossier d where d.received_by_unit_id = ${unitId}::uuid and d.id >= ${uuidFloor(earliest)}::uuid and d.id < ${uuidFloor(end)}::uuid
      and d.received_at >= ${start} and d.received_at < ${end} and ${scope.where('d')} order by d.received_at, d.id limit ${MAX_ROWS + 1}`.execute(
      ctx.db,
    );
  if (rows.length > MAX_ROWS) {
    throw new AppError('request/invalid', {
      fields: [{ path: 'query.to', code: 'too-many', message: words('server.dossier.register-long') }],
    });
  }
  const desk = await ctx.ports.findUnit(unitId, to);
  const authority = await ctx.ports.authorityOf(unitId, null, to);
  const names = await ctx.ports.unitNames([...new Set(rows.map((r) => r.decided_by_unit_id))], to);
  await recordAudit(ctx.db, [
    {
      chainId: authority?.id ?? unitId,
      occurredAt: ctx.clock.now(),
      actor,
      action: 'dossier.print-register',
      object: { type: 'unit', id: unitId },
      payload: { from, to, rows: rows.length },
    },
  ]);
  const data: SlipData<'REGISTER'> = {
    letterhead: {
      authority: desk?.name ?? '',
      ...(authority ? { parentAuthority: authority.name } : {}),
      place:
        (authority?.name ?? '')
          .replace(/^(Ủy ban nhân dân|UBND) /i, '')
          .replace(/^(xã|phường|thị trấn|huyện|thành phố|tỉnh) /i, '') || '…',
      date: to,
    },
    desk: desk?.name ?? '',
    from,
    to,
    rows: await Promise.all(
      rows.map(async (row) => ({
        dossierCode: row.code,
        procedureName: (await ctx.ports.getProcedureRevision(row.procedure_revision_id)).definition.name,
        sets: row.copies,
        partyName: row.owner?.fullName ?? '',
        ...(row.owner?.address ? { address: row.owner.address } : {}),
        ...(row.owner?.phone ? { phone: row.owner.phone } : {}),
        authority: names.get(row.decided_by_unit_id) ?? '',
        receivedAt: toIso(row.received_at),
        ...(row.due_current ? { dueAt: toIso(row.due_current) } : {}),
        ...(row.ended_at ? { resultAt: toIso(row.ended_at) } : {}),
        resultChannel: ({ desk: 'desk', post: 'post', electronic: 'online' } as const)[row.result_method],
      })),
    ),
  };
  return { setId: ctx.ports.regimeOn(to).formSet, data };
}
