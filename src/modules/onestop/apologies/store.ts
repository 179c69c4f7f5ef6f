import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { ApologyKind, ApologyState } from './rules/acts.ts';

export type SignerRow = { readonly onBehalfOf: string; readonly capacity: string; readonly name: string };

/** One proposal and what became of it. */
export type Apology = {
  readonly id: string;
  readonly version: number;
  readonly dossierId: string;
  readonly kind: ApologyKind;
  readonly state: ApologyState;
  readonly dossierCode: string;
  readonly procedureCode: string;
  readonly procedureRevisionId: string;
  readonly authorityUnitId: string;
  readonly receivedByUnitId: string;
  readonly unitId: string;
  readonly numberUnitId: string | null;
  readonly dueOriginal: Date;
  readonly dueBefore: Date;
  readonly newDueAt: Date | null;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly lateNotice: boolean;
  readonly origin: 'person' | 'warning';
  readonly createdAt: Date;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly returnReason: string | null;
  readonly formSet: string | null;
  readonly number: string | null;
  readonly signer: SignerRow | null;
  readonly issuedBy: string | null;
  readonly issuedAt: Date | null;
  readonly sentAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly withdrawReason: string | null;
  readonly dossierEndedAt: Date | null;
};

/** Columns by member; the statement of every reading and writing follows from it. */
const COLUMNS = {
  id: 'id',
  version: 'version',
  dossierId: 'dossier_id',
  kind: 'kind',
  state: 'state',
  dossierCode: 'dossier_code',
  procedureCode: 'procedure_code',
  procedureRevisionId: 'procedure_revision_id',
  authorityUnitId: 'authority_unit_id',
  receivedByUnitId: 'received_by_unit_id',
  unitId: 'unit_id',
  numberUnitId: 'number_unit_id',
  dueOriginal: 'due_original',
  dueBefore: 'due_before',
  newDueAt: 'new_due_at',
  reasonCode: 'reason_code',
  reason: 'reason',
  lateNotice: 'late_notice',
  origin: 'origin',
  createdAt: 'created_at',
  proposedBy: 'proposed_by',
  proposedAt: 'proposed_at',
  decidedBy: 'decided_by',
  decidedAt: 'decided_at',
  returnReason: 'return_reason',
  formSet: 'form_set',
  number: 'number',
  signer: 'signer',
  issuedBy: 'issued_by',
  issuedAt: 'issued_at',
  sentAt: 'sent_at',
  withdrawnAt: 'withdrawn_at',
  withdrawnBy: 'withdrawn_by',
  withdrawReason: 'withdraw_reason',
  dossierEndedAt: 'dossier_ended_at',
} as const satisfies Record<keyof Apology, string>;

const FIELDS = sql.raw(
  Object.entries(COLUMNS)
    .map(([member, column]) => `a.${column} "${member}"`)
    .join(', '),
);

export type NewApology = Omit<Apology, 'version'>;

export async function insertApology(db: Db, apology: NewApology): Promise<void> {
  const entries = Object.entries(apology) as [keyof NewApology, unknown][];
  const columns = sql.raw(entries.map(([member]) => COLUMNS[member]).join(', '));
  const values = entries.map(([member, value]) =>
    member === 'signer' ? sql`${value === null ? null : JSON.stringify(value)}::jsonb` : sql`${value}`,
  );
  await sql`insert into apologies.apology (${columns}) values (${sql.join(values)})`.execute(db);
}

/** Writes some members where the version is still the one read. @returns false where somebody was faster. */
export async function saveApology(
  db: Db,
  id: string,
  version: number,
  change: Partial<Apology> & { readonly slip?: unknown },
): Promise<boolean> {
  const { slip, ...plain } = change;
  const parts = (Object.entries(plain) as [keyof Apology, unknown][]).map(([member, value]) =>
    member === 'signer' ? sql`signer = ${JSON.stringify(value)}::jsonb` : sql`${sql.ref(COLUMNS[member])} = ${value}`,
  );
  if (slip !== undefined) parts.push(sql`slip = ${JSON.stringify(slip)}::jsonb`);
  const { numAffectedRows } =
    await sql`update apologies.apology set version = version + 1, ${sql.join(parts)} where id = ${id}::uuid and version = ${version}`.execute(
      db,
    );
  return numAffectedRows === 1n;
}

export async function findApology(db: Db, id: string): Promise<Apology | undefined> {
  const { rows } = await sql<Apology>`select ${FIELDS} from apologies.apology a where a.id = ${id}::uuid`.execute(db);
  return rows[0];
}

