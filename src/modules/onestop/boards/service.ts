import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { addDays, dayOf, instantAt, isDay, toIso } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import type * as contract from './contract.ts';
import type { BoardPorts, DeskGroup, DeskRow, Moment, UnitFigures } from './ports.ts';
import { BUCKETS, type BucketCounts } from './rules/buckets.ts';

const READ = 'board.read';

/** Boards of heads and chiefs. The first argument is always who reads. */
export type BoardService = {
  desk(actor: Actor, query: QueryOf<typeof contract.getHeadBoard>): Promise<ReplyOf<typeof contract.getHeadBoard>>;
  deskRows(
    actor: Actor,
    query: QueryOf<typeof contract.listBoardRows>,
  ): Promise<ReplyOf<typeof contract.listBoardRows>>;
  /** The dossiers behind a number of the units board. */
  unitRows(actor: Actor, query: QueryOf<typeof contract.listUnitRows>): Promise<ReplyOf<typeof contract.listUnitRows>>;
  units(actor: Actor, query: QueryOf<typeof contract.getUnitsBoard>): Promise<ReplyOf<typeof contract.getUnitsBoard>>;
};

export type BoardDeps = { readonly db: Pool; readonly clock: Clock; readonly ports: BoardPorts };

export function createBoardService({ db, clock, ports }: BoardDeps): BoardService {
  const moment = (): Moment => {
    const now = clock.now();
    const endOfDay = instantAt(addDays(dayOf(now), 1), '00:00');
    if (!endOfDay) throw new Error('a day has an end');
    return { now, endOfDay };
  };
  /** @throws AppError row/missing for a unit that is not the reader's */
  const mine = (actor: Actor, unitId: string | undefined): readonly string[] => {
    const units = unitsFor(actor, READ);
    if (unitId === undefined) return units;
    if (!units.includes(unitId)) throw new AppError('row/missing');
    return [unitId];
  };
  return {
    async desk(actor, { unitId }) {
      const at = moment();
      const units = mine(actor, unitId);
      const groups = await ports.deskCounts(db, units, at);
      const lines = await nameLines(ports, groups, dayOf(at.now));
      const own = await ports.unitNames(unitsFor(actor, READ), dayOf(at.now));
      return {
        at: toIso(at.now),
        all: groups.find((group) => group.by === 'all')?.counts ?? NOTHING,
        steps: lines.filter((line) => line.by === 'step').map(({ by: _, ...line }) => line),
        people: lines.filter((line) => line.by === 'staff').map(({ by: _, ...line }) => line),
        units: [...own].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'vi')),
      };
    },
    async deskRows(actor, { unitId, page = 1, limit = 50, ...filter }) {
      const at = moment();
      const units = mine(actor, unitId);
      const found = await ports.deskRows(db, { ...filter, units }, at, { offset: (page - 1) * limit, limit });
      return presentRows(ports, found, dayOf(at.now));
    },
    async unitRows(actor, { unitId, page = 1, limit = 50, ...filter }) {
      checkDays(filter);
      const at = moment();
      const units = mine(actor, unitId);
      const found = await ports.unitRows(db, { ...filter, units }, at, { offset: (page - 1) * limit, limit });
      return presentRows(ports, found, dayOf(at.now));
    },
    async units(actor, { from, to }) {
      checkDays({ from, to });
      const figures = await ports.unitFigures(db, mine(actor, undefined), { from, to }, moment());
      const rated = <T extends { lateOfDue: number; due: number }>(row: T): T & { lateRatePercent: number | null } => ({
        ...row,
        lateRatePercent: ports.ratePercent(row.lateOfDue, row.due),
      });
      const names = await ports.unitNames(
        figures.map((row) => row.unitId),
        to,
      );
      const rows = figures
        .map((row) => ({ ...rated(row), unitName: names.get(row.unitId) ?? '' }))
        .sort((a, b) => a.unitName.localeCompare(b.unitName, 'vi'));
      return { rows, total: rated(sumFigures(figures)) };
    },
  };
}

function checkDays({ from, to }: { readonly from: string; readonly to: string }): void {
  if (isDay(from) && isDay(to) && from <= to) return;
  throw new AppError('request/invalid', {
    fields: [{ path: 'query.to', code: 'date', message: words('server.field.end-after-start') }],
  });
}

async function presentRows(
  ports: BoardPorts,
  found: { readonly rows: readonly DeskRow[]; readonly total: number },
  day: string,
): Promise<ReplyOf<typeof contract.listBoardRows>> {
  const staff = await ports.staffNames([...new Set(found.rows.flatMap((row) => row.staffId ?? []))]);
  const names = await ports.unitNames([...new Set(found.rows.map((row) => row.unitId))], day);
  const rows = found.rows.map(async (row) => {
    const { name, stepNames } = await ports.procedureOf(row.revisionId);
    return {
      id: row.id,
      code: row.code,
      procedureName: name,
      statusName: ports.statusName(row.status),
      stepName: row.stepId === null ? null : (stepNames.get(row.stepId) ?? row.stepId),
      unitName: names.get(row.unitId) ?? '',
      staffName: row.staffId === null ? null : (staff.get(row.staffId)?.name ?? null),
      dueAt: row.dueAt && toIso(row.dueAt),
      endedAt: row.endedAt && toIso(row.endedAt),
      late: row.late,
      atRisk: row.atRisk,
    };
  });
  return { total: found.total, rows: await Promise.all(rows) };
}

const NOTHING = Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as BucketCounts;

async function nameLines(ports: BoardPorts, groups: readonly DeskGroup[], day: string) {
  const grouped = groups.filter((group) => group.unitId !== null);
  const units = await ports.unitNames([...new Set(grouped.flatMap((group) => group.unitId ?? []))], day);
  const staff = await ports.staffNames([...new Set(grouped.flatMap((group) => group.staffId ?? []))]);
  const lines = await Promise.all(
    grouped.map(async ({ by, unitId, stepId, staffId, revisionId, counts, lateSince, riskDue }) => {
      const steps = by === 'step' && revisionId ? (await ports.procedureOf(revisionId)).stepNames : undefined;
      const key = by === 'step' ? stepId : staffId;
      const name = key === null ? null : ((by === 'step' ? steps?.get(key) : staff.get(key)?.name) ?? key);
      return {
        by,
        unitId: unitId ?? '',
        unitName: units.get(unitId ?? '') ?? '',
        key,
        name,
        counts,
        lateSince: lateSince && toIso(lateSince),
        riskDue: riskDue && toIso(riskDue),
      };
    }),
  );
  return lines.sort((a, b) => a.unitName.localeCompare(b.unitName, 'vi') || b.counts.open - a.counts.open);
}

function sumFigures(rows: readonly UnitFigures[]): Omit<UnitFigures, 'unitId'> {
  const add = (name: keyof Omit<UnitFigures, 'unitId'>): number => rows.reduce((sum, row) => sum + row[name], 0);
  return {
    received: add('received'),
    online: add('online'),
    finished: add('finished'),
    inTime: add('inTime'),
    late: add('late'),
    open: add('open'),
    openLate: add('openLate'),
    apologiesOwed: add('apologiesOwed'),
    lateOfDue: add('lateOfDue'),
    due: add('due'),
  };
}
