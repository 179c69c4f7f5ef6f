import { type RawBuilder, sql } from 'kysely';
import { uuidFloor } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';

/** One book: who wrote it, where its dossiers may stand today, and which days. */
export type RegisterBook = {
  readonly deskId: string;
  /** Units that went on with the desk's open dossiers; empty while the desk lives. */
  readonly keepers: readonly string[];
  /** True where the desk ever took dossiers over from another: they are entered as of that day. */
  readonly tookOver: boolean;
  /** True where it did so by the last day of the period. */
  readonly tookOverByNow: boolean;
  readonly start: Date;
  /** Exclusive. */
  readonly end: Date;
  /** A dossier filed before this cannot have been received in the period. */
  readonly earliest: Date;
  readonly visible: RawBuilder<boolean>;
};

/**
 * Dossiers of a book with the instant they were entered: received at the desk, or handed over to it by a succession. A
 * dossier that moved on after its reception stays in the book it was received in.
 */
function entered(book: RegisterBook): RawBuilder<unknown> {
  const moves = book.tookOver || book.keepers.length > 0;
  const desk = sql`${book.deskId}::uuid`;
  return sql`select * from (
    select d.id, d.ended_at, m.from_units, m.to_units, m.moved_at,
      case when coalesce((m.from_units)[1]::uuid, d.received_by_unit_id) = ${desk} then d.received_at
        else (m.moved_at)[array_position(m.to_units, ${book.deskId}::text)] end entered_at
    from dossiers.dossier d
    left join lateral (select array_agg(a.detail->>'fromUnitId' order by a.seq) from_units, array_agg(a.detail->>'toUnitId' order by a.seq) to_units,
        array_agg(a.occurred_at order by a.seq) moved_at
      from dossiers.action a where ${moves} and a.dossier_id = d.id and a.kind = 'transferred' and a.change ? 'receivedByUnitId' and a.occurred_at >= d.received_at) m on true
    where d.received_by_unit_id = any(${[book.deskId, ...book.keepers]}::uuid[]) and d.id < ${uuidFloor(book.end)}::uuid
      and (${book.tookOverByNow} or d.id >= ${uuidFloor(book.earliest)}::uuid)
      and d.received_at < ${book.end} and ${book.visible}) e
  where e.entered_at >= ${book.start} and e.entered_at < ${book.end}`;
}

export type RegisterTotals = {
  readonly rows: number;
  /** Processed to the end by now: issued, refused, withdrawn or stopped. */
  readonly ended: number;
  /** Taken over from another desk. */
  readonly takenOver: number;
};

/** How long the book is. */
export async function countRegister(db: Db, book: RegisterBook): Promise<RegisterTotals> {
  const { rows } = await sql<RegisterTotals>`select count(*)::int rows, count(e.ended_at)::int ended,
      (count(*) filter (where (e.from_units)[1]::uuid <> ${book.deskId}::uuid))::int "takenOver"
    from (${entered(book)}) e`.execute(db);
  return rows[0] ?? { rows: 0, ended: 0, takenOver: 0 };
}

export type RegisterRow = {
  readonly code: string;
  readonly procedure_revision_id: string;
  readonly copies: number;
  readonly received_at: Date;
  readonly due_current: Date | null;
  readonly ended_at: Date | null;
  readonly result_method: 'desk' | 'post' | 'electronic';
  readonly decided_by_unit_id: string;
  readonly erased: boolean;
  readonly imported: boolean;
  readonly from_units: readonly string[] | null;
  readonly to_units: readonly string[] | null;
  readonly moved_at: readonly Date[] | null;
  readonly owner: { fullName?: string; address?: string; phone?: string } | null;
};

/** Rows `first` to `last`, both from 1 and inclusive, in order of entry. */
export async function readRegisterRows(
  db: Db,
  book: RegisterBook,
  first: number,
  last: number,
): Promise<readonly RegisterRow[]> {
  const { rows } = await sql<RegisterRow>`
    with page as materialized (select * from (${entered(book)}) e order by e.entered_at, e.id offset ${first - 1} limit ${Math.max(0, last - first + 1)})
    select d.code, d.procedure_revision_id, d.copies, d.received_at, d.due_current, d.ended_at, d.result_method, d.decided_by_unit_id,
      d.erased_at is not null erased, p.from_units, p.to_units, p.moved_at,
      exists (select 1 from dossiers.action a where a.dossier_id = d.id and a.seq = 1 and a.kind = 'imported') imported,
      (select o.snapshot from dossiers.party o where o.dossier_id = d.id and o.role = 'owner' order by o.seq limit 1) owner
    from page p join dossiers.dossier d on d.id = p.id order by p.entered_at, p.id`.execute(db);
  return rows;
}
