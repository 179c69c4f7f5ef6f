import { addDays, addMonths, type Day, dayOf } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import { createKeptReadings } from '../../../platform/db/kept-readings.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { openLate } from '../dossiers/index.ts';
import {
  type Fact,
  findFirstDay,
  type MonthRow,
  type OpenRow,
  readMonth,
  readOpen,
  rebuild,
  saveFacts,
} from './store.ts';

/** Figures of one unit in one month. `open` and `openLate` are as of now, whatever the month. */
export type BoardRow = {
  readonly unitId: string;
  readonly received: number;
  readonly receivedDesk: number;
  readonly receivedOnline: number;
  readonly receivedPost: number;
  readonly resolved: number;
  readonly early: number;
  readonly onTime: number;
  readonly late: number;
  readonly open: number;
  readonly openLate: number;
};

export type StatisticsService = {
  /**
   * The board of a month `YYYY-MM`, by deciding unit; units without any figure are left out. May be up to five
   * seconds old.
   * @param unitIds only these units; undefined: all that have figures
   */
  boardOf(unitIds: readonly string[] | undefined, month: string): Promise<readonly BoardRow[]>;
  /** First month with a figure, `YYYY-MM`. */
  firstMonth(): Promise<string | undefined>;
};

const KEEP_MS = 5000;

export function createStatisticsService(deps: { readonly db: Pool; readonly clock: Clock }): StatisticsService {
  const { db, clock } = deps;
  const briefly = createKeptReadings(KEEP_MS, 500);
  const openNow = (): Promise<OpenRow[]> => briefly('open', () => readOpen(db, openLate('d', clock.now())));
  const monthOf = (unitIds: readonly string[] | undefined, month: string): Promise<MonthRow[]> => {
    const from: Day = `${month}-01`;
    return briefly(`${month} ${unitIds?.join(',') ?? '*'}`, () =>
      readMonth(db, unitIds, from, addDays(addMonths(from, 1), -1)),
    );
  };

  return {
    async boardOf(unitIds, month) {
      const [months, open] = await Promise.all([monthOf(unitIds, month), openNow()]);
      const wanted = unitIds && new Set(unitIds);
      const byUnit = new Map<string, BoardRow>();
      for (const row of months) {
        byUnit.set(row.unitId, {
          ...row,
          received: row.receivedDesk + row.receivedOnline + row.receivedPost,
          resolved: row.early + row.onTime + row.late,
          open: 0,
          openLate: 0,
        });
      }
      for (const row of open) {
        if (wanted && !wanted.has(row.unitId)) continue;
        byUnit.set(row.unitId, {
          ...(byUnit.get(row.unitId) ?? emptyRow(row.unitId)),
          open: row.open,
          openLate: row.openLate,
        });
      }
      return [...byUnit.values()];
    },
    firstMonth: async () => (await briefly('first', () => findFirstDay(db)))?.slice(0, 7),
  };
}

/** Counts all dossiers anew, after bulk loads or by an administrator. */
export async function rebuildStatistics(db: Pool): Promise<void> {
  await db.transaction().execute(rebuild);
}

/** A dossier as it now is, for counting. */
export type CountedDossier = {
  readonly dossierId: string;
  readonly channel: Fact['channel'];
  readonly state: {
    readonly decidedByUnitId: string;
    readonly receivedAt: Date | null;
    readonly endedAt: Date | null;
    readonly punctuality: Fact['punctuality'];
  };
};

/** Counts some dossiers at once, for small bulk loads; those never received are not counted. */
export async function countDossiers(db: Pool, dossiers: readonly CountedDossier[]): Promise<void> {
  const facts = dossiers.flatMap(({ dossierId, channel, state }): Fact[] =>
    state.receivedAt === null
      ? []
      : [
          {
            dossierId,
            channel,
            unitId: state.decidedByUnitId,
            receivedDay: dayOf(state.receivedAt),
            endedDay: state.endedAt && state.punctuality ? dayOf(state.endedAt) : null,
            punctuality: state.punctuality,
          },
        ],
  );
  await saveFacts(db, facts);
}

const emptyRow = (unitId: string): BoardRow => ({
  unitId,
  received: 0,
  receivedDesk: 0,
  receivedOnline: 0,
  receivedPost: 0,
  resolved: 0,
  early: 0,
  onTime: 0,
  late: 0,
  open: 0,
  openLate: 0,
});
