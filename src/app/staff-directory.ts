import type { Day } from '../core/time/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { Clock } from '../platform/config/config.ts';
import { sql } from 'kysely';
import type { Pool } from '../platform/db/open.ts';

type Person = { readonly name: string; readonly title: string };

export type StaffDirectory = {
  names(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  holding(unitId: string, permission: string, day: Day): Promise<readonly { staffId: string; name: string; title: string }[]>;
};

const KEEP_MS = 10_000;

/** Names of staff for lists and histories, kept for ten seconds; who may be given a step, asked each time. */
export function createStaffDirectory(db: Pool, organisation: OrganisationService, clock: Clock): StaffDirectory {
  const known = new Map<string, { person: Person; at: number }>();
  return {
    async names(ids) {
      const now = performance.now();
      const missing = ids.filter((id) => now - (known.get(id)?.at ?? Number.NEGATIVE_INFINITY) > KEEP_MS);
      if (missing.length > 0) {
        const { rows } = await sql<{ id: string; full_name: string; title: string | null }>`
          select s.id, s.full_name, (select p.title from organisation.position p where p.staff_id = s.id order by p.main desc, p.valid_from desc limit 1) title
          from organisation.staff s where s.id = any(${missing}::uuid[])`.execute(db);
        if (known.size > 20_000) known.clear();
        for (const row of rows) known.set(row.id, { person: { name: row.full_name, title: row.title ?? '' }, at: now });
      }
      return new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id)?.person ?? { name: '', title: '' }] as const] : [])));
    },
    async holding(unitId, permission, day) {
      const { rows } = await sql<{ staff_id: string }>`select distinct p.staff_id from organisation.position p
        where p.unit_id = ${unitId}::uuid and p.valid_from <= ${day} and (p.valid_to is null or p.valid_to >= ${day})`.execute(db);
      const found: { staffId: string; name: string; title: string }[] = [];
      for (const { staff_id } of rows) {
        const grants = await organisation.loadGrants(staff_id, clock.now());
        if (!grants?.unitsByPermission.get(permission)?.has(unitId)) continue;
        found.push({ staffId: staff_id, name: grants.displayName, title: grants.positions.find((p) => p.unitId === unitId)?.title ?? '' });
      }
      return found.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
    },
  };
}

