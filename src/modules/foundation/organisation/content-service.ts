import { sql } from 'kysely';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { type OrganisationContent, readOrganisationContent, readRoles } from './content.ts';
import type { DirectorySource } from './directory-source.ts';
import { overlaps } from './rules/period.ts';
import type { RoleFile } from './rules/role-content.ts';
import type { ContentUnit } from './rules/unit-content.ts';
import { buildUnitDirectory, type UnitDirectory } from './rules/unit-directory.ts';
import { comparableName } from './rules/unit-name.ts';
import {
  idsByContentKey,
  insertCodes,
  insertSuccession,
  insertUnits,
  insertVersions,
  loadCodes,
  loadVersions,
  lockUnits,
  setContentKey,
} from './store.ts';

export type ContentReport = {
  readonly units: {
    readonly created: number;
    readonly adopted: number;
    readonly skipped: number;
    readonly refused: readonly string[];
  };
  readonly successions: number;
  readonly roles: number;
};

export type ContentService = {
  /** Puts the units, successions and roles of `content/` into the database; safe to repeat at every start. */
  loadContent(): Promise<ContentReport>;
  /** After an upgrade: permissions and roles that the content has and the installation has not yet. */
  loadNewRoles(): Promise<void>;
  /** Unit ids by their key in `content/units` (`512-hiep-duc/mot-cua`). */
  unitIdsByKey(): Promise<ReadonlyMap<string, string>>;
};

/** A unit already there by import: same statistical code and name in an overlapping period. */
function adoptable(directory: UnitDirectory, unit: ContentUnit): { readonly id?: string; readonly clash: boolean } {
  const names = new Set(unit.versions.map((v) => comparableName(v.name)));
  for (const code of unit.codes) {
    const held = directory.holdersOf(code.scheme, code.code).filter((h) => overlaps(h, code));
    const same = held.find((h) =>
      directory.historyOf(h.unitId).some((v) => overlaps(v, code) && names.has(comparableName(v.name))),
    );
    if (same) return { id: same.unitId, clash: false };
    if (held.length > 0) return { clash: true };
  }
  return { clash: false };
}

async function loadUnits(
  trx: Db,
  content: OrganisationContent,
  now: Date,
): Promise<ContentReport['units'] & { ids: Map<string, string> }> {
  const ids = await idsByContentKey(trx);
  const known = ids.size;
  const directory = buildUnitDirectory(await loadVersions(trx), await loadCodes(trx), []);
  const refused: string[] = [];
  const fresh: ContentUnit[] = [];
  let adopted = 0;
  for (const unit of content.units) {
    if (ids.has(unit.key)) continue;
    const parents = unit.versions.flatMap((v) => v.parentKey ?? []);
    const found = directory.unitCount > 0 ? adoptable(directory, unit) : { clash: false };
    if (found.clash || parents.some((key) => refused.includes(key))) refused.push(unit.key);
    else if (found.id === undefined) {
      fresh.push(unit);
      ids.set(unit.key, uuidv7(now));
    } else {
      await setContentKey(trx, found.id, unit.key);
      ids.set(unit.key, found.id);
      adopted++;
    }
  }
  const idOf = (key: string): string => {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`content unit ${key} was not loaded`);
    return id;
  };
  await insertUnits(
    trx,
    fresh.map((unit) => ({ id: idOf(unit.key), contentKey: unit.key })),
    now,
  );
  await insertVersions(
    trx,
    fresh.flatMap((unit) =>
      unit.versions.map(({ parentKey, ...version }) => ({
        ...version,
        id: uuidv7(now),
        unitId: idOf(unit.key),
        parentId: parentKey === null ? null : idOf(parentKey),
      })),
    ),
  );
  await insertCodes(
    trx,
    fresh.flatMap((unit) => unit.codes.map((code) => ({ ...code, unitId: idOf(unit.key) }))),
  );
  return { created: fresh.length, adopted, skipped: known, refused, ids };
}

async function loadRoles(trx: Db, file: RoleFile): Promise<number> {
  const permissions = Object.entries(file.permissions).map(([code, name]) => ({ code, name }));
  const roles = Object.entries(file.roles).map(([code, role]) => ({ code, name: role.name, reach: role.reach }));
  const pairs = Object.entries(file.roles).flatMap(([role, { permissions: list }]) =>
    list.map((permission) => ({ role, permission })),
  );
  // A role that is there already keeps what the administrator made of it; it gains only permissions that are new altogether.
  await sql`
    with p as (
      insert into organisation.permission (code, name)
      select code, name from jsonb_to_recordset(${JSON.stringify(permissions)}::jsonb) as t(code text, name text)
      on conflict (code) do update set name = excluded.name returning code, (xmax = 0) as fresh
    ), r as (
      insert into organisation.role (code, name, reach)
      select code, name, reach from jsonb_to_recordset(${JSON.stringify(roles)}::jsonb) as t(code text, name text, reach text)
      on conflict (code) do nothing returning code
    )
    insert into organisation.role_permission (role_code, permission_code)
    select t.role, t.permission from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as t(role text, permission text)
    join p on p.code = t.permission left join r on r.code = t.role
    where r.code is not null or (p.fresh and exists (select 1 from organisation.role known where known.code = t.role))
    on conflict do nothing`.execute(trx);
  return roles.length;
}

export function createContentService(deps: { db: Pool; clock: Clock; directory: DirectorySource }): ContentService {
  return {
    unitIdsByKey: () => idsByContentKey(deps.db),
    async loadNewRoles() {
      const roles = readRoles();
      const known = await sql<{ code: string }>`select code from organisation.permission
        union all select 'role ' || code from organisation.role`.execute(deps.db);
      const codes = new Set(known.rows.map((row) => row.code));
      const shipped = [...Object.keys(roles.permissions), ...Object.keys(roles.roles).map((code) => `role ${code}`)];
      // The usual start writes nothing.
      if (shipped.every((code) => codes.has(code))) return;
      await deps.db.transaction().execute(async (trx) => void (await loadRoles(trx, roles)));
    },
    async loadContent() {
      const content = readOrganisationContent();
      const roles = readRoles();
      const now = deps.clock.now();
      const report = await deps.db.transaction().execute(async (trx): Promise<ContentReport> => {
        await lockUnits(trx);
        const { ids, ...units } = await loadUnits(trx, content, now);
        let successions = 0;
        for (const s of content.successions) {
          const [from, to] = [s.from, s.to].map((keys) => keys.flatMap((key) => ids.get(key) ?? []));
          if (!from || !to || from.length < s.from.length || to.length < s.to.length) continue;
          if (await insertSuccession(trx, uuidv7(now), { ...s, from, to })) successions++;
        }
        return { units, successions, roles: await loadRoles(trx, roles) };
      });
      deps.directory.forget();
      return report;
    },
  };
}