export async function findApologies(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Apology>> {
  const { rows } =
    await sql<Apology>`select ${FIELDS} from apologies.apology a where a.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** All of one dossier, oldest first. */
export async function apologiesOf(db: Db, dossierId: string): Promise<readonly Apology[]> {
  const { rows } =
    await sql<Apology>`select ${FIELDS} from apologies.apology a where a.dossier_id = ${dossierId}::uuid order by a.id`.execute(
      db,
    );
  return rows;
}

/** Proposals of some dossiers that are not decided, or approved and not issued; locked. */
export async function lockOpenOf(db: Db, dossierIds: readonly string[]): Promise<readonly Apology[]> {
  const { rows } =
    await sql<Apology>`select ${FIELDS} from apologies.apology a where a.dossier_id = any(${[...dossierIds]}::uuid[])
      and a.state in ('draft', 'proposed', 'returned', 'approved') order by a.id for update`.execute(db);
  return rows;
}

/** Issued papers of a dossier, the latest last. */
export async function issuedOf(db: Db, dossierIds: readonly string[]): Promise<readonly Apology[]> {
  const { rows } =
    await sql<Apology>`select ${FIELDS} from apologies.apology a where a.dossier_id = any(${[...dossierIds]}::uuid[])
      and a.state in ('issued', 'sent') order by a.id`.execute(db);
  return rows;
}

export async function findSlip(db: Db, id: string): Promise<unknown> {
  const { rows } = await sql<{ slip: unknown }>`select slip from apologies.apology where id = ${id}::uuid`.execute(db);
  return rows[0]?.slip ?? undefined;
}

/** Next number of a register, begun at 1 each year. */
export async function nextNumber(db: Db, register: string): Promise<number> {
  const { rows } = await sql<{ last_number: number }>`insert into apologies.number_register (register, last_number)
    values (${register}, 1) on conflict (register) do update set last_number = number_register.last_number + 1
    returning last_number`.execute(db);
  return rows[0]?.last_number ?? 1;
}

/** Issued papers of a code, for pages of the portal. */
export async function issuedByCode(db: Db, code: string): Promise<readonly Apology[]> {
  const { rows } =
    await sql<Apology>`select ${FIELDS} from apologies.apology a where a.dossier_code = ${code} and a.state in ('issued', 'sent') order by a.id`.execute(
      db,
    );
  return rows;
}

export type PublicQuery = {
  readonly unitId: string | undefined;
  /** Half-open: from inclusive, to exclusive. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** The public list, newest first, with its length. */
export async function findPublic(
  db: Db,
  query: PublicQuery,
): Promise<{ readonly rows: readonly Apology[]; readonly total: number }> {
  const where = sql`a.state in ('issued', 'sent')
    and (${query.unitId ?? null}::uuid is null or a.authority_unit_id = ${query.unitId ?? null}::uuid)
    and (${query.from ?? null}::timestamptz is null or a.issued_at >= ${query.from ?? null}::timestamptz)
    and (${query.to ?? null}::timestamptz is null or a.issued_at < ${query.to ?? null}::timestamptz)`;
  const [page, count] = await Promise.all([
    sql<Apology>`select ${FIELDS} from apologies.apology a where ${where}
      order by a.issued_at desc, a.id desc limit ${query.limit} offset ${query.offset}`.execute(db),
    sql<{ n: number }>`select count(*) n from apologies.apology a where ${where}`.execute(db),
  ]);
  return { rows: page.rows, total: Number(count.rows[0]?.n ?? 0) };
}

/** Authorities that have published, and the first instant of all. */
export async function findPublicRange(db: Db): Promise<{ unitIds: readonly string[]; first: Date | null }> {
  const { rows } = await sql<{ units: string[] | null; first: Date | null }>`
    select array_agg(distinct authority_unit_id) units, min(issued_at) first from apologies.apology where state in ('issued', 'sent')`.execute(
    db,
  );
  return { unitIds: rows[0]?.units ?? [], first: rows[0]?.first ?? null };
}

/** Sets the instant at which the dossiers ended, which the public list shows. */
export async function markEnded(db: Db, dossierId: string, endedAt: Date): Promise<void> {
  await sql`update apologies.apology set dossier_ended_at = ${endedAt}
    where dossier_id = ${dossierId}::uuid and dossier_ended_at is distinct from ${endedAt} and state <> 'withdrawn'`.execute(
    db,
  );
}
