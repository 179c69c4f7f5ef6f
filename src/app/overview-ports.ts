import { type StaffActor, unitsFor } from '../core/access/actor.ts';
import { type Day, dayOf } from '../core/time/index.ts';
import type { ConcernSource, Found, OverviewPorts } from '../modules/insight/overview/index.ts';
import type { System } from './system.ts';
import { keepWhileStill } from './system-still.ts';

/** A page of 250 units takes some 150 kB. */
const MOST_KEPT = 200;

type Board = Awaited<ReturnType<System['boards']['desk']>>;
type Line = Board['people'][number];

/** The line with most of a bucket; undefined where all have none. */
function most(lines: readonly Line[], bucket: 'late' | 'at-risk'): Line | undefined {
  return lines.filter((line) => line.counts[bucket] > 0).sort((a, b) => b.counts[bucket] - a.counts[bucket])[0];
}

/** Dossiers on the desks of the units, late or at risk: with whom most of them are, at which step, the oldest due day. */
const heldDossiers = (system: System): ConcernSource => ({
  name: 'boards',
  permission: 'board.read',
  async find(actor, { unitIds, forReader }) {
    const { people, steps } = await forReader('desk', () => system.boards.desk(actor, {}));
    const stepsOf = Map.groupBy(steps, (line) => line.unitId);
    const peopleOf = Map.groupBy(people, (line) => line.unitId);
    return [...peopleOf].flatMap(([unitId, mine]) =>
      (['late', 'at-risk'] as const).flatMap((kind): Found[] => {
        const count = mine.reduce((sum, line) => sum + line.counts[kind], 0);
        if (count === 0 || !unitIds.has(unitId)) return [];
        const [oldest] = mine.flatMap((line) => line.lateSince ?? []).sort();
        const [nextDue] = mine.flatMap((line) => line.riskDue ?? []).sort();
        return [
          {
            kind,
            light: kind === 'late' ? 'red' : 'amber',
            count,
            since: kind === 'late' && oldest ? oldest.slice(0, 10) : null,
            unitId,
            who: most(mine, kind)?.name ?? null,
            subject: most(stepsOf.get(unitId) ?? [], kind)?.name ?? null,
            refId: null,
            ...(kind === 'at-risk' && nextDue ? { by: nextDue.slice(0, 10) } : {}),
          },
        ];
      }),
    );
  },
});

const apologiesOwed = (system: System): ConcernSource => ({
  name: 'apologies',
  permission: 'board.read',
  async find(actor, { unitIds, now, forReader }) {
    const today = dayOf(now);
    const days = { from: `${today.slice(0, 4)}-01-01`, to: today };
    const rows = await forReader('apologies', () => system.apologies.owed(unitsFor(actor, 'board.read'), days));
    return rows
      .filter((row) => unitIds.has(row.unitId))
      .map(({ unitId, owed, since }) => ({
        kind: 'apology-owed',
        light: 'red',
        count: owed,
        since,
        unitId,
        who: null,
        subject: null,
        refId: null,
      }));
  },
});

const lateReports = (system: System): ConcernSource => ({
  name: 'reports',
  permission: 'report.read',
  async find(actor, { unitIds, forReader }) {
    // What is with the receiver needs nothing of its unit any more, even where it came late.
    const rows = await forReader('reports', () => system.reports.overdue(actor));
    return rows
      .filter((row) => unitIds.has(row.unitId))
      .map((row) => ({
        kind: 'report-late',
        light: 'red',
        count: 1,
        since: row.deadline,
        unitId: row.unitId,
        who: null,
        subject: `${row.reportName}, ${row.periodName}${row.state === 'returned' ? `: ${row.stateName.toLowerCase()}` : ''}`,
        refId: row.id,
      }));
  },
});

const overdueFindings = (system: System): ConcernSource => ({
  name: 'unit-health',
  permission: 'board.read',
  async find(actor, { unitIds, forReader }) {
    const rows = await forReader('findings', () => system.unitHealth.overdue(actor));
    return rows
      .filter((row) => unitIds.has(row.unitId))
      .map((row) => ({
        kind: 'finding-late',
        light: 'red',
        count: row.measure ?? 1,
        since: row.deadline,
        unitId: row.unitId,
        who: null,
        subject: row.ruleName,
        refId: row.id,
      }));
  },
});

