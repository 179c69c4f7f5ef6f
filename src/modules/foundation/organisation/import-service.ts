import { type Actor, holds } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Day, isDay } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { DirectorySource } from './directory-source.ts';
import { type ClosedUnit, closeMissing, type MissingScope } from './rules/close-missing.ts';
import { type ImportError, planImport } from './rules/import-plan.ts';
import { readNationalUnits } from './rules/national-units.ts';
import { buildUnitDirectory } from './rules/unit-directory.ts';
import {
  endUnits,
  idsByContentKey,
  insertCodes,
  insertUnits,
  insertVersions,
  loadCodes,
  loadSuccessions,
  loadVersions,
  lockUnits,
} from './store.ts';

export type ImportUnitsReport = {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  /** Units the file no longer has and that end (or would end) the day before it; empty unless asked for. */
  readonly closed: readonly ClosedUnit[];
  readonly errors: readonly ImportError[];
};

export type ImportUnitsOptions = {
  /** First day of the era the file describes. */
  readonly validFrom: Day;
  /** Last day of the era (inclusive); absent: still in force. */
  readonly validTo?: Day | undefined;
  readonly dryRun?: boolean | undefined;
  /** Also ends what the file leaves out. Only for an era without end. */
  readonly closeMissing?: MissingScope | undefined;
};

export type ImportService = {
  /**
   * Takes the public data set of units (with or without districts) as it is published, for one era. All or nothing but
   * for the units told in `errors`; a second run skips everything.
   * @throws AppError `import/invalid` where the dates or the file make no sense at all.
   */
  importUnits(actor: Actor, json: unknown, options: ImportUnitsOptions): Promise<ImportUnitsReport>;
};

export function createImportService(deps: { db: Pool; clock: Clock; directory: DirectorySource }): ImportService {
  return {
    async importUnits(actor, json, { validFrom, validTo, dryRun, closeMissing: scope }) {
      if (actor.kind !== 'system' && !holds(actor, 'system.administer')) throw new AppError('access/forbidden');
      if (!isDay(validFrom) || (validTo !== undefined && (!isDay(validTo) || validTo < validFrom))) {
        throw new AppError('import/invalid', {
          params: { reason: words('server.organisation.import-days') },
        });
      }
      if (scope !== undefined && validTo !== undefined) {
        throw new AppError('import/invalid', {
          params: { reason: words('server.organisation.import-closing') },
        });
      }
      const file = readNationalUnits(json);
      const readErrors = file.errors.map((e) => ({ unit: e.place, code: e.code, message: e.message }));
      if (file.units.length === 0) {
        throw new AppError('import/invalid', {
          params: { reason: readErrors[0]?.message ?? words('server.organisation.import-empty') },
        });
      }
      const now = deps.clock.now();
      const plan = await deps.db.transaction().execute(async (trx) => {
        await lockUnits(trx);
        const directory = buildUnitDirectory(await loadVersions(trx), await loadCodes(trx), await loadSuccessions(trx));
        const content = new Set((await idsByContentKey(trx)).values());
        const isContent = (id: string): boolean => content.has(id);
        const planned = planImport(directory, file.units, {
          period: { validFrom, validTo: validTo ?? null },
          isContent,
          newId: () => uuidv7(now),
        });
        const missing = scope && closeMissing(directory, planned, { validFrom, scope, isContent });
        const made = {
          ...planned,
          ends: [...planned.ends, ...(missing?.ends ?? [])],
          closed: missing?.closed ?? [],
          errors: [...planned.errors, ...(missing?.errors ?? [])],
        };
        if (dryRun) return made;
        await endUnits(trx, made.ends);
        await insertUnits(
          trx,
          made.units.map((id) => ({ id, contentKey: null })),
          now,
        );
        await insertVersions(
          trx,
          made.versions.map((v) => ({ ...v, id: uuidv7(now) })),
        );
        await insertCodes(trx, made.codes);
        await recordAudit(trx, [
          {
            chainId: INSTALLATION_CHAIN,
            occurredAt: now,
            actor,
            action: 'organisation.import-units',
            object: { type: 'unit-file', id: `${validFrom}..${validTo ?? ''}` },
            payload: {
              read: file.units.length,
              created: made.created,
              updated: made.updated,
              skipped: made.skipped,
              closed: made.closed.length,
              errors: made.errors.length,
            },
          },
        ]);
        return made;
      });
      deps.directory.forget();
      return {
        read: file.units.length + readErrors.length,
        created: plan.created,
        updated: plan.updated,
        skipped: plan.skipped,
        closed: plan.closed,
        errors: [...readErrors, ...plan.errors],
      };
    },
  };
}
