import { type RawBuilder, sql } from 'kysely';
import type { IndicatorSet } from '../../../core/scoring/index.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { RoundState, SheetState } from './rules/acts.ts';

export type Round = {
  readonly id: string;
  readonly version: number;
  readonly setCode: string;
  readonly set: IndicatorSet;
  readonly family: string;
  readonly year: number;
  readonly unitId: string;
  readonly asOf: Day;
  readonly state: RoundState;
  readonly lastNo: number;
};
export type RoundCounts = { readonly sheets: number; readonly settled: number; readonly mySheetId: string | null };
export type Sheet = {
  readonly id: string;
  readonly version: number;
  readonly roundId: string;
  readonly unitId: string;
  readonly state: SheetState;
  /** When its automatic figures were last measured; null: it was never sent. */
  readonly measuredAt: Date | null;
  /** As somebody else published it, of sets that are imported. */
  readonly place: PublishedPlace | null;
};
/** A place among all who were ranked elsewhere, not only those who are in the round. */
export type PublishedPlace = { readonly rank: number; readonly population: number; readonly source: string };

/** Units whose sheets somebody may see (read or score), and units whose rounds they run. */
export type IndexScope = { readonly read: readonly string[]; readonly appraise: readonly string[] };

const ROUND = sql.raw(`r.id, r.version, r.set_code "setCode", r.set_body "set", r.family, r.year, r.unit_id "unitId",
  r.as_of "asOf", r.state, r.last_no "lastNo"`);
const SHEET = sql.raw(`s.id, s.version, s.round_id "roundId", s.unit_id "unitId", s.state,
  s.measured_at "measuredAt", case when s.published_rank is not null then jsonb_build_object('rank', s.published_rank,
    'population', s.published_population, 'source', s.place_source) end place`);

/** A round is seen by those who run it, by units with a sheet in it, and by every reader once it is published. */
const roundWithin = ({ read, appraise }: IndexScope): RawBuilder<boolean> =>
  sql<boolean>`(r.unit_id = any(${[...appraise]}::uuid[]) or r.unit_id = any(${[...read]}::uuid[]) or r.state = 'published' or exists (
    select 1 from indices.sheet mine where mine.round_id = r.id and mine.unit_id = any(${[...read]}::uuid[])))`;
const sheetWithin = ({ read, appraise }: IndexScope): RawBuilder<boolean> =>
  sql<boolean>`(s.unit_id = any(${[...read]}::uuid[]) or r.unit_id = any(${[...appraise]}::uuid[]))`;

export async function insertRound(
  db: Db,
  round: Omit<Round, 'version' | 'state' | 'lastNo'>,
  sheets: readonly { readonly id: string; readonly unitId: string; readonly state: SheetState }[],
  at: Date,
  by: string,
): Promise<void> {
  await sql`insert into indices.round (id, set_code, set_body, family, year, unit_id, as_of, state, opened_at, opened_by)
    values (${round.id}::uuid, ${round.setCode}, ${JSON.stringify(round.set)}::jsonb, ${round.family}, ${round.year},
      ${round.unitId}::uuid, ${round.asOf}::date, 'open', ${at}, ${by})`.execute(db);
  await sql`insert into indices.sheet (id, round_id, unit_id, state)
    select x.id, ${round.id}::uuid, x."unitId", x.state
    from jsonb_to_recordset(${JSON.stringify(sheets)}::jsonb) as x(id uuid, "unitId" uuid, state text)`.execute(db);
}

export type RoundFilter = {
  readonly family?: string | undefined;
  readonly year?: number | undefined;
  readonly state?: string | undefined;
  /** Part of the set's name, without accents too. */
  readonly q?: string | undefined;
};

