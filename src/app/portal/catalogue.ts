import { sql } from 'kysely';
import { uuidFloor } from '../../core/ids/uuid.ts';
import { addDays, instantAt } from '../../core/time/index.ts';
import type { CataloguePort } from '../../modules/onestop/portal/index.ts';
import type { ProcedureRevision, ProceduresService } from '../../modules/onestop/procedures/index.ts';
import type { Pool } from '../../platform/db/open.ts';

const KEEP_MS = 600_000;
const WINDOW_DAYS = 30;

/** Fees as they are charged here: an amount the province has set stands for the procedure's default. */
function withLocalAmounts(revision: ProcedureRevision, amounts: Readonly<Record<string, number>>): ProcedureRevision {
  if (Object.keys(amounts).length === 0) return revision;
  const fees = revision.definition.fees.map((fee) => {
    const amountVnd = fee.setByProvince && Object.hasOwn(amounts, fee.id) ? amounts[fee.id] : undefined;
    if (amountVnd === undefined) return fee;
    const { rule: _rule, ...fixed } = fee;
    return { ...fixed, amountVnd, setByProvince: false };
  });
  return { ...revision, definition: { ...revision.definition, fees } };
}

/** The catalogue of procedures as the portal reads it. What is filed most is counted over 30 days, every ten minutes. */
export function createCataloguePort(procedures: ProceduresService, db: Pool): CataloguePort {
  let counted: { codes: readonly string[]; until: number } | undefined;
  const popularCodes = async (day: string): Promise<readonly string[]> => {
    if (counted && performance.now() < counted.until) return counted.codes;
    const from = instantAt(addDays(day, -WINDOW_DAYS), '00:00') ?? new Date(0);
    const { rows } = await sql<{
      procedure_code: string;
    }>`select procedure_code from dossiers.dossier where id >= ${uuidFloor(from)}::uuid
      group by procedure_code order by count(*) desc, procedure_code limit 20`.execute(db);
    counted = { codes: rows.map((row) => row.procedure_code), until: performance.now() + KEEP_MS };
    return counted.codes;
  };
  return {
    async search({ q, fieldCode, level, day, offset, limit }) {
      const found = await procedures.searchPublished({
        q,
        fieldCode: fieldCode || undefined,
        level: level || undefined,
        day,
        offset,
        limit,
      } as never);
      return { rows: found.rows, total: found.total };
    },
    fields: (day) => procedures.listFields(day),
    async popular(day, limit) {
      const fileable = (revision: ProcedureRevision): boolean => revision.definition.steps.length > 0;
      const all = (await procedures.listInForce(null, day)).filter(fileable);
      const codes = await popularCodes(day);
      const rank = (revision: ProcedureRevision): number => {
        const at = codes.indexOf(revision.definition.code);
        return at < 0 ? codes.length : at;
      };
      return [...all].sort((a, b) => rank(a) - rank(b)).slice(0, limit);
    },
    async find(code, day) {
      const revision = await procedures.findInForce(code, null, day);
      return revision && withLocalAmounts(revision, await procedures.localAmounts(code, day));
    },
  };
}