const lateActions = (system: System): ConcernSource => ({
  name: 'actions',
  permission: 'targets.read',
  async find(actor, { unitIds, forReader }) {
    const rows = await forReader('actions', () => system.targets.lateActions(actor));
    return rows
      .filter((row) => unitIds.has(row.unitId))
      .map((row) => ({
        kind: 'action-late',
        light: 'red',
        count: 1,
        since: row.dueDay,
        unitId: row.unitId,
        who: row.ownerName,
        subject: row.title,
        refId: row.id,
      }));
  },
});

type TargetRow = Awaited<ReturnType<System['targets']['lines']>>[number];

function standingOf(row: TargetRow): NonNullable<Found['standing']> {
  const { measure, decimals, value, band, bound, numerator, denominator, goal, forecast } = row;
  const outlook =
    forecast === null || forecast.method === 'final'
      ? null
      : { value: forecast.value, met: forecast.light === 'met', outOfReach: (forecast.needed ?? 0) > 100 };
  return { measure, decimals, value, band, bound, numerator, denominator, goal, forecast: outlook };
}

const targetsBehind = (system: System): ConcernSource => ({
  name: 'targets',
  permission: 'targets.read',
  async find(actor, { unitId, now }) {
    if (!unitsFor(actor, 'targets.read').includes(unitId)) return [];
    const rows = await system.targets.lines(actor, unitId, Number(dayOf(now).slice(0, 4)));
    return rows.flatMap((row): Found[] =>
      row.light === 'behind' || row.light === 'near'
        ? [
            {
              kind: 'target-behind',
              light: row.light === 'behind' ? 'red' : 'amber',
              count: 1,
              since: null,
              unitId,
              who: row.owner,
              subject: row.name,
              refId: row.id,
              by: row.toDay,
              standing: standingOf(row),
            },
          ]
        : [],
    );
  },
});

/** More names than these nobody reads in a line. */
const NAMED = 3;

const lateRegisters = (system: System): ConcernSource => ({
  name: 'registers',
  permission: 'registers.read',
  async find(actor: StaffActor, { unitId }) {
    if (!unitsFor(actor, 'registers.read').includes(unitId)) return [];
    const late = await system.registers.overdue(actor, unitId);
    const [oldest] = late;
    if (!oldest) return [];
    return [
      {
        kind: 'register-late',
        light: 'red',
        count: late.length,
        since: oldest.deadline,
        unitId,
        who: null,
        subject: late
          .map((row) => row.name)
          .slice(0, NAMED)
          .join('; '),
        refId: null,
        ...(late.length > NAMED ? { more: late.length - NAMED } : {}),
      },
    ];
  },
});

/** Fits boards, apologies, reports, targets, registers and figures to the leader's page. */
export function createOverviewPorts(system: System): OverviewPorts {
  return {
    metrics: system.metrics,
    still: keepWhileStill(system, MOST_KEPT),
    sources: [
      heldDossiers(system),
      apologiesOwed(system),
      lateReports(system),
      overdueFindings(system),
      lateActions(system),
      targetsBehind(system),
      lateRegisters(system),
    ],
    async below(unitId, day) {
      return (await system.organisation.directory()).reachOn(unitId, 'subtree', day);
    },
    async isOffice(unitId, day) {
      const unit = (await system.organisation.directory()).unitOn(unitId, day);
      return unit !== undefined && unit.type !== 'administrative';
    },
    async ordered(unitIds, day) {
      const directory = await system.organisation.directory();
      const depth = new Map(unitIds.map((id) => [id, directory.pathOn(id, day).length]));
      // A unit that is closed has no path: it has no page of its own any more.
      return unitIds.filter((id) => (depth.get(id) ?? 0) > 0).sort((a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0));
    },
    unitNames: (ids, day: Day) => system.dossierPorts.unitNames([...ids], day),
  };
}