export async function listRounds(
  db: Db,
  scope: IndexScope,
  filter: RoundFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: (Round & RoundCounts)[]; total: number }> {
  const where = sql`${roundWithin(scope)}
    ${filter.family ? sql`and r.family = ${filter.family}` : sql``}
    ${filter.year ? sql`and r.year = ${filter.year}` : sql``}
    ${filter.state ? sql`and r.state = ${filter.state}` : sql``}
    ${filter.q ? sql`and position(platform.fold(${filter.q}) in platform.fold(r.set_body->>'name')) > 0` : sql``}`;
  const { rows } = await sql<Round & RoundCounts>`select ${ROUND}, ${counts(scope)} from indices.round r
    where ${where} order by r.year desc, r.id desc offset ${page.offset} limit ${page.limit}`.execute(db);
  const { rows: n } = await sql<{ n: number }>`select count(*)::int n from indices.round r where ${where}`.execute(db);
  return { rows, total: n[0]?.n ?? 0 };
}

const counts = ({ read }: IndexScope): RawBuilder<unknown> =>
  sql`(select count(*)::int from indices.sheet s where s.round_id = r.id) sheets,
    (select count(*)::int from indices.sheet s where s.round_id = r.id and s.state = 'settled') settled,
    (select case when count(*) = 1 then (array_agg(s.id))[1] end from indices.sheet s
      where s.round_id = r.id and s.unit_id = any(${[...read]}::uuid[])) "mySheetId"`;

export async function findRound(db: Db, scope: IndexScope, id: string): Promise<(Round & RoundCounts) | undefined> {
  const { rows } = await sql<Round & RoundCounts>`select ${ROUND}, ${counts(scope)} from indices.round r
    where r.id = ${id}::uuid and ${roundWithin(scope)}`.execute(db);
  return rows[0];
}

/** Published rounds, of a family and year where those are given; newest year first. */
export async function listPublishedRounds(db: Db, filter: Pick<RoundFilter, 'family' | 'year'>): Promise<Round[]> {
  const { rows } = await sql<Round>`select ${ROUND} from indices.round r where r.state = 'published'
    ${filter.family ? sql`and r.family = ${filter.family}` : sql``}
    ${filter.year ? sql`and r.year = ${filter.year}` : sql``} order by r.year desc, r.id desc limit 200`.execute(db);
  return rows;
}

/** Families and years of which something was published. */
export async function listPublishedYears(db: Db): Promise<Pick<Round, 'family' | 'year'>[]> {
  const { rows } = await sql<Pick<Round, 'family' | 'year'>>`select distinct family, year from indices.round
    where state = 'published'`.execute(db);
  return rows;
}

/** Changes a round at the version that was seen. @returns false where somebody was faster. */
export async function changeRound(
  db: Db,
  id: string,
  version: number,
  change: { readonly state: RoundState; readonly lastNo?: number; readonly publishedAt?: Date },
): Promise<boolean> {
  const { rows } = await sql`update indices.round set version = version + 1, state = ${change.state},
      last_no = coalesce(${change.lastNo ?? null}::int, last_no),
      published_at = coalesce(${change.publishedAt ?? null}::timestamptz, published_at)
    where id = ${id}::uuid and version = ${version} returning id`.execute(db);
  return rows.length === 1;
}

/** The round's state, locked against a change of it until the transaction ends. */
export async function lockRound(db: Db, id: string): Promise<RoundState | undefined> {
  const { rows } = await sql<{
    state: RoundState;
  }>`select state from indices.round where id = ${id}::uuid for share`.execute(db);
  return rows[0]?.state;
}

export async function listSheets(db: Db, roundId: string): Promise<Sheet[]> {
  const { rows } = await sql<Sheet>`select ${SHEET} from indices.sheet s where s.round_id = ${roundId}::uuid
    order by s.id`.execute(db);
  return rows;
}

export async function findSheet(db: Db, scope: IndexScope, id: string): Promise<Sheet | undefined> {
  const { rows } = await sql<Sheet>`select ${SHEET} from indices.sheet s join indices.round r on r.id = s.round_id
    where s.id = ${id}::uuid and ${sheetWithin(scope)}`.execute(db);
  return rows[0];
}

