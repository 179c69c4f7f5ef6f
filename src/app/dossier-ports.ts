import type { Day } from '../core/time/index.ts';
import type { CalendarService } from '../modules/foundation/calendar/index.ts';
import type { FilesService } from '../modules/foundation/files/index.ts';
import {
  authorityName,
  lastVersionOn,
  type OrganisationService,
  type UnitDirectory,
  type UnitLevel,
  type UnitVersion,
} from '../modules/foundation/organisation/index.ts';
import {
  loadRegimes,
  type RegimeAspect,
  type RegimeEntry,
  resolveRegime,
} from '../modules/foundation/reference/index.ts';
import type { DossierPorts, RegimeFacts, UnitFacts } from '../modules/onestop/dossiers/index.ts';
import type { ProceduresService } from '../modules/onestop/procedures/index.ts';
import { createRegisterBooks } from './register-books.ts';

/** Levels as procedures name them (`xa`) and as the organisation does (`commune`). */
const LEVELS: Readonly<Record<string, UnitLevel>> = {
  tinh: 'province',
  huyen: 'district',
  xa: 'commune',
  bo: 'national',
};
const procedureLevel = (level: string): string | null =>
  Object.entries(LEVELS).find(([, own]) => own === level)?.[0] ?? null;

export type DossierPortDeps = {
  readonly organisation: OrganisationService;
  readonly calendar: CalendarService;
  readonly procedures: ProceduresService;
  readonly files: FilesService;
};

/**
 * A unit's code in a scheme that has not issued it one yet: made of the province's code and the statistical code, unique
 * within the province. Shown as unverified on the administrator's page.
 */
export function provisionalCode(scheme: 'qd20' | 'tt10', province: string, gso: string): string {
  if (scheme === 'qd20') return `${province}.${gso}`;
  const padded = gso.padStart(5, '0');
  return `${padded.slice(2)}.${padded.slice(0, 2)}.00.${province}`;
}

function codesOf(units: UnitDirectory, unitId: string, day: Day): Record<string, string> {
  const codes: Record<string, string> = {};
  const path = units.pathOn(unitId, day);
  const province = path.find((u) => u.level === 'province' && u.type === 'administrative');
  const provinceCode = province ? units.codeOn(province.unitId, 'qd20', day) : undefined;
  for (const scheme of ['qd20', 'tt10'] as const) {
    const own = units.codeOn(unitId, scheme, day);
    const gso = units.codeOn(unitId, 'gso', day);
    if (own) codes[scheme] = own;
    else if (gso && provinceCode && unitId !== province?.unitId)
      codes[scheme] = provisionalCode(scheme, provinceCode, gso);
    else if (provinceCode && unitId === province?.unitId)
      codes[scheme] = scheme === 'qd20' ? provinceCode : `000.00.00.${provinceCode}`;
  }
  return codes;
}

