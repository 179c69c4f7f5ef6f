import type { Acting } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { StaffGrants } from '../organisation/index.ts';
import { getAbsenceContent } from './content.ts';
import type { AbsenceContext } from './context.ts';
import { joinRights, lentRights } from './rules/scope.ts';
import { type ActingRow, absencesOf, actingBy, actingFor } from './store.ts';

/** Rights of a person with those of the absent colleagues acted for; see the port `LoadGrants` of identity. */
export type GrantsWithActing = StaffGrants & {
  readonly actingFor?: readonly Acting[];
  readonly ownUnitsByPermission?: StaffGrants['unitsByPermission'];
  readonly changesAt?: Date;
};

/**
 * What a person may do at an instant: by own roles, and for absent colleagues within period and scope. What the absent
 * one got by acting for a third is not handed on; whoever has left hands nothing on.
 */
export async function loadGrantsWithActing(
  ctx: AbsenceContext,
  staffId: string,
  at: Date,
): Promise<GrantsWithActing | undefined> {
  const [own, rows] = await Promise.all([ctx.organisation.loadGrants(staffId, at), actingBy(ctx.db, staffId, at)]);
  if (!own || rows.length === 0) return own;
  const changesAt = new Date(
    Math.min(...rows.map((row) => (row.startsAt > at ? row.startsAt.getTime() : row.endsAt.getTime()))),
  );
  const inForce = rows.filter((row) => row.startsAt <= at);
  const acting = (await Promise.all(inForce.map((row) => actingOn(ctx, row, at)))).filter((one) => one !== undefined);
  if (acting.length === 0) return { ...own, changesAt };
  return {
    ...own,
    unitsByPermission: joinRights(own.unitsByPermission, ...acting.map((one) => one.unitsByPermission)),
    ownUnitsByPermission: own.unitsByPermission,
    actingFor: acting,
    changesAt,
  };
}

async function actingOn(ctx: AbsenceContext, row: ActingRow, at: Date): Promise<Acting | undefined> {
  const absent = await ctx.organisation.loadGrants(row.absentStaffId, at);
  if (!absent) return undefined;
  const directory = row.unitId === null ? null : await ctx.organisation.directory();
  const units = directory && row.unitId ? new Set(directory.reachOn(row.unitId, 'authority', dayOf(at))) : null;
  const scope = { units, permissions: row.permissions, signing: row.signing };
  return {
    absenceId: row.absenceId,
    staffId: row.absentStaffId,
    displayName: absent.displayName,
    until: row.endsAt,
    unitsByPermission: lentRights(absent.unitsByPermission, scope, getAbsenceContent()),
  };
}

/** Whether a person is there to work, and if not, who does it instead. */
export type Attendance =
  | { readonly kind: 'here' }
  /** No position any more. */
  | { readonly kind: 'departed' }
  | {
      readonly kind: 'absent';
      readonly until: Date;
      /** People in office who are not absent themselves, with what they may do. */
      readonly standIns: readonly { readonly staffId: string; readonly rights: Acting['unitsByPermission'] }[];
    };

/** Attendance of people at an instant. */
export async function attendanceOf(
  ctx: AbsenceContext,
  staffIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Attendance>> {
  const ids = [...new Set(staffIds)];
  const [serving, absences, acting] = await Promise.all([
    ctx.organisation.servingOn(ids, dayOf(at)),
    absencesOf(ctx.db, ids, at),
    actingFor(ctx.db, ids, at),
  ]);
  const standInIds = [...new Set(acting.map((row) => row.actingStaffId))];
  const [theirs, theirAbsences] = await Promise.all([
    ctx.organisation.servingOn(standInIds, dayOf(at)),
    absencesOf(ctx.db, standInIds, at),
  ]);
  const away = new Set(theirAbsences.filter((row) => row.startsAt <= at).map((row) => row.staffId));
  const found = new Map<string, Attendance>();
  for (const staffId of ids) {
    const absence = absences.find((row) => row.staffId === staffId && row.startsAt <= at);
    if (!serving.has(staffId)) found.set(staffId, { kind: 'departed' });
    else if (!absence) found.set(staffId, { kind: 'here' });
    else {
      const standIns = [];
      for (const row of acting.filter((one) => one.absentStaffId === staffId)) {
        if (!theirs.has(row.actingStaffId) || away.has(row.actingStaffId)) continue;
        const one = await actingOn(ctx, row, at);
        if (one) standIns.push({ staffId: row.actingStaffId, rights: one.unitsByPermission });
      }
      found.set(staffId, { kind: 'absent', until: absence.endsAt, standIns });
    }
  }
  return found;
}

/** Who does the person's work of one kind at one unit: the person, whoever stands in, or nobody. */
export function doerOf(
  attendance: Attendance | undefined,
  staffId: string,
  unitId: string,
  permission?: string,
): string | null {
  if (!attendance || attendance.kind === 'departed') return null;
  if (attendance.kind === 'here') return staffId;
  const stands = attendance.standIns.find(({ rights }) =>
    permission === undefined
      ? [...rights.values()].some((units) => units.has(unitId))
      : (rights.get(permission)?.has(unitId) ?? false),
  );
  return stands?.staffId ?? null;
}