/** @param measuredAt when its figures were measured, where they were */
export async function changeSheet(
  db: Db,
  id: string,
  version: number,
  state: SheetState,
  measuredAt: Date | null = null,
): Promise<boolean> {
  const { rows } = await sql`update indices.sheet set version = version + 1, state = ${state},
      measured_at = coalesce(${measuredAt}::timestamptz, measured_at)
    where id = ${id}::uuid and version = ${version} returning id`.execute(db);
  return rows.length === 1;
}

/** @param place null: none is known any more */
export async function changePlace(db: Db, id: string, version: number, place: PublishedPlace | null): Promise<boolean> {
  const { rows } = await sql`update indices.sheet set version = version + 1, published_rank = ${place?.rank ?? null},
      published_population = ${place?.population ?? null}, place_source = ${place?.source ?? null}
    where id = ${id}::uuid and version = ${version} returning id`.execute(db);
  return rows.length === 1;
}

/** The state of a sheet, locked against acts until the transaction ends. */
export async function lockSheet(db: Db, id: string): Promise<SheetState | undefined> {
  const { rows } = await sql<{
    state: SheetState;
  }>`select state from indices.sheet where id = ${id}::uuid for share`.execute(db);
  return rows[0]?.state;
}

/** A sheet as it is now, held against everybody else until the transaction ends. */
export async function takeSheet(db: Db, id: string): Promise<Sheet | undefined> {
  const { rows } = await sql<Sheet>`select ${SHEET} from indices.sheet s where s.id = ${id}::uuid for update`.execute(
    db,
  );
  return rows[0];
}

export type FrozenResult = {
  readonly no: number;
  readonly document: string;
  readonly digest: string;
  readonly reason: string;
  readonly frozenAt: Date;
  readonly frozenBy: string;
};

export async function insertResult(db: Db, roundId: string, one: FrozenResult): Promise<void> {
  await sql`insert into indices.result (round_id, no, document, digest, reason, frozen_at, frozen_by)
    values (${roundId}::uuid, ${one.no}, ${one.document}, ${one.digest}, ${one.reason}, ${one.frozenAt}, ${one.frozenBy})`.execute(
    db,
  );
}

/** Every freezing of a round, the last one first; what was frozen is in `listStanding`. */
export async function listFreezings(db: Db, roundId: string): Promise<Omit<FrozenResult, 'document'>[]> {
  const { rows } = await sql<
    Omit<FrozenResult, 'document'>
  >`select no, digest, reason, frozen_at "frozenAt", frozen_by "frozenBy"
    from indices.result where round_id = ${roundId}::uuid order by no desc`.execute(db);
  return rows;
}

type Standing = Pick<FrozenResult, 'document' | 'digest' | 'frozenAt'>;

/** What each round stands by, its last freezing, by round; those never frozen are left out. */
export async function listStanding(db: Db, roundIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<Standing & { id: string }>`select r.id, f.document, f.digest, f.frozen_at "frozenAt"
    from indices.round r
    join indices.result f on f.round_id = r.id and f.no = r.last_no
    where r.id = any(${[...roundIds]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * For each round what the published one of the same kind, run by the same unit, of the year before stands by; sets of no
 * family are of one kind only with themselves.
 */
export async function listStandingBefore(db: Db, roundIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<
    Standing & { id: string }
  >`select distinct on (r.id) r.id, f.document, f.digest, f.frozen_at "frozenAt"
    from indices.round r
    join indices.round b on b.state = 'published' and b.family = r.family and b.unit_id = r.unit_id and b.year = r.year - 1
      and (r.family <> 'other' or b.set_code = r.set_code)
    join indices.result f on f.round_id = b.id and f.no = b.last_no
    where r.id = any(${[...roundIds]}::uuid[]) order by r.id, b.id desc`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
