import type { Actor } from '../../../core/access/actor.ts';
import type { Db } from '../../../platform/db/open.ts';
import { recordAudit } from '../../foundation/audit/index.ts';

export type SurveyAction =
  | 'survey.make'
  | 'survey.draw'
  | 'survey.open'
  | 'survey.close'
  | 'survey.days'
  | 'survey.discard'
  | 'survey.paper'
  | 'survey.phone'
  | 'survey.call'
  | 'survey.form-save'
  | 'survey.form-discard'
  | 'survey.form-publish';

/**
 * Writes what staff did into the trail of the unit that holds the survey. Never a dossier, a stratum or an answer: the
 * trail has times, and times with answers would name people. For the same reason citizens' answers are no acts in it.
 */
export async function record(
  trx: Db,
  actor: Actor,
  action: SurveyAction,
  of: { readonly id: string; readonly unitId: string },
  at: Date,
  payload: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await recordAudit(trx, [
    { chainId: of.unitId, occurredAt: at, actor, action, object: { type: 'survey', id: of.id }, payload },
  ]);
}
