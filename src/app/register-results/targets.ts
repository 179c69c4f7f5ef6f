import { sql } from 'kysely';
import { type Actor, unitsFor } from '../../core/access/actor.ts';
import { isUuid } from '../../core/ids/uuid.ts';
import { type UnitDirectory, unitNameOn } from '../../modules/foundation/organisation/index.ts';
import { type RegisterResult, resultParts } from '../../modules/insight/registers/index.ts';
import type { Pool } from '../../platform/db/open.ts';
import { words } from '../../platform/messages/words.ts';
import { hasAll, type ResultKind, spanText } from './kind.ts';

type Row = { id: string; unitId: string; name: string; fromDay: string; toDay: string };
/** Newest targets looked through for words. */
const LOOKED_AT = 3000;

/** Targets of units whose targets the actor may read, also those that are over. */
export function createTargets(db: Pool, directoryNow: () => Promise<UnitDirectory>): ResultKind {
  const columns = sql.raw(`t.id, t.unit_id "unitId", t.terms->>'name' "name", t.from_day "fromDay", t.to_day "toDay"`);
  async function told(rows: readonly Row[]): Promise<RegisterResult[]> {
    const directory = await directoryNow();
    return rows.map(({ id, unitId, name, fromDay, toDay }) => {
      const unit = unitNameOn(directory, unitId, toDay);
      const label = words('registers.result.target', { name, span: spanText(fromDay, toDay), unit });
      return { code: `target:${id}`, label, unitId };
    });
  }
  const readable = (actor: Actor): string[] => [...unitsFor(actor, 'targets.read')];
  return {
    async list(actor, units, asked) {
      const own = readable(actor).filter((id) => units.has(id));
      const { rows } = await sql<Row>`select ${columns} from targets.target t where t.unit_id = any(${own}::uuid[])
        order by t.to_day desc, t.id desc limit ${LOOKED_AT}`.execute(db);
      return (await told(rows)).filter(({ label }) => hasAll(label, asked));
    },
    async find(actor, codes) {
      const ids = codes.map((code) => resultParts(code)?.[1]).filter(isUuid);
      const { rows } = await sql<Row>`select ${columns} from targets.target t
        where t.id = any(${ids}::uuid[]) and t.unit_id = any(${readable(actor)}::uuid[])`.execute(db);
      return told(rows);
    },
  };
}
