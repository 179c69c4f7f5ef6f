import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import { type Db, isDuplicate, type Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { DirectorySource } from './directory-source.ts';
import { STAFF_CHANGED } from './events.ts';
import { beyondOwn, expandGrants, placesHolding } from './rules/grants.ts';
import { type FormerUnits, formerUnitsOn } from './rules/placement.ts';
import type { Reach } from './rules/unit-directory.ts';
import { mayAt, requireAt, staffScope } from './scope.ts';
import * as store from './staff-store.ts';
import { isOverlap } from './unit-edit-store.ts';

/** What the identity module needs to make an actor; its port `LoadGrants`. */
export type StaffGrants = {
  readonly staffId: string;
  readonly displayName: string;
  readonly homeUnitId: string;
  readonly unitIds: readonly string[];
  readonly roles: readonly string[];
  readonly unitsByPermission: ReadonlyMap<string, ReadonlySet<string>>;
  /** Where dossiers of former units are read on the day, whoever asks. */
  readonly formerUnits: FormerUnits;
  readonly positions: readonly { readonly unitId: string; readonly unitName: string; readonly title: string }[];
};

export type NewPosition = {
  readonly unitId: string;
  readonly title: string;
  readonly main?: boolean | undefined;
  readonly validFrom: Day;
  readonly validTo?: Day | null | undefined;
};
export type NewGrant = {
  readonly roleCode: string;
  readonly unitId: string;
  readonly reach?: Reach | undefined;
  readonly validFrom: Day;
  readonly validTo?: Day | null | undefined;
  readonly reason?: string | null | undefined;
};
export type StaffDetail = store.StaffRow & {
  readonly positions: (store.PositionRow & { unitName: string })[];
  readonly grants: (store.GrantRow & { unitName: string; roleName: string })[];
};

export type StaffService = {
  /** Rights of a person at an instant; undefined for unknown and departed people and those without a position. One statement. */
  loadGrants(staffId: string, at: Date): Promise<StaffGrants | undefined>;
  listStaff(
    actor: Actor,
    query: {
      q?: string | undefined;
      unitId?: string | undefined;
      page?: number | undefined;
      pageSize?: number | undefined;
    },
  ): Promise<{
    rows: (store.StaffRow & { positions: { unitId: string; unitName: string; title: string }[] })[];
    total: number;
  }>;
  getStaff(actor: Actor, staffId: string): Promise<StaffDetail>;
  /** A person begins with one position, so that somebody answers for the row. */
  createStaff(
    actor: Actor,
    staff: {
      fullName: string;
      email?: string | null | undefined;
      phone?: string | null | undefined;
      position: NewPosition;
      contentKey?: string | undefined;
    },
  ): Promise<string>;
  updateStaff(
    actor: Actor,
    staffId: string,
    version: number,
    set: { fullName: string; email: string | null; phone: string | null; endedOn: Day | null },
  ): Promise<void>;
  addPosition(actor: Actor, staffId: string, position: NewPosition): Promise<string>;
  endPosition(actor: Actor, positionId: string, lastDay: Day): Promise<void>;
  /**
   * Grants a role. The actor must hold `staff.edit` and every permission of the role (or `system.administer`) by grants
   * that cover unit and reach. @throws AppError `grant/beyond-own`; `row/missing` for a foreign unit or person.
   */
  grantRole(actor: Actor, staffId: string, grant: NewGrant): Promise<string>;
  /** Sets the last day. Longer than it was only by who could grant it; a role with `system.administer` only by who holds that there. */
  endGrant(actor: Actor, grantId: string, lastDay: Day): Promise<void>;
  listRoles(): Promise<store.RoleRow[]>;
  findStaffByKey(contentKey: string): Promise<string | undefined>;
  /** Names and titles for display, also of people who have left. */
  staffNames(
    staffIds: readonly string[],
    day?: Day,
  ): Promise<ReadonlyMap<string, { readonly name: string; readonly title: string }>>;
  /** Those of the people who have a position on a day, with its units; who has left is left out. */
  servingOn(staffIds: readonly string[], day: Day): Promise<ReadonlyMap<string, store.Serving>>;
  /** People who hold a permission at a unit on a day, by name: whom work can be assigned to. */
  staffOf(unitId: string, permission: string, day: Day): Promise<readonly store.NamedStaff[]>;
  /** Units at which somebody was given a role with the permission: who does that work, not who may look after it from above. */
  unitsGranted(permission: string, day: Day): Promise<readonly string[]>;
  /** People with a position at one of the units, by part of the name without accents; at most 20. */
  findStaffByName(unitIds: readonly string[], q: string): Promise<readonly store.NamedStaff[]>;
};

const byName = new Intl.Collator('vi');
const clean = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

export function createStaffService(deps: { db: Pool; clock: Clock; directory: DirectorySource }): StaffService {
  const { db, clock, directory } = deps;

  const change = async <T>(
    actor: Actor,
    action: string,
    staffId: string,
    payload: unknown,
    run: (trx: Db, now: Date) => Promise<T>,
  ): Promise<T> => {
    const now = clock.now();
    try {
      return await db.transaction().execute(async (trx) => {
        const result = await run(trx, now);
        await recordAudit(trx, [
          {
            chainId: INSTALLATION_CHAIN,
            occurredAt: now,
            actor,
            action,
            object: { type: 'staff', id: staffId },
            payload,
          },
        ]);
        await emit(trx, [
          { id: uuidv7(now), topic: STAFF_CHANGED, key: staffId, payload: { staffId }, occurredAt: now },
        ]);
        return result;
      });
    } catch (error) {
      if (isOverlap(error) || isDuplicate(error)) throw new AppError('row/duplicate');
      throw error;
    }
  };
  /** A person is the actor's to edit when one of the positions, current or past, is in the actor's units. */
  const requireStaff = async (actor: Actor, staffId: string): Promise<store.StaffRow> => {
    const row = await store.findStaff(db, staffId);
    if (!row) throw new AppError('row/missing');
    if (actor.kind === 'system') return row;
    const positions = await store.positionsOf(db, [staffId]);
    if (!positions.some((p) => mayAt(actor, 'staff.edit', p.unitId))) throw new AppError('row/missing');
    return row;
  };
  /**
   * The row itself (name, contacts, departure) is for whoever answers for a position the person has now or is to have;
   * for somebody without one, for the units of the last. Where a person left from long ago has no say over it.
   */
  const requireOwnStaff = async (actor: Actor, staffId: string): Promise<void> => {
    await requireStaff(actor, staffId);
    const [positions, today] = [await store.positionsOf(db, [staffId]), dayOf(clock.now())];
    const going = positions.filter((p) => p.validTo === null || p.validTo >= today);
    const lastDay = positions.map((p) => p.validTo ?? '').reduce((a, b) => (a > b ? a : b), '');
    const answering = going.length > 0 ? going : positions.filter((p) => p.validTo === lastDay);
    if (!answering.some((p) => mayAt(actor, 'staff.edit', p.unitId))) throw new AppError('row/missing');
  };
  const requireOpen = async (unitId: string, day: Day): Promise<void> => {
    const units = await directory.get();
    if (units.unitOn(unitId, day)) return;
    const last = units.historyOf(unitId).at(-1);
    throw last
      ? new AppError('unit/closed', { params: { day: last.validTo ?? last.validFrom } })
      : new AppError('row/missing');
  };
  /** @throws AppError `grant/beyond-own` where the role or its reach is more than the actor holds. */
  const requireOwn = async (
    actor: Actor,
    role: store.RoleRow,
    place: { readonly unitId: string; readonly reach: Reach },
  ): Promise<void> => {
    if (actor.kind === 'system') return;
    if (actor.kind !== 'staff') throw new AppError('access/forbidden');
    const day = dayOf(clock.now());
    const [loaded, units] = await Promise.all([store.loadHeld(db, actor.staffId, day), directory.get()]);
    const permissions = ['staff.edit', ...role.permissions.map((p) => p.code)];
    const beyond = new Set(beyondOwn(units, loaded?.held ?? [], { ...place, permissions }, day));
    if (beyond.size === 0) return;
    const names = role.permissions.filter((p) => beyond.has(p.code)).map((p) => `“${p.name}”`);
    throw new AppError('grant/beyond-own', {
      params: {
        role: role.name,
        unit: units.unitOn(place.unitId, day)?.name ?? '',
        missing: names.join(', ') || words('server.organisation.edit-staff'),
      },
    });
  };
  const positionRow = (staffId: string, p: NewPosition, now: Date): store.PositionRow => ({
    id: uuidv7(now),
    staffId,
    unitId: p.unitId,
    title: clean(p.title),
    main: p.main ?? false,
    validFrom: p.validFrom,
    validTo: p.validTo ?? null,
  });

  return {
    async loadGrants(staffId, at) {
      const day = dayOf(at);
      const [loaded, units] = await Promise.all([store.loadHeld(db, staffId, day), directory.get()]);
      const home = loaded?.positions[0];
      if (!loaded || !home) return undefined;
      return {
        staffId,
        displayName: loaded.fullName,
        homeUnitId: home.unitId,
        unitIds: [...new Set(loaded.positions.map((p) => p.unitId))],
        roles: [...new Set(loaded.held.map((h) => h.role))],
        unitsByPermission: expandGrants(units, loaded.held, day),
        formerUnits: formerUnitsOn(units, day),
        positions: loaded.positions.map((p) => ({
          unitId: p.unitId,
          title: p.title,
          unitName: units.unitOn(p.unitId, day)?.name ?? '',
        })),
      };
    },

    async listStaff(actor, { q, unitId, page = 1, pageSize = 50 }) {
      const [units, day] = [await directory.get(), dayOf(clock.now())];
      const unitIds = unitId === undefined ? undefined : units.reachOn(unitId, 'subtree', day);
      const found = await store.searchStaff(db, {
        scope: staffScope(actor),
        q,
        unitIds,
        day,
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      const positions = await store.positionsOf(
        db,
        found.rows.map((r) => r.id),
      );
      const now = (p: store.PositionRow): boolean => p.validFrom <= day && (p.validTo === null || p.validTo >= day);
      const rows = found.rows.map((row) => ({
        ...row,
        positions: positions
          .filter((p) => p.staffId === row.id && now(p))
          .map((p) => ({ unitId: p.unitId, title: p.title, unitName: units.unitOn(p.unitId, day)?.name ?? '' })),
      }));
      return { rows, total: found.total };
    },

    async getStaff(actor, staffId) {
      const row = await requireStaff(actor, staffId);
      const [units, positions, grants, roles] = await Promise.all([
        directory.get(),
        store.positionsOf(db, [staffId]),
        store.grantsOf(db, staffId),
        store.listRoles(db),
      ]);
      const unitName = (id: string): string => units.historyOf(id).at(-1)?.name ?? '';
      return {
        ...row,
        positions: positions.map((p) => ({ ...p, unitName: unitName(p.unitId) })),
        grants: grants.map((g) => ({
          ...g,
          unitName: unitName(g.unitId),
          roleName: roles.find((r) => r.code === g.roleCode)?.name ?? g.roleCode,
        })),
      };
    },

    async createStaff(actor, { fullName, email, phone, position, contentKey }) {
      requireAt(actor, 'staff.edit', position.unitId);
      await requireOpen(position.unitId, position.validFrom);
      const staffId = uuidv7(clock.now());
      await change(actor, 'staff.create', staffId, { unitId: position.unitId }, async (trx, now) => {
        await store.insertStaff(
          trx,
          {
            id: staffId,
            fullName: clean(fullName),
            email: email ?? null,
            phone: phone ?? null,
            contentKey: contentKey ?? null,
          },
          now,
        );
        await store.insertPosition(trx, positionRow(staffId, { main: true, ...position }, now));
      });
      return staffId;
    },

    async updateStaff(actor, staffId, version, set) {
      await requireOwnStaff(actor, staffId);
      await change(actor, 'staff.update', staffId, set, async (trx) => {
        if (!(await store.updateStaff(trx, staffId, version, { ...set, fullName: clean(set.fullName) })))
          throw new AppError('row/stale');
      });
    },

    async addPosition(actor, staffId, position) {
      requireAt(actor, 'staff.edit', position.unitId);
      await requireStaff(actor, staffId);
      await requireOpen(position.unitId, position.validFrom);
      return change(actor, 'staff.add-position', staffId, position, async (trx, now) => {
        const row = positionRow(staffId, position, now);
        await store.insertPosition(trx, row);
        return row.id;
      });
    },

    async endPosition(actor, positionId, lastDay) {
      const position = await store.findPosition(db, positionId);
      if (!position) throw new AppError('row/missing');
      requireAt(actor, 'staff.edit', position.unitId);
      await change(actor, 'staff.end-position', position.staffId, { positionId, lastDay }, (trx) =>
        store.endPosition(trx, position, lastDay),
      );
    },

    async grantRole(actor, staffId, grant) {
      requireAt(actor, 'staff.edit', grant.unitId);
      await requireStaff(actor, staffId);
      await requireOpen(grant.unitId, grant.validFrom);
      const role = (await store.listRoles(db)).find((r) => r.code === grant.roleCode);
      if (!role) throw new AppError('row/missing');
      const reach = grant.reach ?? role.reach;
      await requireOwn(actor, role, { unitId: grant.unitId, reach });
      return change(actor, 'staff.grant-role', staffId, { ...grant, reach }, async (trx, now) => {
        const id = uuidv7(now);
        const row = {
          id,
          staffId,
          roleCode: role.code,
          unitId: grant.unitId,
          reach,
          validFrom: grant.validFrom,
          validTo: grant.validTo ?? null,
          reason: grant.reason ?? null,
        };
        await store.insertGrant(trx, row, actorRef(actor), now);
        return id;
      });
    },

    async endGrant(actor, grantId, lastDay) {
      const grant = await store.findGrant(db, grantId);
      if (!grant) throw new AppError('row/missing');
      requireAt(actor, 'staff.edit', grant.unitId);
      const role = (await store.listRoles(db)).find((r) => r.code === grant.roleCode);
      const longer = grant.validTo !== null && lastDay > grant.validTo;
      if (role && (longer || role.permissions.some((p) => p.code === 'system.administer')))
        await requireOwn(actor, role, grant);
      await change(actor, 'staff.end-grant', grant.staffId, { grantId, lastDay }, (trx) =>
        store.endGrant(trx, grant, lastDay),
      );
    },

    listRoles: () => store.listRoles(db),
    async staffNames(staffIds, day) {
      const rows = await store.namesOf(db, staffIds, day ?? dayOf(clock.now()));
      return new Map(rows.map((r) => [r.staffId, { name: r.name, title: r.title }]));
    },
    servingOn: async (staffIds, day) =>
      new Map((await store.servingOn(db, staffIds, day)).map((row) => [row.staffId, row])),
    async staffOf(unitId, permission, day) {
      const places = placesHolding(await directory.get(), unitId, day);
      const rows = await store.namesOf(db, await store.holdersOf(db, permission, places, day), day);
      return rows.sort((a, b) => byName.compare(a.name, b.name));
    },
    unitsGranted: (permission, day) => store.unitsGranted(db, permission, day),
    async findStaffByName(unitIds, q) {
      const day = dayOf(clock.now());
      const search = { scope: unitIds, q, unitIds: undefined, day, limit: 20, offset: 0 };
      const found = await store.searchStaff(db, search);
      const names = new Map(
        (
          await store.namesOf(
            db,
            found.rows.map((row) => row.id),
            day,
          )
        ).map((n) => [n.staffId, n]),
      );
      return found.rows.map(({ id, fullName }) => names.get(id) ?? { staffId: id, name: fullName, title: '' });
    },
    findStaffByKey: (contentKey) => store.findStaffIdByKey(db, contentKey),
  };
}
