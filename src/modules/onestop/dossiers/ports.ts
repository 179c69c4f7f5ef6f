import type { FormDefinition } from '../../../core/forms/definition.ts';
import type { Day } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { FileOwner } from '../../foundation/files/index.ts';
import type { ProcedureDefinition } from '../procedures/rules/definition.ts';
import type { WorkStep } from '../procedures/rules/work.ts';

/** A published revision of a procedure, immutable: may be kept in memory for good. */
export type ProcedureRevision = {
  readonly id: string;
  readonly definition: ProcedureDefinition;
  readonly form: FormDefinition | null;
};

/** A unit that is no more: its last name and day. */
export type FormerUnit = {
  readonly unitId: string;
  readonly name: string;
  readonly kind: 'authority' | 'desk';
  readonly closedOn: Day;
};

export type UnitFacts = {
  readonly id: string;
  readonly name: string;
  readonly level: string | null;
  readonly kind: string | null;
  readonly parentId: string | null;
  /** Code that begins dossier codes, by scheme: `tt10` → `000.00.33.H47`, `qd20` → `H17.32.05`. */
  readonly codes: Readonly<Record<string, string>>;
};

/** The register book of a one-stop desk, also of one that is gone. */
export type RegisterBookFacts = {
  readonly unitId: string;
  /** As last named. */
  readonly name: string;
  /** Last day of the desk, inclusive; null while it lives. */
  readonly lastDay: Day | null;
  /** Units that stand in its place and keep its book; several after a split, none while it lives. */
  readonly keepers: readonly string[];
  /** Days on which it took over from other desks. */
  readonly tookOverOn: readonly Day[];
};

/** What the law says on a day, aspect by aspect (contracts §4.5). */
export type RegimeFacts = {
  readonly id: string;
  readonly formSet: string;
  readonly codeGenerator: 'old' | 'tt03-2025' | 'tt04-2025';
  readonly codeUnitScheme: string;
  readonly codeDigits: number;
  readonly supplementPolicy: 'pause' | 'restart';
  readonly supplementDays: number;
  readonly classifyRule: 'by-date' | 'by-instant';
};

/** What dossiers need of other modules; the composition root fits their doors to it. All answers may be cached briefly. */
export type DossierPorts = {
  findProcedure(code: string, level: string | null, day: Day): Promise<ProcedureRevision | undefined>;
  getProcedureRevision(id: string): Promise<ProcedureRevision>;
  /** Amounts the province has set for a procedure's fees on a day, by fee id. */
  localAmounts(code: string, day: Day): Promise<Readonly<Record<string, number>>>;
  /** Published procedures a desk takes on a day. */
  listProcedures(level: string | null, day: Day, q: string | undefined): Promise<readonly ProcedureRevision[]>;
  /** Undefined where the unit does not exist on that day. */
  findUnit(id: string, day: Day): Promise<UnitFacts | undefined>;
  /** The administrative unit (people's committee) a desk or office belongs to; with `level`, the one of that level above it. */
  authorityOf(unitId: string, level: string | null, day: Day): Promise<UnitFacts | undefined>;
  /** Ids of the administrative units that desks and offices belong to on a day, of former ones as on their last. */
  authoritiesEver(unitIds: readonly string[], day: Day): Promise<readonly string[]>;
  /** Of these units, administrative ones and one-stop desks that are no more on a day, with their last name and day. */
  formerUnits(unitIds: readonly string[], day: Day): Promise<readonly FormerUnit[]>;
  /** Unit that does a step: the receiving desk, the authority's leadership or clerk, or its office of a kind. */
  stepUnit(
    step: Pick<WorkStep, 'at' | 'office' | 'level' | 'role'>,
    receivedByUnitId: string,
    decidedByUnitId: string,
    day: Day,
  ): Promise<UnitFacts | undefined>;
  /** Undefined for what is no unit. */
  findRegisterBook(unitId: string, day: Day): Promise<RegisterBookFacts | undefined>;
  /** Books of all one-stop desks there are or were by a day, by name. */
  listRegisterBooks(day: Day): Promise<readonly RegisterBookFacts[]>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string; readonly title: string }>>;
  /** Staff of a unit holding a permission there today, for assignment. */
  staffOf(
    unitId: string,
    permission: string,
    day: Day,
  ): Promise<readonly { staffId: string; name: string; title: string }[]>;
  calendarFor(unitId: string, day: Day): Promise<{ readonly revisionId: string; readonly calendar: CompiledCalendar }>;
  /** A published calendar revision, also one superseded since. @throws calendar/missing */
  calendarRevision(revisionId: string): Promise<CompiledCalendar>;
  regimeOn(day: Day): RegimeFacts;
  /** Makes files of an upload or a draft files of the dossier, all or none; names by id. @throws row/missing */
  attachFiles(
    trx: Db,
    fileIds: readonly string[],
    from: FileOwner,
    dossierId: string,
  ): Promise<ReadonlyMap<string, string>>;
};
