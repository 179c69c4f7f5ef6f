import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import { type Db, isDuplicate } from '../../../platform/db/open.ts';
import type { RegisterDefinition } from './rules/register.ts';

export type Design = {
  readonly id: string;
  readonly version: number;
  readonly registerId: string;
  readonly state: 'draft' | 'published';
  readonly definition: RegisterDefinition;
  readonly validFrom: Day | null;
  readonly digest: string | null;
  readonly changedAt: Date;
  readonly changedBy: string;
};

const FIELDS = sql.raw(`d.id, d.version, d.register_id "registerId", d.state, d.definition, d.valid_from "validFrom",
  d.digest, d.changed_at "changedAt", d.changed_by "changedBy"`);

/** All designs, by register, drafts first, then the newest. */
export async function listDesigns(db: Db): Promise<Design[]> {
  const { rows } = await sql<Design>`select ${FIELDS} from registers.design d
    order by d.register_id, d.valid_from desc nulls first, d.id desc`.execute(db);
  return rows;
}

export async function findDesign(db: Db, id: string): Promise<Design | undefined> {
  const { rows } = await sql<Design>`select ${FIELDS} from registers.design d where d.id = ${id}::uuid`.execute(db);
  return rows[0];
}

/** What stands beside the content: published versions by rising day, and the last days of registers that ended. */
export type Beside = {
  readonly versions: readonly { readonly id: string; readonly registerId: string; readonly validFrom: Day }[];
  readonly lastDays: ReadonlyMap<string, Day>;
};

export async function readBeside(db: Db): Promise<Beside> {
  type Row = { readonly id: string | null; readonly registerId: string; readonly day: Day };
  const { rows } = await sql<Row>`select d.id, d.register_id "registerId", d.valid_from "day"
      from registers.design d where d.state = 'published'
    union all
    select null, e.register_id, e.last_day from (
      select distinct on (register_id) register_id, last_day from registers.ending order by register_id, at desc, id desc
    ) e where e.last_day is not null
    order by 3, 1`.execute(db);
  return {
    versions: rows.flatMap(({ id, registerId, day }) => (id === null ? [] : [{ id, registerId, validFrom: day }])),
    lastDays: new Map(rows.flatMap(({ id, registerId, day }) => (id === null ? [[registerId, day]] : []))),
  };
}

export async function readDefinitions(
  db: Db,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly definition: RegisterDefinition }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; definition: RegisterDefinition }>`select id, definition
    from registers.design where id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

type Stamp = { readonly at: Date; readonly by: string };

export async function insertDesign(
  db: Db,
  one: { readonly id: string; readonly definition: RegisterDefinition } & Stamp,
): Promise<void> {
  await sql`insert into registers.design (id, register_id, state, definition, changed_at, changed_by)
    values (${one.id}::uuid, ${one.definition.id}, 'draft', ${JSON.stringify(one.definition)}::jsonb, ${one.at},
      ${one.by})`.execute(db);
}

/** Changes a draft at the version that was seen. @returns false where somebody was faster or it is published */
export async function changeDesign(
  db: Db,
  id: string,
  version: number,
  definition: RegisterDefinition,
  { at, by }: Stamp,
): Promise<boolean> {
  const { rows } = await sql`update registers.design set version = version + 1, register_id = ${definition.id},
      definition = ${JSON.stringify(definition)}::jsonb, changed_at = ${at}, changed_by = ${by}
    where id = ${id}::uuid and version = ${version} and state = 'draft' returning id`.execute(db);
  return rows.length === 1;
}

/** Publishes a draft for good. @returns false where somebody was faster, or the register has another version from that very day */
export async function publishDesign(
  db: Db,
  id: string,
  version: number,
  { definition, digest, at, by }: { readonly definition: RegisterDefinition; readonly digest: string } & Stamp,
): Promise<boolean> {
  try {
    const { rows } = await sql`update registers.design set version = version + 1, state = 'published',
        register_id = ${definition.id}, definition = ${JSON.stringify(definition)}::jsonb,
        valid_from = ${definition.validFrom}::date, digest = ${digest}, changed_at = ${at}, changed_by = ${by},
        published_at = ${at}, published_by = ${by}
      where id = ${id}::uuid and version = ${version} and state = 'draft' returning id`.execute(db);
    return rows.length === 1;
  } catch (error) {
    if (isDuplicate(error, 'design_published')) return false;
    throw error;
  }
}

/** Throws a draft away. @returns false where somebody was faster or it is published */
export async function deleteDesign(db: Db, id: string, version: number): Promise<boolean> {
  const { rows } = await sql`delete from registers.design
    where id = ${id}::uuid and version = ${version} and state = 'draft' returning id`.execute(db);
  return rows.length === 1;
}

export async function insertEnding(
  db: Db,
  one: {
    readonly id: string;
    readonly registerId: string;
    readonly lastDay: Day | null;
    readonly reason: string;
  } & Stamp,
): Promise<void> {
  await sql`insert into registers.ending (id, register_id, last_day, reason, at, by)
    values (${one.id}::uuid, ${one.registerId}, ${one.lastDay}::date, ${one.reason}, ${one.at}, ${one.by})`.execute(db);
}

/** Of some periods of a register, those in which somebody has entered something. */
export async function enteredPeriods(db: Db, registerId: string, periodIds: readonly string[]): Promise<string[]> {
  if (periodIds.length === 0) return [];
  const { rows } = await sql<{ periodId: string }>`select distinct period_id "periodId" from registers.entry
    where register_id = ${registerId} and period_id = any(${[...periodIds]})`.execute(db);
  return rows.map((row) => row.periodId);
}

/** One who publishes or ends a register at a time, until the transaction ends. */
export async function lockDesigns(db: Db): Promise<void> {
  await sql`lock table registers.design in share row exclusive mode`.execute(db);
}
