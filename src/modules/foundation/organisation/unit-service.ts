import type { Actor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import { readOrganisationContent } from './content.ts';
import type { DirectorySource } from './directory-source.ts';
import { UNITS_SUCCEEDED } from './events.ts';
import { planSuccession } from './rules/succession-plan.ts';
import { SUCCESSION_REFUSED } from './rules/succession-words.ts';
import type { CodeScheme, SuccessionKind, UnitLevel, UnitType, UnitVersion } from './rules/unit.ts';
import { officesOf } from './rules/unit-content.ts';
import { requireAt } from './scope.ts';
import { endUnits, insertCodes, insertSuccession, insertUnits, insertVersions, lockUnits } from './store.ts';
import { isOverlap, openChildren } from './unit-edit-store.ts';

export type NewUnit = {
  readonly name: string;
  readonly level: UnitLevel;
  readonly type: UnitType;
  readonly kind: string;
  readonly serves?: readonly string[] | undefined;
  readonly parentId: string;
  readonly validFrom: Day;
  readonly validTo?: Day | null | undefined;
};

/** Changes of the tree. Every function asks `organisation.edit` at the unit (or the parent) and keeps the history. */
export type UnitEditService = {
  createUnit(actor: Actor, unit: NewUnit): Promise<string>;
  /** A new name, kind or parent from a day on; what was before stays readable. */
  reviseUnit(
    actor: Actor,
    unitId: string,
    change: Partial<Pick<NewUnit, 'name' | 'kind' | 'serves' | 'parentId'>> & { readonly from: Day },
  ): Promise<void>;
  /** @param lastDay last day of the unit; refused while a unit below lives longer. */
  endUnit(actor: Actor, unitId: string, lastDay: Day): Promise<void>;
  addCode(
    actor: Actor,
    unitId: string,
    code: {
      readonly scheme: CodeScheme;
      readonly code: string;
      readonly validFrom: Day;
      readonly validTo?: Day | null | undefined;
    },
  ): Promise<void>;
  /**
   * Records which units went into which. Units that end must have been ended the day before, or are ended with it
   * (`endFrom`); a rename gives the unit its new name (`newName`).
   * @throws AppError `succession/refused` with the first reason, `unit/still-open`, `row/duplicate`
   */
  recordSuccession(
    actor: Actor,
    succession: {
      readonly date: Day;
      readonly kind: SuccessionKind;
      readonly from: readonly string[];
      readonly to: readonly string[];
      readonly source: string;
      readonly note?: string | null | undefined;
      readonly endFrom?: boolean | undefined;
      readonly newName?: string | undefined;
    },
  ): Promise<string>;
  /** Creates the offices of a template of `content/units/offices.yaml` below an administrative unit; existing kinds are left alone. */
  createOffices(actor: Actor, unitId: string, template: string, from: Day): Promise<readonly string[]>;
  listOfficeTemplates(): readonly {
    readonly id: string;
    readonly name: string;
    readonly levels: readonly UnitLevel[];
  }[];
};

export function createUnitEditService(deps: { db: Pool; clock: Clock; directory: DirectorySource }): UnitEditService {
  const { db, clock, directory } = deps;

  const change = async <T>(
    actor: Actor,
    action: string,
    unitId: string,
    payload: unknown,
    run: (trx: Db, now: Date) => Promise<T>,
  ): Promise<T> => {
    const now = clock.now();
    try {
      return await db.transaction().execute(async (trx) => {
        await lockUnits(trx);
        const result = await run(trx, now);
        await recordAudit(trx, [
          {
            chainId: INSTALLATION_CHAIN,
            occurredAt: now,
            actor,
            action,
            object: { type: 'unit', id: unitId },
            payload,
          },
        ]);
        return result;
      });
    } catch (error) {
      if (isOverlap(error)) throw new AppError('row/duplicate');
      throw error;
    } finally {
      directory.forget();
    }
  };
  const getOn = async (unitId: string, day: Day): Promise<UnitVersion> => {
    const unit = (await directory.get()).unitOn(unitId, day);
    if (!unit) throw new AppError('row/missing');
    return unit;
  };

  return {
    async createUnit(actor, unit) {
      requireAt(actor, 'organisation.edit', unit.parentId);
      await getOn(unit.parentId, unit.validFrom);
      const unitId = uuidv7(clock.now());
      await change(actor, 'organisation.create-unit', unitId, unit, async (trx, now) => {
        await insertUnits(trx, [{ id: unitId, contentKey: null }], now);
        await insertVersions(trx, [
          { ...unit, id: uuidv7(now), unitId, serves: unit.serves ?? [], validTo: unit.validTo ?? null },
        ]);
      });
      return unitId;
    },

    async reviseUnit(actor, unitId, { from, ...set }) {
      requireAt(actor, 'organisation.edit', unitId);
      const current = await getOn(unitId, from);
      if (set.parentId !== undefined) {
        requireAt(actor, 'organisation.edit', set.parentId);
        await getOn(set.parentId, from);
        const path = (await directory.get()).pathOn(set.parentId, from);
        if (path.some((v) => v.unitId === unitId))
          throw new AppError('request/invalid', {
            fields: [
              {
                path: 'parentId',
                code: 'unit/circle',
                message: words('server.organisation.own-parent'),
              },
            ],
          });
      }
      if (current.validFrom === from) throw new AppError('row/duplicate');
      await change(actor, 'organisation.revise-unit', unitId, { from, ...set }, async (trx, now) => {
        await endUnits(trx, [{ unitId, until: addDays(from, -1), withCode: false }]);
        const next = {
          ...current,
          name: set.name ?? current.name,
          kind: set.kind ?? current.kind,
          serves: set.serves ?? current.serves,
          parentId: set.parentId ?? current.parentId,
        };
        await insertVersions(trx, [{ ...next, id: uuidv7(now), validFrom: from }]);
      });
    },

    async endUnit(actor, unitId, lastDay) {
      requireAt(actor, 'organisation.edit', unitId);
      await getOn(unitId, lastDay);
      await change(actor, 'organisation.end-unit', unitId, { lastDay }, async (trx) => {
        const below = await openChildren(trx, unitId, lastDay);
        if (below.length > 0) throw new AppError('unit/has-children', { params: { count: below.length } });
        await endUnits(trx, [{ unitId, until: lastDay, withCode: true }]);
      });
    },

    async addCode(actor, unitId, code) {
      requireAt(actor, 'organisation.edit', unitId);
      await getOn(unitId, code.validFrom);
      await change(actor, 'organisation.add-code', unitId, code, async (trx) => {
        await insertCodes(trx, [{ ...code, unitId, validTo: code.validTo ?? null }]);
      });
    },

    async recordSuccession(actor, s) {
      for (const id of [...s.from, ...s.to]) requireAt(actor, 'organisation.edit', id);
      const { endFrom = false, newName, ...fact } = s;
      const to = s.kind === 'rename' ? s.from : s.to;
      const units = await directory.get();
      const last = addDays(s.date, -1);
      const { problems, ending } = planSuccession(units, { ...s, to, endFrom });
      const [first] = problems;
      if (first?.code === 'still-open')
        throw new AppError('unit/still-open', { params: { name: first.name, day: last } });
      if (first)
        throw new AppError('succession/refused', { params: { reason: SUCCESSION_REFUSED[first.code](first.name) } });
      const id = uuidv7(clock.now());
      await change(actor, 'organisation.record-succession', s.from[0] ?? id, s, async (trx, now) => {
        const renamed = s.kind === 'rename' ? units.unitOn(s.from[0] ?? '', s.date) : undefined;
        if (renamed && newName !== undefined) {
          await endUnits(trx, [{ unitId: renamed.unitId, until: last, withCode: false }]);
          await insertVersions(trx, [{ ...renamed, id: uuidv7(now), name: newName.trim(), validFrom: s.date }]);
        }
        await endUnits(
          trx,
          ending.map(({ unitId }) => ({ unitId, until: last, withCode: true })),
        );
        const key = [s.date, s.kind, [...s.from].sort().join('+'), [...to].sort().join('+')].join(' ');
        if (
          !(await insertSuccession(trx, id, { ...fact, to, key, partial: false, verified: true, note: s.note ?? null }))
        )
          throw new AppError('row/duplicate');
        const payload = { successionId: id, kind: s.kind, date: s.date, from: s.from, to };
        await emit(trx, [{ id: uuidv7(now), topic: UNITS_SUCCEEDED, key: id, payload, occurredAt: now }]);
      });
      return id;
    },

    async createOffices(actor, unitId, name, from) {
      requireAt(actor, 'organisation.edit', unitId);
      const unit = await getOn(unitId, from);
      const template = readOrganisationContent().offices.templates[name];
      if (!template || unit.type !== 'administrative' || !template.levels.includes(unit.level))
        throw new AppError('row/missing');
      const units = await directory.get();
      const wanted = officesOf(
        { ...template, from },
        { key: unitId, codes: [], versions: [{ ...unit, parentKey: null, validFrom: from }] },
      ).filter((office) => !units.childrenOn(unitId, from).some((child) => child.kind === office.versions[0]?.kind));
      return change(actor, 'organisation.create-offices', unitId, { template: name, from }, async (trx, now) => {
        const made = wanted.map((office) => ({ office, id: uuidv7(now) }));
        await insertUnits(
          trx,
          made.map(({ id }) => ({ id, contentKey: null })),
          now,
        );
        await insertVersions(
          trx,
          made.flatMap(({ office, id }) =>
            office.versions.map(({ parentKey: _, ...v }) => ({ ...v, id: uuidv7(now), unitId: id, parentId: unitId })),
          ),
        );
        return made.map(({ id }) => id);
      });
    },

    listOfficeTemplates() {
      return Object.entries(readOrganisationContent().offices.templates).map(([id, t]) => ({
        id,
        name: t.name,
        levels: t.levels,
      }));
    },
  };
}

/** Today in Vietnam by the business clock. */
export function todayOf(clock: Clock): Day {
  return dayOf(clock.now());
}
