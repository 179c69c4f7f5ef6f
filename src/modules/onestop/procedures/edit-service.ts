import crypto from 'node:crypto';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import { type Db, isDuplicate, type Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../../foundation/audit/index.ts';
import { PROCEDURE_PUBLISHED } from './events.ts';
import { type CatalogueUnits, requireProcedurePermission } from './permission.ts';
import type { RevisionOrigin } from './revision-head.ts';
import { checkDefinition } from './rules/check-definition.ts';
import type { ProcedureDefinition } from './rules/definition.ts';
import { isPublishable, lintProcedure } from './rules/lint.ts';
import {
  endRevision,
  ensureProcedure,
  findByName,
  findRevisionRow,
  insertDraft,
  lockRevision,
  publishedBetween,
  setStatus,
  updateDraft,
} from './store.ts';

export type ProcedureEditing = {
  /** A new draft. @throws AppError `request/invalid` with the places that do not fit, `row/duplicate` for a taken name. */
  createDraft(actor: Actor, definition: unknown, origin?: RevisionOrigin): Promise<string>;
  /** A draft that begins as a copy, with a name and a first day of its own. */
  copyRevision(actor: Actor, id: string, revision: string, validFrom: string): Promise<string>;
  /** @throws AppError `row/stale` where somebody else has saved meanwhile. */
  updateDraft(actor: Actor, id: string, version: number, definition: unknown): Promise<number>;
  discardDraft(actor: Actor, id: string, version: number): Promise<void>;
  /**
   * Puts a draft into force from its first day; the revision before it ends the day before. Dossiers already received
   * stay where they are. @throws AppError `procedure/invalid` for linter errors or days already taken, `row/stale`.
   */
  publish(actor: Actor, id: string, version: number): Promise<void>;
};

/** SHA-256 over the definition's JSON with sorted keys, so that the database's own order of keys does not matter. */
export function definitionDigest(definition: ProcedureDefinition): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, sorted(item)]),
    );
  };
  return crypto
    .createHash('sha256')
    .update(JSON.stringify(sorted(definition)))
    .digest('hex');
}

function shaped(value: unknown): ProcedureDefinition {
  const checked = checkDefinition(value);
  if (checked.ok) return checked.definition;
  const fields = checked.problems.map(({ path, message }) => ({ path, message, code: 'shape' }));
  throw new AppError('request/invalid', { fields });
}

/** Adds a draft inside the caller's transaction. */
export async function addDraft(
  trx: Db,
  actor: Actor,
  definition: ProcedureDefinition,
  origin: RevisionOrigin,
  at: Date,
): Promise<string> {
  const id = uuidv7(at);
  const procedureId = await ensureProcedure(trx, uuidv7(at), definition.code, at);
  const draft = { id, procedureId, definition, origin, digest: definitionDigest(definition), at, by: actorRef(actor) };
  await insertDraft(trx, draft);
  await audit(trx, actor, 'procedure.draft', id, { code: definition.code, revision: definition.revision, origin }, at);
  return id;
}

async function audit(trx: Db, actor: Actor, action: string, id: string, payload: unknown, at: Date): Promise<void> {
  await recordAudit(trx, [
    { chainId: INSTALLATION_CHAIN, occurredAt: at, actor, action, object: { type: 'procedure-revision', id }, payload },
  ]);
}

async function lockDraft(trx: Db, id: string, version: number) {
  const row = await lockRevision(trx, id);
  if (!row || row.status === 'discarded') throw new AppError('row/missing');
  if (row.status !== 'draft' || row.version !== version) {
    throw new AppError('row/stale', { extra: { status: row.status, version: row.version } });
  }
  return row;
}

