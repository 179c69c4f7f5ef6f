import type { Actor } from '../../../core/access/actor.ts';
import { parseInstant, toIso } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import type { AuditLine, AuditQuery } from './contract.ts';
import { INSTALLATION_CHAIN } from './entry.ts';
import { type AuditRecord, findEntries } from './list-store.ts';
import { recordAudit } from './record.ts';
import { chainsFor } from './scope.ts';
import { sealOnce } from './seal.ts';

export type AuditService = {
  listAudit(actor: Actor, query: AuditQuery): Promise<{ rows: AuditLine[]; nextCursor: string | null }>;
};

export function createAuditService(deps: { readonly db: Pool; readonly clock: Clock }): AuditService {
  return {
    async listAudit(actor, query) {
      const allowed = chainsFor(actor);
      const { chainId, cursor, limit = 50 } = query;
      const chainIds = chainId === undefined ? allowed : allowed.filter((id) => id === chainId);
      const rows = await findEntries(deps.db, {
        chainIds,
        objectType: query.objectType,
        objectId: query.objectId,
        actor: query.actor,
        action: query.action,
        from: readInstant('from', query.from),
        to: readInstant('to', query.to),
        before: cursor,
        limit: limit + 1,
      });
      await recordAudit(deps.db, [
        {
          chainId: chainId !== undefined && chainIds.length > 0 ? chainId : INSTALLATION_CHAIN,
          occurredAt: deps.clock.now(),
          actor,
          action: 'audit.read',
          object: { type: 'audit', id: chainId ?? 'all' },
          payload: { query },
        },
      ]);
      const page = rows.slice(0, limit).map(toLine);
      return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
  };
}

function toLine(record: AuditRecord): AuditLine {
  return {
    ...record,
    occurredAt: toIso(record.occurredAt),
    recordedAt: toIso(record.recordedAt),
    erasedAt: record.erasedAt && toIso(record.erasedAt),
  };
}

function readInstant(path: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant) return instant;
  const message = 'Thời điểm phải có dạng 2026-11-22T08:00:00+07:00.';
  throw new AppError('request/invalid', { fields: [{ path, code: 'instant', message }] });
}

/** Seals every second; a full batch is followed by the next at once. */
export function createAuditTimers(deps: { readonly db: Pool }): readonly Timer[] {
  const batch = 5000;
  return [{ name: 'audit.seal', everyMs: 1000, run: async () => (await sealOnce(deps.db, batch)) === batch }];
}
