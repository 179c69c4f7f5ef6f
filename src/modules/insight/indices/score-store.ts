import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { FigureChange } from './rules/remeasure.ts';
import type { CriterionRow } from './rules/sheet.ts';

const ROW =
  sql.raw(`c.criterion_id "criterionId", c.version, c.self_points::float8 "selfPoints", c.self_note "selfNote",
  c.numerator::float8 numerator, c.denominator::float8 denominator, c.definition_id "definitionId",
  c.appraised_points::float8 "appraisedPoints", c.appraised_reason "appraisedReason", c.explanation,
  c.confirm_since "confirmSince"`);

/** Rows of several sheets, by sheet. */
export async function scoresOf(db: Db, sheetIds: readonly string[]): Promise<ReadonlyMap<string, CriterionRow[]>> {
  const { rows } = await sql<CriterionRow & { sheetId: string }>`select c.sheet_id "sheetId", ${ROW}
    from indices.criterion_score c where c.sheet_id = any(${[...sheetIds]}::uuid[]) order by c.criterion_id`.execute(
    db,
  );
  const found = new Map<string, CriterionRow[]>(sheetIds.map((id) => [id, []]));
  for (const { sheetId, ...row } of rows) found.get(sheetId)?.push(row);
  return found;
}

export async function scoresOfSheet(db: Db, sheetId: string): Promise<CriterionRow[]> {
  return (await scoresOf(db, [sheetId])).get(sheetId) ?? [];
}

export type ScoreChange = Partial<Omit<CriterionRow, 'criterionId' | 'version'>>;

const COLUMNS = {
  selfPoints: 'self_points',
  selfNote: 'self_note',
  numerator: 'numerator',
  denominator: 'denominator',
  definitionId: 'definition_id',
  appraisedPoints: 'appraised_points',
  appraisedReason: 'appraised_reason',
  explanation: 'explanation',
  confirmSince: 'confirm_since',
} as const;

/**
 * Writes what is given of a criterion at the version that was seen (0: nobody has written yet); the rest stays.
 * @returns the new version; undefined where somebody was faster, and nothing was written.
 */
export async function writeScore(
  db: Db,
  sheetId: string,
  criterionId: string,
  version: number,
  change: ScoreChange,
  by: { readonly at: Date; readonly ref: string },
): Promise<number | undefined> {
  const given = Object.entries(COLUMNS).flatMap(([key, column]) => {
    const value = change[key as keyof ScoreChange];
    return value === undefined ? [] : [{ column: sql.raw(column), value }];
  });
  const names = sql.join(given.map((each) => each.column));
  const values = sql.join(given.map((each) => sql`${each.value}`));
  const { rows } =
    version === 0
      ? await sql<{
          version: number;
        }>`insert into indices.criterion_score (sheet_id, criterion_id, changed_at, changed_by, ${names})
          values (${sheetId}::uuid, ${criterionId}, ${by.at}, ${by.ref}, ${values})
          on conflict do nothing returning version`.execute(db)
      : await sql<{ version: number }>`update indices.criterion_score set version = version + 1, changed_at = ${by.at},
          changed_by = ${by.ref}, (${names}) = row(${values})
          where sheet_id = ${sheetId}::uuid and criterion_id = ${criterionId} and version = ${version}
          returning version`.execute(db);
  return rows[0]?.version;
}

export type PartRow = {
  readonly partId: string;
  readonly version: number;
  readonly percent: number;
  readonly source: string;
};

export async function partsOf(db: Db, sheetIds: readonly string[]): Promise<ReadonlyMap<string, PartRow[]>> {
  const { rows } = await sql<PartRow & { sheetId: string }>`select sheet_id "sheetId", part_id "partId", version,
    percent::float8 percent, source from indices.part_score where sheet_id = any(${[...sheetIds]}::uuid[])
    order by part_id`.execute(db);
  const found = new Map<string, PartRow[]>(sheetIds.map((id) => [id, []]));
  for (const { sheetId, ...row } of rows) found.get(sheetId)?.push(row);
  return found;
}

/** @param version 0: not typed yet; null: whatever there is. @returns undefined where somebody was faster. */
export async function writePart(
  db: Db,
  sheetId: string,
  part: Omit<PartRow, 'version'>,
  version: number | null,
  by: { readonly at: Date; readonly ref: string },
): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`insert into indices.part_score as p
      (sheet_id, part_id, percent, source, entered_at, entered_by)
    values (${sheetId}::uuid, ${part.partId}, ${part.percent}, ${part.source}, ${by.at}, ${by.ref})
    on conflict (sheet_id, part_id) do update set version = p.version + 1, percent = excluded.percent,
      source = excluded.source, entered_at = excluded.entered_at, entered_by = excluded.entered_by
      where ${version}::int is null or p.version = ${version}::int returning version`.execute(db);
  return rows[0]?.version;
}

export type ActRow = {
  readonly id: string;
  readonly sheetId: string | null;
  readonly criterionId: string | null;
  readonly act: string;
  readonly detail: string;
  readonly at: Date;
  readonly by: string;
  /** Evidence that was attached or taken back. */
  readonly fileId: string | null;
  /** What measuring again changed. */
  readonly figures: FigureChange | null;
};

export async function insertAct(db: Db, roundId: string, one: ActRow): Promise<void> {
  await sql`insert into indices.act (round_id, id, sheet_id, criterion_id, act, detail, at, by, file_id, figures)
    values (${roundId}::uuid, ${one.id}::uuid, ${one.sheetId}::uuid, ${one.criterionId}, ${one.act}, ${one.detail}, ${one.at}, ${one.by},
      ${one.fileId}::uuid, ${one.figures && JSON.stringify(one.figures)}::jsonb)`.execute(db);
}

const ACT = sql.raw(
  `id, sheet_id "sheetId", criterion_id "criterionId", act, detail, at, by, file_id "fileId", figures`,
);

/** Figures that changed when sheets were measured again, the newest first. */
export async function listFigureChanges(
  db: Db,
  roundId: string,
  sheetIds: readonly string[],
  limit: number,
): Promise<{ rows: ActRow[]; total: number }> {
  const where = sql`round_id = ${roundId}::uuid and sheet_id = any(${[...sheetIds]}::uuid[]) and figures is not null`;
  const { rows } = await sql<ActRow>`select ${ACT} from indices.act where ${where} order by id desc
    limit ${limit}`.execute(db);
  const { rows: n } = await sql<{ n: number }>`select count(*)::int n from indices.act where ${where}`.execute(db);
  return { rows, total: n[0]?.n ?? 0 };
}

/** What was done with a sheet, the newest first, at most 200. */
export async function listActs(db: Db, sheetId: string): Promise<ActRow[]> {
  const { rows } =
    await sql<ActRow>`select ${ACT} from indices.act where sheet_id = ${sheetId}::uuid order by id desc limit 200`.execute(
      db,
    );
  return rows;
}