/** Publishes inside the caller's transaction; see `ProcedureEditing.publish`. */
export async function publishDraft(trx: Db, actor: Actor, id: string, version: number, at: Date): Promise<void> {
  const row = await lockDraft(trx, id, version);
  const { definition } = row;
  if (!isPublishable(definition)) {
    const errors = lintProcedure(definition).filter(
      (finding) => finding.severity === 'error' || finding.rule === 'steps/none',
    );
    const fields = errors.map(({ path, rule, message }) => ({ path, code: rule, message }));
    throw new AppError('procedure/invalid', { params: { reason: errors[0]?.message ?? '' }, fields });
  }
  // Everybody who publishes this code waits here: the days are then looked at by one at a time.
  await ensureProcedure(trx, uuidv7(at), definition.code, at);
  for (const other of await publishedBetween(trx, definition.code, definition.validFrom, definition.validTo ?? null)) {
    if (other.validFrom >= definition.validFrom) {
      const reason = words('server.procedure.day-taken', { revision: other.revision, day: other.validFrom });
      throw new AppError('procedure/invalid', { params: { reason } });
    }
    await endRevision(trx, other.id, addDays(definition.validFrom, -1));
  }
  await setStatus(trx, id, { status: 'published', at, by: actorRef(actor) });
  await audit(trx, actor, 'procedure.publish', id, { code: definition.code, revision: definition.revision }, at);
  const payload = { revisionId: id, code: definition.code, validFrom: definition.validFrom };
  await emit(trx, [{ id: uuidv7(at), topic: PROCEDURE_PUBLISHED, key: definition.code, payload, occurredAt: at }]);
}

/** Editing and publishing. `onPublished` runs after the commit. */
export function createProcedureEditing(deps: {
  readonly db: Pool;
  readonly clock: Clock;
  readonly catalogueUnits: CatalogueUnits;
  readonly onPublished: () => void;
}): ProcedureEditing {
  const { db, clock } = deps;
  const create = async (actor: Actor, definition: ProcedureDefinition, origin: RevisionOrigin): Promise<string> => {
    try {
      return await db.transaction().execute((trx) => addDraft(trx, actor, definition, origin, clock.now()));
    } catch (error) {
      if (isDuplicate(error, 'revision_name')) throw new AppError('row/duplicate');
      throw error;
    }
  };
  return {
    async createDraft(actor, value, origin = 'editor') {
      await requireProcedurePermission(deps.catalogueUnits, actor, 'procedure.edit');
      return create(actor, shaped(value), origin);
    },
    async copyRevision(actor, id, revision, validFrom) {
      await requireProcedurePermission(deps.catalogueUnits, actor, 'procedure.edit');
      const row = await findRevisionRow(db, id);
      if (!row) throw new AppError('row/missing');
      const { validTo: _end, ...definition } = row.definition;
      return create(actor, shaped({ ...definition, revision, validFrom }), 'editor');
    },
    async updateDraft(actor, id, version, value) {
      await requireProcedurePermission(deps.catalogueUnits, actor, 'procedure.edit');
      const definition = shaped(value);
      return db.transaction().execute(async (trx) => {
        const row = await lockDraft(trx, id, version);
        if (definition.code !== row.code)
          throw new AppError('request/invalid', {
            fields: [{ path: '/code', code: 'fixed', message: words('server.procedure.code-fixed') }],
          });
        const taken = await findByName(trx, definition.code, definition.revision);
        if (taken && taken.id !== id) throw new AppError('row/duplicate');
        await updateDraft(trx, id, definition, definitionDigest(definition));
        await audit(trx, actor, 'procedure.edit', id, { code: row.code, version: version + 1 }, clock.now());
        return version + 1;
      });
    },
    async discardDraft(actor, id, version) {
      await requireProcedurePermission(deps.catalogueUnits, actor, 'procedure.edit');
      await db.transaction().execute(async (trx) => {
        const row = await lockDraft(trx, id, version);
        await setStatus(trx, id, { status: 'discarded' });
        await audit(trx, actor, 'procedure.discard', id, { code: row.code }, clock.now());
      });
    },
    async publish(actor, id, version) {
      await requireProcedurePermission(deps.catalogueUnits, actor, 'procedure.publish');
      await db.transaction().execute((trx) => publishDraft(trx, actor, id, version, clock.now()));
      deps.onPublished();
    },
  };
}
