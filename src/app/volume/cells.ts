import { sql } from 'kysely';
import type { Day } from '../../core/time/index.ts';
import type { DossierPorts } from '../../modules/onestop/dossiers/index.ts';
import { type Prepared, prepare } from '../../modules/onestop/dossiers/prepare.ts';
import { PERMISSION_OF_STEP } from '../../modules/onestop/dossiers/rules/context.ts';
import type { CodeRule } from '../../modules/onestop/dossiers/rules/dossier-code.ts';
import type { Channel } from '../../modules/onestop/dossiers/rules/state.ts';
import type { Pool } from '../../platform/db/open.ts';

export type Desk = {
  readonly unitId: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  /** Its share of the dossiers, as a number beside those of other desks: 0.5 to 2.48, the same in every installation. */
  readonly weight: number;
};
export type Handler = { readonly staffId: string; readonly title: string };

/** What dossiers of one desk, procedure, case and channel have in common over a time without changes of law or units. */
export type Cell = {
  readonly prepared: Prepared;
  readonly channel: Channel;
  readonly codeRule: CodeRule;
  /** Who may do each step of the plan; empty where the staff of those days are not known. */
  readonly handlers: ReadonlyMap<string, readonly Handler[]>;
  readonly receivers: readonly Handler[];
  readonly returners: readonly Handler[];
};

/** All one-stop desks of all times, in an order that is the same in every installation of the same content. */
export async function readDesks(db: Pool): Promise<Desk[]> {
  const { rows } = await sql<Desk>`select unit_id "unitId", valid_from "validFrom", valid_to "validTo",
      0.5 + (('x' || left(md5(key), 3))::bit(12)::integer % 100) / 50.0::float8 weight
    from (select v.*, coalesce(u.content_key, v.unit_id::text) key from organisation.unit_version v
      join organisation.unit u on u.id = v.unit_id where v.type = 'one-stop-desk') desk
    order by key collate "C", valid_from`.execute(db);
  return rows;
}

export type Choice = {
  readonly procedureCode: string;
  readonly caseId: string | null;
  readonly channels: readonly Channel[];
};
export type CellBook = {
  /** What the desk takes on the day. */
  choices(deskId: string, day: Day): Promise<readonly Choice[]>;
  /** Undefined where an intake would be refused on the day (a step without a unit, a channel closed). */
  cell(deskId: string, choice: Choice, channel: Channel, day: Day): Promise<Cell | undefined>;
};

