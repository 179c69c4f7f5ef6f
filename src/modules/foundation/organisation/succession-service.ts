import type { Actor } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { DirectorySource } from './directory-source.ts';
import type { CountOpenDossiers } from './ports.ts';
import { planSuccession, type SuccessionDraft, type SuccessionPlan } from './rules/succession-plan.ts';
import { requireAt } from './scope.ts';
import { type AffectedStaff, staffAt } from './staff-store.ts';

/** What would change, for the eyes of whoever records a succession. Counts are of this moment. */
export type SuccessionPreview = {
  readonly problems: SuccessionPlan['problems'];
  readonly units: readonly {
    readonly unitId: string;
    readonly name: string;
    readonly heirName: string | null;
    readonly openDossiers: number;
  }[];
  readonly staff: readonly AffectedStaff[];
};

export type SuccessionPreviewService = {
  /** @throws AppError `row/missing` where the actor may not edit one of the units */
  previewSuccession(actor: Actor, draft: SuccessionDraft): Promise<SuccessionPreview>;
};

export function createSuccessionPreview(deps: {
  readonly db: Pool;
  readonly directory: DirectorySource;
  readonly countOpenDossiers?: CountOpenDossiers | undefined;
}): SuccessionPreviewService {
  return {
    async previewSuccession(actor, draft) {
      for (const id of [...draft.from, ...draft.to]) requireAt(actor, 'organisation.edit', id);
      const plan = planSuccession(await deps.directory.get(), draft);
      const ids = plan.ending.map((unit) => unit.unitId);
      const [open, staff] = await Promise.all([deps.countOpenDossiers?.(ids), staffAfter(deps.db, ids, draft.date)]);
      return {
        problems: plan.problems,
        units: plan.ending.map(({ unitId, name }) => ({
          unitId,
          name,
          heirName: plan.heirs.get(unitId)?.name ?? null,
          openDossiers: open?.get(unitId) ?? 0,
        })),
        staff,
      };
    },
  };
}

async function staffAfter(db: Pool, ids: readonly string[], day: Day): Promise<readonly AffectedStaff[]> {
  return ids.length === 0 ? [] : staffAt(db, ids, day);
}
