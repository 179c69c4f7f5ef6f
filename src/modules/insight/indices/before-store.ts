import { sql } from 'kysely';
import type { IndicatorSet } from '../../../core/scoring/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Round } from './store.ts';

export type SheetBefore = {
  readonly sheetId: string;
  readonly year: number;
  readonly set: IndicatorSet;
  /** The frozen result the round stands by. */
  readonly document: string;
};

/** A unit's sheet of the published round of the same kind, run by the same unit, of the year before. */
export async function findSheetBefore(
  db: Db,
  round: Pick<Round, 'family' | 'setCode' | 'unitId' | 'year'>,
  unitId: string,
): Promise<SheetBefore | undefined> {
  const { rows } = await sql<SheetBefore>`select s.id "sheetId", b.year, b.set_body "set", f.document
    from indices.round b
    join indices.result f on f.round_id = b.id and f.no = b.last_no
    join indices.sheet s on s.round_id = b.id and s.unit_id = ${unitId}::uuid
    where b.state = 'published' and b.family = ${round.family} and b.unit_id = ${round.unitId}::uuid
      and (b.family <> 'other' or b.set_code = ${round.setCode})
      and b.year = ${round.year - 1} order by b.id desc limit 1`.execute(db);
  return rows[0];
}
