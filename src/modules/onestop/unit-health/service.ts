import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { actOn } from './act-service.ts';
import { enterBookCount, listBooks } from './book-service.ts';
import { rebuildLastReceived } from './book-store.ts';
import { loadHealthContent } from './content.ts';
import type * as contract from './contract.ts';
import { type LookReport, lookNightly, lookNow } from './look-service.ts';
import type { HealthPorts } from './ports.ts';
import { overdueFindings, readFinding, readFindings, readZeroOnline } from './read-service.ts';
import type { HealthContent } from './rules/definition.ts';

/** The use cases of unit health. The first argument is always who acts. */
export type HealthService = {
  list(actor: Actor, query: QueryOf<typeof contract.listFindings>): Promise<ReplyOf<typeof contract.listFindings>>;
  /** Those whose answer is overdue; see `overdueFindings`. */
  overdue(actor: Actor): ReturnType<typeof overdueFindings>;
  get(actor: Actor, id: string): Promise<contract.FindingType>;
  explain(actor: Actor, id: string, body: BodyOf<typeof contract.explainFinding>): Promise<{ version: number }>;
  decide(actor: Actor, id: string, body: BodyOf<typeof contract.decideFinding>): Promise<{ version: number }>;
  recompute(actor: Actor): Promise<LookReport>;
  zeroOnline(
    actor: Actor,
    query: QueryOf<typeof contract.listZeroOnline>,
  ): Promise<ReplyOf<typeof contract.listZeroOnline>>;
  books(actor: Actor, query: QueryOf<typeof contract.listBooks>): Promise<ReplyOf<typeof contract.listBooks>>;
  enterBook(actor: Actor, body: BodyOf<typeof contract.saveBookCount>): Promise<ReplyOf<typeof contract.saveBookCount>>;
  /** Timer: the day's look. @returns undefined where it was done before. */
  lookNightly(): Promise<LookReport | undefined>;
  /** After bulk loads that emit no events. */
  rebuild(): Promise<void>;
};

export type HealthDeps = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly ports: HealthPorts;
  /** Left out: what `content/` says. */
  readonly content?: HealthContent;
};

export function createHealthService({ content = loadHealthContent(), ...deps }: HealthDeps): HealthService {
  const ctx = { ...deps, content };
  return {
    list: (actor, query) => readFindings(ctx, actor, query),
    overdue: (actor) => overdueFindings(ctx, actor),
    get: (actor, id) => readFinding(ctx, actor, id),
    explain: (actor, id, { version, reason, evidence }) =>
      actOn(ctx, actor, id, 'explain', { version, text: reason, evidence }),
    decide: (actor, id, { version, act, note }) => actOn(ctx, actor, id, act, { version, text: note ?? '' }),
    recompute: (actor) => lookNow(ctx, actor),
    zeroOnline: (actor, query) => readZeroOnline(ctx, actor, query),
    books: (actor, query) => listBooks(ctx, actor, query),
    enterBook: (actor, body) => enterBookCount(ctx, actor, body),
    lookNightly: () => lookNightly(ctx),
    rebuild: () => rebuildLastReceived(ctx.db),
  };
}

/** Asks every ten minutes whether the day's look is due; between days that is one row. */
export function createHealthTimer(service: Pick<HealthService, 'lookNightly'>): Timer {
  return { name: 'unit-health.nightly', everyMs: 600_000, run: async () => void (await service.lookNightly()) };
}
