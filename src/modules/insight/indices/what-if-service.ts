import type { Actor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { leavesOf, scoreSet, WAYS, whatIf } from '../../../core/scoring/index.ts';
import { openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { percentsOf, rowsNow } from './read-service.ts';
import { storedPoints, valuesOf } from './rules/sheet.ts';
import { partPercents } from './write-service.ts';

/** What more good items would bring, of every criterion that is scored from counts. @throws AppError row/missing */
export async function getIndexWhatIf(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  { more = 1 }: QueryOf<typeof contract.getIndexWhatIf>,
): Promise<ReplyOf<typeof contract.getIndexWhatIf>> {
  const opened = await openSheet(ctx, actor, id);
  const { sheet, round, level } = opened;
  const [{ rows }, parts] = await Promise.all([rowsNow(ctx, opened), partPercents(ctx, round, [sheet])]);
  const percents = percentsOf(parts.get(id) ?? []);
  const [self, final] = (['self', 'final'] as const).map((stage) => valuesOf(round.set, rows, percents, stage, level));
  const base = [final, self].find((values) => values && scoreSet(round.set, values, level).ok);
  /** Of the index, were one criterion to have these points. */
  const totalWith = (criterionId: string, points: number): number | null => {
    // Points the appraiser gave instead of the rule's do not move with the counts.
    if (base?.measures?.[criterionId] === undefined) return null;
    const { [criterionId]: _, ...measures } = base.measures;
    const reply = scoreSet(round.set, { ...base, measures, points: { ...base.points, [criterionId]: points } }, level);
    return reply.ok ? reply.score.total : null;
  };
  const known = new Map(rows.map((row) => [row.criterionId, row]));
  return {
    more,
    rows: leavesOf(round.set, level).flatMap(({ criterion }) => {
      const { numerator = null, denominator = null } = known.get(criterion.id) ?? {};
      if (numerator === null || denominator === null) return [];
      const now = storedPoints(criterion, { numerator, denominator });
      if (now === null) return [];
      return whatIf(criterion, { numerator, denominator }, more).map(({ goal, points, ways }) => ({
        criterionId: criterion.id,
        name: criterion.name,
        ...{ numerator, denominator, now, goal, points },
        total: totalWith(criterion.id, points),
        ways: WAYS.flatMap((way) => (ways[way] ? [{ way, ...ways[way] }] : [])),
      }));
    }),
  };
}
