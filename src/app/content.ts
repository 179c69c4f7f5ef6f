import type { System } from './system.ts';

/** Puts `content/` into the database: units, roles, calendars, procedures. Unchanged content changes nothing. */
export async function loadContent(system: System): Promise<void> {
  await system.organisation.loadContent();
  await system.calendar.loadContent();
  await system.procedures.loadContent();
}
