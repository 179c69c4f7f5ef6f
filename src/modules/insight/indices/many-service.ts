import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { leavesOf } from '../../../core/scoring/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { type OpenedSheet, openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import { rowsNow } from './read-service.ts';
import { record } from './record.ts';
import { decideScore, type Given, type GivenFault, voidAppraisal } from './rules/given.ts';
import type { CriterionRow } from './rules/sheet.ts';
import { writeScore } from './score-store.ts';
import { faultText, holdStill, requireSide } from './write-service.ts';

/** The unit's own points for one of many criteria. */
export type ManyScore = Given & { readonly criterionId: string };
type ManyFault = {
  readonly at: number;
  readonly code: GivenFault['code'] | 'unknown' | 'twice';
  readonly field: string;
};

type Planned = {
  readonly opened: OpenedSheet;
  /** Criteria that would change, at the version they were read at. */
  readonly changes: readonly { readonly criterionId: string; readonly version: number; readonly change: Change }[];
  readonly faults: readonly (ManyFault & { readonly message: string })[];
};
type Change = Partial<Omit<CriterionRow, 'criterionId' | 'version'>>;

/** `leaveAutomatic`: criteria a metric answers are passed over instead of refused. */
export type ManyOptions = { readonly leaveAutomatic?: boolean };

/** A sheet the unit may score now, with what is kept of it and the criteria a metric answers. */
type Scorable = {
  readonly opened: OpenedSheet;
  readonly stored: readonly CriterionRow[];
  readonly automatic: ReadonlySet<string>;
};

/** What giving these would change, and what of them cannot be taken. */
export function planMany(
  { opened, stored, automatic }: Scorable,
  rows: readonly ManyScore[],
  { leaveAutomatic = false }: ManyOptions = {},
): Planned {
  const leaves = new Map(leavesOf(opened.round.set, opened.level).map(({ criterion }) => [criterion.id, criterion]));
  const [changes, faults]: [Planned['changes'][number][], Planned['faults'][number][]] = [[], []];
  const seen = new Set<string>();
  for (const [at, { criterionId, ...given }] of rows.entries()) {
    const criterion = leaves.get(criterionId);
    const fail = (code: ManyFault['code'], field: string): void => {
      faults.push({ at, code, field, message: faultText(code, criterion ?? { name: criterionId, max: 0 }) });
    };
    if (!criterion) fail('unknown', 'criterionId');
    else if (seen.has(criterionId)) fail('twice', 'criterionId');
    else if (!(leaveAutomatic && automatic.has(criterionId))) {
      seen.add(criterionId);
      const decided = decideScore(criterion, given, automatic.has(criterionId));
      const before = stored.find((each) => each.criterionId === criterionId);
      if (!decided.ok) fail(decided.fault.code, decided.fault.field);
      else if (differs(before, decided.change))
        changes.push({
          criterionId,
          version: before?.version ?? 0,
          change: { ...decided.change, ...voidAppraisal(before, decided.change.selfPoints) },
        });
    }
  }
  return { opened, changes, faults };
}

const BLANK: Change = { selfPoints: null, selfNote: '', numerator: null, denominator: null, definitionId: null };

function differs(before: CriterionRow | undefined, change: Change): boolean {
  const known: Change = before ?? BLANK;
  return Object.entries(change).some(([key, value]) => (known[key as keyof Change] ?? null) !== value);
}

/**
 * Writes the unit's own points of many criteria in one transaction, one line in the history: all or none. Of a criterion
 * somebody wrote meanwhile nothing is taken either.
 * @throws AppError indices/points with a field for each row at fault (`rows/<n>/<field>`), row/stale, row/missing, indices/state
 */
export async function scoreMany(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  rows: readonly ManyScore[],
  options: ManyOptions = {},
): Promise<{ readonly written: number }> {
  const opened = await openSheet(ctx, actor, id);
  requireSide(opened, 'score');
  const { stored, live } = await rowsNow(ctx, opened);
  const automatic = new Set(live.map((each) => each.criterionId));
  const planned = planMany({ opened, stored, automatic }, rows, options);
  if (planned.faults.length > 0) {
    const fields = planned.faults.map(({ at, field, code, message }) => ({
      path: `rows/${at}/${field}`,
      code,
      message,
    }));
    throw new AppError('indices/rows', { params: { count: fields.length }, fields });
  }
  return writeMany(ctx, actor, planned);
}

/** Writes what was planned. @throws AppError row/stale */
export async function writeMany(
  ctx: IndexContext,
  actor: Actor,
  { opened, changes }: Planned,
  detail = words('server.indices.many', { count: changes.length }),
): Promise<{ written: number }> {
  if (changes.length === 0) return { written: 0 };
  const at = ctx.clock.now();
  const { sheet } = opened;
  await ctx.db.transaction().execute(async (trx) => {
    await holdStill(trx, sheet);
    for (const { criterionId, version, change } of changes) {
      const by = { at, ref: actorRef(actor) };
      if ((await writeScore(trx, sheet.id, criterionId, version, change, by)) === undefined)
        throw new AppError('row/stale');
    }
    const points = Object.fromEntries(
      changes.map(({ criterionId, change }) => [criterionId, change.selfPoints ?? null]),
    );
    await record(trx, actor, {
      ...opened,
      act: 'score-many',
      detail,
      at,
      more: { points },
    });
  });
  return { written: changes.length };
}