/** Fits the doors of organisation, calendar, procedures and files to what dossiers need. */
export function createDossierPorts({ organisation, calendar, procedures, files }: DossierPortDeps): DossierPorts {
  // Versions never change while their directory lives; a page of a province names hundreds.
  const authorityNames = new WeakMap<UnitVersion, string>();
  const nameOf = (unit: UnitVersion): string => {
    if (unit.type !== 'administrative') return unit.name;
    const name = authorityNames.get(unit) ?? authorityName(unit.name);
    authorityNames.set(unit, name);
    return name;
  };
  const facts = (units: UnitDirectory, unit: UnitVersion, day: Day): UnitFacts => ({
    id: unit.unitId,
    name: nameOf(unit),
    level: procedureLevel(unit.level),
    kind: unit.kind,
    parentId: parentAuthority(units, unit, day),
    codes: codesOf(units, unit.unitId, day),
  });
  const remembered = createMemory();
  const authorityOn = (units: UnitDirectory, unitId: string, level: string | null, day: Day): UnitFacts | undefined => {
    const own = units.authorityOn(unitId, day);
    if (!own || level === null || LEVELS[level] === own.level) return own && facts(units, own, day);
    const above = units.pathOn(own.unitId, day).find((u) => u.type === 'administrative' && u.level === LEVELS[level]);
    return above && facts(units, above, day);
  };
  return {
    findProcedure: (code, level, day) => procedures.findInForce(code, level, day),
    getProcedureRevision: (id) => procedures.getRevision(id),
    localAmounts: (code, day) => procedures.localAmounts(code, day),
    listProcedures: (level, day, q) => procedures.listInForce(level, day, q),
    async findUnit(id, day) {
      const units = await organisation.directory();
      return remembered(units, `unit|${id}|${day}`, () => {
        const unit = units.unitOn(id, day);
        return unit && facts(units, unit, day);
      });
    },
    async authorityOf(unitId, level, day) {
      const units = await organisation.directory();
      return remembered(units, `authority|${unitId}|${level}|${day}`, () => authorityOn(units, unitId, level, day));
    },
    async authoritiesEver(unitIds, day) {
      const units = await organisation.directory();
      const found = unitIds.flatMap((id) => {
        const last = units.historyOf(id).at(-1)?.validTo;
        return units.authorityOn(id, last && last < day ? last : day)?.unitId ?? [];
      });
      return [...new Set(found)];
    },
    async formerUnits(unitIds, day) {
      const units = await organisation.directory();
      return unitIds.flatMap((unitId) => {
        const last = units.historyOf(unitId).at(-1);
        const kind =
          last?.type === 'administrative' ? 'authority' : last?.type === 'one-stop-desk' ? 'desk' : undefined;
        const closedOn = last?.validTo;
        return last && kind && closedOn && closedOn < day
          ? [{ unitId, name: nameOf(last), kind, closedOn } as const]
          : [];
      });
    },
    async stepUnit(step, receivedBy, decidedBy, day) {
      const units = await organisation.directory();
      const { at, office, level, role } = step;
      return remembered(units, `step|${at}|${office}|${level}|${role}|${receivedBy}|${decidedBy}|${day}`, () => {
        if (at === 'desk') {
          const unit = units.unitOn(receivedBy, day);
          return unit && facts(units, unit, day);
        }
        const authority = authorityOn(units, decidedBy, level ?? null, day);
        if (!authority) return undefined;
        const kind = at === 'office' ? (office ?? 'van-phong') : role === 'clerk' ? 'van-thu' : 'lanh-dao';
        const found = units.officeOn(authority.id, kind, day);
        return found ? facts(units, found, day) : at === 'authority' ? authority : undefined;
      });
    },
    async unitNames(ids, day) {
      const units = await organisation.directory();
      return new Map(
        ids.flatMap((id) => {
          const unit = lastVersionOn(units, id, day);
          return unit ? [[id, nameOf(unit)] as const] : [];
        }),
      );
    },
    ...createRegisterBooks(organisation),
    staffNames: (ids) => organisation.staffNames(ids),
    staffOf: (unitId, permission, day) => organisation.staffOf(unitId, permission, day),
    calendarFor: (unitId, day) => calendar.getCalendarFor(unitId, day),
    calendarRevision: (revisionId) => calendar.getRevision(revisionId),
    regimeOn: createRegimeOn(),
    async attachFiles(trx, ids, from, dossierId) {
      await files.move(trx, ids, from, { type: 'dossier', id: dossierId });
      const listed = await files.listOf(trx, { type: 'dossier', id: dossierId });
      return new Map(listed.map((file) => [file.id, file.name]));
    },
  };
}

/** More answers than a district asks for in a day; then everything is asked anew. */
const MOST_REMEMBERED = 20_000;

/**
 * Remembers what was found in a directory: each step of each dossier asks for the same few units of a day. A directory
 * never changes (a change of units makes a new one), so nothing here grows old.
 */
function createMemory(): (
  units: UnitDirectory,
  key: string,
  find: () => UnitFacts | undefined,
) => UnitFacts | undefined {
  const memory = new WeakMap<UnitDirectory, Map<string, UnitFacts | undefined>>();
  return (units, key, find) => {
    let answers = memory.get(units);
    if (!answers || answers.size > MOST_REMEMBERED) {
      answers = new Map();
      memory.set(units, answers);
    }
    if (answers.has(key)) return answers.get(key);
    const found = find();
    answers.set(key, found);
    return found;
  };
}

/** The people's committee above a unit: of an office its own, of a commune the district's or province's. */
function parentAuthority(units: UnitDirectory, unit: UnitVersion, day: Day): string | null {
  const above = units.pathOn(unit.unitId, day).slice(1);
  return above.find((u) => u.type === 'administrative')?.unitId ?? null;
}

function createRegimeOn(): (day: Day) => RegimeFacts {
  const table = loadRegimes();
  const cache = new Map<Day, RegimeFacts>();
  const entry = <A extends RegimeAspect>(aspect: A, day: Day): RegimeEntry<A> => {
    const resolved = resolveRegime(table, aspect, day);
    if (!resolved.ok) throw new Error(`no regime of ${aspect} on ${day}`);
    return resolved.entry;
  };
  return (day) => {
    const known = cache.get(day);
    if (known) return known;
    const code = entry('dossier-code', day).value;
    const supplement = entry('supplement', day).value;
    const made: RegimeFacts = {
      id: entry('channels', day).id.replace('channels-', ''),
      formSet: entry('forms', day).value.set,
      codeGenerator: code.generator,
      codeUnitScheme: code.unitScheme,
      codeDigits: code.sequenceDigits,
      supplementPolicy: supplement.policy,
      supplementDays: supplement.answerWorkingDays,
      classifyRule: entry('classification', day).value.rule,
    };
    if (cache.size > 5000) cache.clear();
    cache.set(day, made);
    return made;
  };
}
