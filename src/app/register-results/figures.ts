import { sql } from 'kysely';
import { type Actor, unitsFor } from '../../core/access/actor.ts';
import { isUuid } from '../../core/ids/uuid.ts';
import { foldVietnamese } from '../../core/text/fold.ts';
import { formatDecimalsVi, formatPercentVi } from '../../core/text/numbers.ts';
import { type UnitDirectory, unitNameOn } from '../../modules/foundation/organisation/index.ts';
import { figureValue, type MetricsService } from '../../modules/insight/metrics/index.ts';
import { type RegisterResult, resultParts } from '../../modules/insight/registers/index.ts';
import type { Pool } from '../../platform/db/open.ts';
import { words } from '../../platform/messages/words.ts';
import { type ResultKind, spanText } from './kind.ts';

/** Newest closings looked through, and figures asked of them: some of these closings did not freeze. */
const CLOSINGS = 120;
const ASKED = 400;

type Ask = { readonly metricId: string; readonly unitId: string; readonly periodId: string; readonly cutoff: string };
type Row = Ask & {
  from: string;
  to: string;
  definitionId: string;
  numerator: number | null;
  denominator: number | null;
};

/** Frozen figures of units with all below them, as they were frozen first; where there was no data there is no result. */
export function createFigures(
  db: Pool,
  directoryNow: () => Promise<UnitDirectory>,
  metrics: Pick<MetricsService, 'definitions'>,
): ResultKind {
  async function frozen(asks: readonly Ask[]): Promise<RegisterResult[]> {
    const { rows } =
      await sql<Row>`select distinct on (q.no) q.metric "metricId", q.unit "unitId", q.period "periodId", q.cutoff,
        c.period_from "from", c.period_to "to", f.definition_id "definitionId", f.numerator, f.denominator
      from unnest(${asks.map((q) => q.metricId)}::text[], ${asks.map((q) => q.unitId)}::uuid[],
        ${asks.map((q) => q.periodId)}::text[], ${asks.map((q) => q.cutoff)}::text[]) with ordinality q(metric, unit, period, cutoff, no)
      join metrics.closing c on c.period_id = q.period and c.cutoff = q.cutoff
      join metrics.frozen f on f.closing_id = c.id and f.unit_id = q.unit and f.metric_id = q.metric and f.roll = 'tree'
      order by q.no, c.closed_at`.execute(db);
    const directory = await directoryNow();
    const definitions = new Map(metrics.definitions().map((one) => [`${one.id}@${one.validFrom}`, one]));
    return rows.flatMap(({ metricId, unitId, periodId, cutoff, from, to, definitionId, ...counts }) => {
      const definition = definitions.get(definitionId);
      const value = definition && figureValue(definition, counts).rounded;
      if (!definition || value === null || value === undefined) return [];
      const unit = unitNameOn(directory, unitId, to);
      const asked = words('registers.result.figure', { name: definition.name, span: spanText(from, to), unit });
      const shown = (definition.unit === 'percent' ? formatPercentVi : formatDecimalsVi)(value, definition.decimals);
      return [{ code: `metric:${metricId}:${unitId}:${periodId}:${cutoff}`, label: `${asked}: ${shown}`, unitId }];
    });
  }

  async function candidates(actor: Actor, units: ReadonlySet<string>, asked: readonly string[]): Promise<Ask[]> {
    const own = [...unitsFor(actor, 'metrics.read')].filter((id) => units.has(id));
    if (own.length === 0) return [];
    const { rows } = await sql<{
      periodId: string;
      cutoff: string;
      from: string;
      to: string;
    }>`select period_id "periodId",
        cutoff, period_from "from", period_to "to" from metrics.closing
      group by 1, 2, 3, 4 order by 4 desc, 3 desc, 2 limit ${CLOSINGS}`.execute(db);
    const directory = await directoryNow();
    // Which words a part of the label has, as bits: three parts together must have all.
    const bits = (text: string): number => {
      const folded = foldVietnamese(text);
      return asked.reduce((sum, word, at) => (folded.includes(word) ? sum | (1 << at) : sum), 0);
    };
    const all = 2 ** asked.length - 1;
    const names = own.map((unitId) => ({ unitId, has: bits(unitNameOn(directory, unitId, rows[0]?.to ?? '')) }));
    const found: Ask[] = [];
    for (const { periodId, cutoff, from, to } of rows) {
      const span = bits(spanText(from, to));
      const known = metrics.definitions(to).map(({ id, name }) => ({ metricId: id, has: bits(name) }));
      for (const unit of names)
        for (const { metricId, has } of known) {
          if ((has | unit.has | span) !== all) continue;
          if (found.length === ASKED) return found;
          found.push({ metricId, unitId: unit.unitId, periodId, cutoff });
        }
    }
    return found;
  }

  return {
    // More words than bits name nothing.
    list: async (actor, units, asked) => (asked.length > 30 ? [] : frozen(await candidates(actor, units, asked))),
    async find(actor, codes) {
      const readable = new Set(unitsFor(actor, 'metrics.read'));
      const asks = codes.flatMap((code) => {
        const [, metricId, unitId, periodId, cutoff] = resultParts(code) ?? [];
        const known = metricId !== undefined && isUuid(unitId) && periodId !== undefined && cutoff !== undefined;
        return known && readable.has(unitId) ? [{ metricId, unitId, periodId, cutoff }] : [];
      });
      return frozen(asks);
    },
  };
}
