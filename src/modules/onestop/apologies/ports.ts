import type { Actor } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { RegimeValue } from '../../foundation/reference/index.ts';
import type { DossierScope } from '../dossiers/index.ts';
import type { ProposalFacts } from './rules/proposal.ts';

/** What this module looks at of a dossier. */
export type DossierFacts = ProposalFacts & {
  readonly id: string;
  readonly code: string;
  readonly procedureCode: string;
  readonly procedureRevisionId: string;
  readonly decidedByUnitId: string;
  readonly receivedByUnitId: string;
  /** Who holds it, or held it last as an officer where its processing has ended. */
  readonly holderUnitId: string | null;
  /** Units that held a step of it. */
  readonly heldByUnitIds: readonly string[];
  readonly dueOriginal: Date | null;
};

/** Whom a paper goes to; personal data, read only to print and to send. */
export type Recipient = {
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly citizenAccountId: string | null;
};

export type UnitWords = { readonly name: string; readonly parentId: string | null };

/** What apologies need of other modules; the composition root fits their doors to it. */
export type ApologyPorts = {
  /** Those of the dossiers the scope lets see. */
  findDossiers(db: Db, scope: DossierScope, ids: readonly string[]): Promise<ReadonlyMap<string, DossierFacts>>;
  /** Open dossiers whose present due instant lies in (after, until], by id beyond `beyond`; `after` null: any before. */
  findDueIds(db: Db, after: Date | null, until: Date, beyond: string | null, limit: number): Promise<readonly string[]>;
  /** All dossiers that ended late or are open past their due instant, by id beyond `beyond`: for counting anew. */
  findLateIds(db: Db, now: Date, beyond: string | null, limit: number): Promise<readonly string[]>;
  recipientOf(db: Db, dossierId: string): Promise<Recipient | undefined>;
  procedureNames(revisionIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  findUnit(id: string, day: Day): Promise<UnitWords | undefined>;
  /** Where the authority's papers are numbered: its clerk's office, or itself. */
  numberUnitOf(authorityId: string, day: Day): Promise<string>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string; readonly title: string }>>;
  calendarFor(unitId: string, day: Day): Promise<CompiledCalendar>;
  lateNoticeOn(day: Day): RegimeValue<'late-notice'>;
  formSetOn(day: Day): string;
  /** How many received dossiers ended in the days (both inclusive), by deciding unit. */
  finishedCounts(
    db: Db,
    unitIds: readonly string[] | undefined,
    from: Day,
    to: Day,
  ): Promise<ReadonlyMap<string, number>>;
  /** Makes uploads of the actor the evidence of an exemption, all or none. @throws row/missing */
  attachEvidence(
    trx: Db,
    actor: Actor,
    fileIds: readonly string[],
    exemptionId: string,
  ): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Moves the due date of an open dossier in the caller's transaction, once in its life. @throws AppError */
  reappoint(
    actor: Actor,
    order: {
      readonly dossierId: string;
      readonly newDueAt: Date;
      readonly reason: string;
      readonly apologyId: string;
    },
    trx: Db,
  ): Promise<void>;
};
