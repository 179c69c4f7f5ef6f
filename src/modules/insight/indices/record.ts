import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { FigureChange } from './rules/remeasure.ts';
import { insertAct } from './score-store.ts';
import type { Round, Sheet } from './store.ts';

/** What people did; each is a word of the history and of the trail. */
export type IndexAct =
  | 'open-round'
  | 'freeze'
  | 'reopen-round'
  | 'publish'
  | 'enter-part'
  | 'enter-place'
  | 'score'
  | 'score-many'
  | 'appraise'
  | 'accept'
  | 'explain'
  | 'attach'
  | 'detach'
  | 'submit'
  | 'return'
  | 'send'
  | 'answer'
  | 'settle'
  | 'reopen'
  | 'measure'
  | 'confirm'
  | 'add-action';

/** Others are told of what changes a sheet's or a round's state, not of every point typed. */
const QUIET: ReadonlySet<IndexAct> = new Set([
  'score',
  'score-many',
  'appraise',
  'explain',
  'attach',
  'detach',
  'enter-part',
  'enter-place',
  'measure',
  'confirm',
  'add-action',
]);

/** Writes an act into the history of the round, the trail of the unit concerned and the outbox, in the caller's transaction. */
export async function record(
  trx: Db,
  actor: Actor,
  one: {
    readonly round: Pick<Round, 'id' | 'unitId' | 'year' | 'setCode'>;
    readonly sheet?: Pick<Sheet, 'id' | 'unitId'>;
    readonly criterionId?: string;
    readonly act: IndexAct;
    readonly detail: string;
    readonly at: Date;
    readonly fileId?: string;
    /** What measuring again changed; the trail has it too. */
    readonly figures?: FigureChange;
    /** Further data for the trail alone. */
    readonly more?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { round, sheet, criterionId, act, detail, at, more, fileId, figures } = one;
  const id = uuidv7(at);
  await insertAct(trx, round.id, {
    id,
    sheetId: sheet?.id ?? null,
    criterionId: criterionId ?? null,
    act,
    detail,
    at,
    by: actorRef(actor),
    fileId: fileId ?? null,
    figures: figures ?? null,
  });
  const payload = {
    roundId: round.id,
    setCode: round.setCode,
    year: round.year,
    unitId: sheet?.unitId ?? round.unitId,
    sheetId: sheet?.id ?? null,
    criterionId: criterionId ?? null,
  };
  await recordAudit(trx, [
    {
      chainId: round.unitId,
      occurredAt: at,
      actor,
      action: `index.${act}`,
      object: sheet ? { type: 'index-sheet', id: sheet.id } : { type: 'index-round', id: round.id },
      payload: { ...payload, detail, ...(fileId ? { fileId } : {}), ...(figures ? { figures } : {}), ...more },
    },
  ]);
  if (!QUIET.has(act))
    await emit(trx, [{ id: uuidv7(at), topic: `index.${act}`, key: round.id, payload, occurredAt: at }]);
}
