import type { Actor } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import type { WarningContext } from './context.ts';
import type * as contract from './contract.ts';
import { sendDigests } from './digest-service.ts';
import { adoptOpen, evaluateOnce } from './evaluate-service.ts';
import { preview, publishLadder, readLadders } from './ladder-service.ts';
import { readDossierWarnings, readSums, readWarnings } from './list-service.ts';

export type WarningService = {
  list(actor: Actor, query: contract.WarningQuery): Promise<ReplyOf<typeof contract.listWarnings>>;
  sums(actor: Actor): Promise<ReplyOf<typeof contract.sumWarnings>>;
  /** @throws AppError row/missing for a dossier the actor may not see, and for one not yet received */
  ofDossier(actor: Actor, dossierId: string): Promise<ReplyOf<typeof contract.dossierWarnings>>;
  ladders(actor: Actor): Promise<ReplyOf<typeof contract.listLadders>>;
  publish(actor: Actor, body: contract.NewLadderBody): Promise<{ id: string }>;
  preview(actor: Actor, body: contract.LadderPreviewBody): Promise<ReplyOf<typeof contract.previewLadder>>;
  /** Makes the warnings that are due, a batch. @returns true where more may wait. */
  evaluate(): Promise<boolean>;
  /** Sends the digests that are due. @returns how many. */
  sendDigests(): Promise<number>;
  /** Begins to watch open dossiers nobody has told of. @returns how many. */
  adopt(): Promise<number>;
};

export function createWarningService(ctx: WarningContext): WarningService {
  return {
    list: (actor, query) => readWarnings(ctx, actor, query),
    sums: (actor) => readSums(ctx, actor),
    ofDossier: (actor, dossierId) => readDossierWarnings(ctx, actor, dossierId),
    ladders: (actor) => readLadders(ctx, actor),
    publish: (actor, body) => publishLadder(ctx, actor, body),
    preview: (actor, body) => preview(ctx, actor, body),
    evaluate: () => evaluateOnce(ctx),
    sendDigests: () => sendDigests(ctx),
    adopt: () => adoptOpen(ctx),
  };
}

/** Timers ask an index what is due and find nothing to do most of the time. */
export function createWarningTimers(service: WarningService): readonly Timer[] {
  return [
    { name: 'warnings.adopt', everyMs: 3_600_000, run: async () => void (await service.adopt()) },
    { name: 'warnings.evaluate', everyMs: 5000, run: () => service.evaluate() },
    { name: 'warnings.digest', everyMs: 60_000, run: async () => void (await service.sendDigests()) },
  ];
}
