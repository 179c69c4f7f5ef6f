import path from 'node:path';
import { compileCalendar } from '../../../core/working-time/index.ts';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../reference/index.ts';
import { CalendarFile, definitionOf, HolidayFile } from './rules/calendar-content.ts';

export type ContentCalendar = {
  readonly code: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly revisions: readonly {
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly source: string;
    readonly verified: boolean;
    readonly definition: CalendarFile['revisions'][number]['calendar'];
  }[];
};

/** Reads `content/calendars`; files named `*holidays.yaml` are shared lists. @throws Error where a calendar does not compile. */
export function readCalendars(dir = path.join(CONTENT_DIR, 'calendars')): readonly ContentCalendar[] {
  const isHolidays = (file: string): boolean => file.endsWith('holidays.yaml');
  const files = yamlFilesIn(dir);
  const holidays = new Map(
    files
      .filter(isHolidays)
      .map((file) => readYaml(file, HolidayFile))
      .map((list) => [list.id, list]),
  );
  return files
    .filter((file) => !isHolidays(file))
    .map((file) => readYaml(file, CalendarFile))
    .map((file) => ({
      code: file.id,
      name: file.name,
      isDefault: file.default ?? false,
      revisions: file.revisions.map((revision) => {
        const definition = definitionOf(revision, holidays);
        const compiled = compileCalendar(definition);
        if (!compiled.ok)
          throw new Error(`calendars/${file.id}: ${compiled.errors.map((e) => `${e.path} ${e.message}`).join('; ')}`);
        return {
          validFrom: revision.validFrom,
          validTo: revision.validTo ?? null,
          source: revision.source,
          verified: revision.verified,
          definition,
        };
      }),
    }));
}
