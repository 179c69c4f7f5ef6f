import { sql } from 'kysely';
import { addDays, dayOf, instantAt } from '../core/time/index.ts';
import { workingDaysBetween } from '../core/working-time/index.ts';
import type { CalendarService } from '../modules/foundation/calendar/index.ts';
import type { FilesService } from '../modules/foundation/files/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import { findRegisterOn, registersOn } from '../modules/insight/registers/index.ts';
import type { TargetPorts } from '../modules/insight/targets/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import type { Clock } from '../platform/config/config.ts';
import type { Pool } from '../platform/db/open.ts';
import { words } from '../platform/messages/words.ts';
import { createValueOf, type TargetSources } from './target-sources.ts';

/** Fits units, calendars, staff and files to what targets need. */
export function createTargetPorts({
  db,
  clock,
  organisation,
  calendar,
  files,
  dossierPorts,
  sources,
}: {
  readonly db: Pool;
  readonly clock: Clock;
  readonly organisation: OrganisationService;
  readonly calendar: CalendarService;
  readonly files: FilesService;
  readonly dossierPorts: DossierPorts;
  /** Absent: results that are not counted from dossiers are entered by hand. */
  readonly sources?: TargetSources;
}): TargetPorts {
  return {
    directory: () => organisation.directory(),
    valueOf: sources ? createValueOf(sources) : async () => undefined,
    async isRunningTotal(register) {
      const found = await findRegisterOn(db, register, dayOf(clock.now()));
      return found?.overTime === 'latest';
    },
    async registerMeasures(day) {
      const registers = await registersOn(db, day);
      return registers.flatMap((register) =>
        register.measures.map(({ id, name, unit }) => ({
          register: register.id,
          measure: id,
          name: words('server.indices.register-measure', { name, register: register.name }),
          unit,
        })),
      );
    },
    async workingDays(unitId, from, to) {
      const { calendar: hours } = await calendar.getCalendarFor(unitId, from);
      return workingDaysBetween(hours, instantAt(from, '00:00'), instantAt(addDays(to, 1), '00:00'));
    },
    async peopleOf(unitId, day) {
      const directory = await organisation.directory();
      const authority = directory.authorityOn(unitId, day)?.unitId ?? unitId;
      const { rows } = await sql<{ staffId: string; name: string; title: string }>`select distinct on (s.id)
          s.id "staffId", s.full_name "name", p.title from organisation.position p join organisation.staff s on s.id = p.staff_id
        where p.unit_id = any(${[...directory.reachOn(authority, 'authority', day)]}::uuid[])
          and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date)
          and (s.ended_on is null or s.ended_on >= ${day}::date)
        order by s.id, p.main desc`.execute(db);
      return rows.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
    },
    staffNames: (ids) => dossierPorts.staffNames(ids),
    attachEvidence: (trx, fileId, uploader, targetId) =>
      files.move(trx, [fileId], { type: 'upload', id: uploader }, { type: 'target', id: targetId }),
    async evidenceNames(targetId) {
      const listed = await files.listOf(db, { type: 'target', id: targetId });
      return new Map(listed.map((file) => [file.id, file.name]));
    },
  };
}
