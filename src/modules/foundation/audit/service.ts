import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import { parseInstant, toIso } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { words } from '../../../platform/messages/words.ts';
import type { AuditLine, AuditQuery } from './contract.ts';
import { INSTALLATION_CHAIN } from './entry.ts';
import { type AuditRecord, findEntries } from './list-store.ts';
import { type AuditNames, NO_NAMES } from './ports.ts';
import { recordAudit } from './record.ts';
import { chainsFor } from './scope.ts';
import { sealOnce } from './seal.ts';

export type AuditFilter = Omit<AuditQuery, 'cursor' | 'limit'>;

export type AuditService = {
  listAudit(actor: Actor, query: AuditQuery): Promise<{ rows: AuditLine[]; nextCursor: string | null }>;
  /** At most 5,000 lines, for a file. */
  exportAudit(actor: Actor, filter: AuditFilter): Promise<{ rows: AuditLine[]; truncated: boolean }>;
  findPeople(actor: Actor, q: string): Promise<{ rows: { actor: string; name: string; title: string }[] }>;
};

const MOST_EXPORTED = 5000;

export type AuditDeps = { readonly db: Pool; readonly clock: Clock; readonly names?: AuditNames };

export function createAuditService({ db, clock, names = NO_NAMES }: AuditDeps): AuditService {
  async function find(actor: Actor, filter: AuditFilter, before: string | undefined, limit: number) {
    const allowed = chainsFor(actor);
    const { chainId, objectId } = filter;
    return findEntries(db, {
      chainIds: chainId === undefined ? allowed : allowed.filter((id) => id === chainId),
      objectType: filter.objectType,
      objectId: objectId === undefined ? undefined : ((await names.findDossierId(objectId)) ?? objectId),
      actor: filter.actor,
      action: filter.action,
      from: readInstant('from', filter.from),
      to: readInstant('to', filter.to),
      before,
      limit: limit + 1,
    });
  }

  // Reading the trail is a reading of personal data.
  async function record(actor: Actor, action: 'audit.read' | 'audit.export', query: AuditFilter, rows: number) {
    const { chainId } = query;
    const own = chainId !== undefined && chainsFor(actor).includes(chainId);
    await recordAudit(db, [
      {
        chainId: own ? chainId : INSTALLATION_CHAIN,
        occurredAt: clock.now(),
        actor,
        action,
        object: { type: 'audit', id: chainId ?? 'all' },
        payload: { query, rows },
      },
    ]);
  }

  return {
    async listAudit(actor, query) {
      const { cursor, limit = 50 } = query;
      const records = await find(actor, query, cursor, limit);
      const page = await toLines(names, records.slice(0, limit));
      await record(actor, 'audit.read', query, page.length);
      return { rows: page, nextCursor: records.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
    async exportAudit(actor, filter) {
      const records = await find(actor, filter, undefined, MOST_EXPORTED);
      const rows = await toLines(names, records.slice(0, MOST_EXPORTED));
      await record(actor, 'audit.export', filter, rows.length);
      return { rows, truncated: records.length > MOST_EXPORTED };
    },
    async findPeople(actor, q) {
      const found = await names.findStaff(unitsFor(actor, 'audit.read'), q);
      return { rows: found.map(({ staffId, name, title }) => ({ actor: `staff:${staffId}`, name, title })) };
    },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Entries with names beside their ids; each kind of name is asked for once. */
async function toLines(names: AuditNames, records: readonly AuditRecord[]): Promise<AuditLine[]> {
  const idsOf = (type: string): string[] => [
    ...new Set(records.flatMap((one) => (one.objectType === type && UUID.test(one.objectId) ? [one.objectId] : []))),
  ];
  const actors = records.flatMap(({ actor }) => (actor.startsWith('staff:') ? [actor.slice(6)] : []));
  const [staff, units, codes] = await Promise.all([
    names.staff([...new Set([...actors, ...idsOf('staff')])].filter((id) => UUID.test(id))),
    names.units(idsOf('unit')),
    names.dossierCodes(idsOf('dossier')),
  ]);
  const nameOf = (staffId: string): string => {
    const person = staff.get(staffId);
    if (!person) return '';
    return person.title ? `${person.name} (${person.title})` : person.name;
  };
  return records.map((one) => ({
    ...one,
    actorName: nameOf(one.actor.slice(6)),
    objectName: codes.get(one.objectId) ?? units.get(one.objectId) ?? nameOf(one.objectId),
    occurredAt: toIso(one.occurredAt),
    recordedAt: toIso(one.recordedAt),
    erasedAt: one.erasedAt && toIso(one.erasedAt),
  }));
}

function readInstant(path: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant) return instant;
  const message = words('server.audit.instant');
  throw new AppError('request/invalid', { fields: [{ path, code: 'instant', message }] });
}

/** Seals every second; a full batch is followed by the next at once. */
export function createAuditTimers(deps: { readonly db: Pool }): readonly Timer[] {
  const batch = 5000;
  return [{ name: 'audit.seal', everyMs: 1000, run: async () => (await sealOnce(deps.db, batch)) === batch }];
}