const lastOfMonth = (month: string): Day => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`;
};

/**
 * Looks up cells through the same `prepare` an intake uses, and keeps them for as long as law, units and calendar stay
 * the same. Within a month these are compared on its first and last day; where they differ, day by day.
 */
export function createCellBook(ports: DossierPorts): CellBook {
  const choices = new Map<string, Promise<readonly Choice[]>>();
  const cells = new Map<string, Promise<Cell | undefined>>();
  const summaries = new Map<string, Promise<string | undefined>>();
  const offers = new Map<string, Promise<readonly Choice[]>>();
  const staff = new Map<string, Promise<readonly Handler[]>>();

  const kept = <T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const known = map.get(key);
    if (known) return known;
    const made = make();
    map.set(key, made);
    return made;
  };
  const staffOf = (unitId: string, permission: string, day: Day): Promise<readonly Handler[]> =>
    kept(staff, `${unitId} ${permission} ${halfYear(day)}`, async () =>
      (await ports.staffOf(unitId, permission, day)).map(({ staffId, title }) => ({ staffId, title })),
    );

  async function readOffer(level: string | null, day: Day): Promise<readonly Choice[]> {
    const revisions = await ports.listProcedures(level, day, undefined);
    return revisions
      .filter(({ definition }) => definition.steps.length > 1)
      .flatMap(({ definition }) => {
        const channels = (['desk', 'online', 'post'] as const).filter((channel) => definition.channels[channel]);
        const cases = definition.cases.length > 0 ? definition.cases.map((c) => c.id) : [null];
        return cases.map((caseId) => ({ procedureCode: definition.code, caseId, channels }));
      });
  }

  async function readChoices(deskId: string, day: Day): Promise<readonly Choice[]> {
    const authority = await ports.authorityOf(deskId, null, day);
    if (!authority) return [];
    const of = (on: Day): Promise<readonly Choice[]> =>
      kept(offers, `${authority.level ?? ''} ${on}`, () => readOffer(authority.level, on));
    const month = day.slice(0, 7);
    const [first, last] = [await of(`${month}-01`), await of(lastOfMonth(month))];
    return JSON.stringify(first) === JSON.stringify(last) ? first : of(day);
  }

  async function prepared(deskId: string, choice: Choice, channel: Channel, day: Day): Promise<Prepared | undefined> {
    const noon = new Date(`${day}T12:00:00+07:00`);
    try {
      return await prepare(
        ports,
        { procedureCode: choice.procedureCode, caseId: choice.caseId, channel, unitId: deskId, formValues: {} },
        noon,
        true,
      );
    } catch {
      return undefined;
    }
  }
  /** Everything of an intake that time can change, in short; undefined where the desk does not take the procedure that day. */
  async function summary(deskId: string, procedureCode: string, day: Day): Promise<string | undefined> {
    const desk = await ports.findUnit(deskId, day);
    const own = desk && (await ports.authorityOf(deskId, null, day));
    const revision = own && (await ports.findProcedure(procedureCode, own.level, day));
    if (!revision) return undefined;
    const { definition } = revision;
    const authority = definition.decidedAt ? await ports.authorityOf(deskId, definition.decidedAt, day) : own;
    if (!authority) return undefined;
    const units: string[] = [];
    for (const step of definition.steps) units.push((await ports.stepUnit(step, deskId, authority.id, day))?.id ?? '');
    const { revisionId } = await ports.calendarFor(deskId, day);
    // Staff change: their half-years keep cells apart.
    return JSON.stringify([
      revision.id,
      authority.id,
      units,
      revisionId,
      desk.codes,
      authority.codes,
      ports.regimeOn(day),
      halfYear(day),
    ]);
  }

  async function build(
    deskId: string,
    channel: Channel,
    day: Day,
    found: Prepared | undefined,
  ): Promise<Cell | undefined> {
    if (found?.plan[0]?.kind !== 'receive') return undefined;
    const { regime, desk, authority } = found;
    const unitCode = desk.codes[regime.codeUnitScheme] ?? authority.codes[regime.codeUnitScheme];
    if (unitCode === undefined) return undefined;
    const handlers = new Map<string, readonly Handler[]>();
    for (const step of found.plan)
      handlers.set(step.id, await staffOf(step.unitId, PERMISSION_OF_STEP[step.kind], day));
    return {
      prepared: found,
      channel,
      codeRule: { generator: regime.codeGenerator, unitCode, digits: regime.codeDigits },
      handlers,
      receivers: await staffOf(deskId, 'dossier.receive', day),
      returners: await staffOf(deskId, 'dossier.hand-over', day),
    };
  }

  return {
    choices: (deskId, day) => kept(choices, `${deskId} ${day}`, () => readChoices(deskId, day)),
    async cell(deskId, choice, channel, day) {
      const { procedureCode, caseId } = choice;
      const of = (on: Day): Promise<string | undefined> =>
        kept(summaries, `${deskId} ${procedureCode} ${on}`, () => summary(deskId, procedureCode, on));
      const month = day.slice(0, 7);
      const [first, last] = [await of(`${month}-01`), await of(lastOfMonth(month))];
      const facts = first === last ? first : await of(day);
      if (facts === undefined) return undefined;
      return kept(cells, `${deskId} ${caseId ?? ''} ${channel} ${facts}`, async () =>
        build(deskId, channel, day, await prepared(deskId, choice, channel, day)),
      );
    },
  };
}

const halfYear = (day: Day): string => `${day.slice(0, 4)}${day.slice(5) < '07-01' ? 'a' : 'b'}`;
