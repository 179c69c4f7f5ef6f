// A process of its own with the real clock of its machine, for `clock-moved.test.ts`: makes the warnings that are due,
// sends the digests, tells by JSON what the time is to it. Argument: address of the database.
import { createClock } from '../../../../platform/config/config.ts';
import { openDb } from '../../../../platform/db/open.ts';
import { createLog } from '../../../../platform/log/log.ts';
import { fixturePorts, freshState } from '../../dossiers/testing/world.ts';
import { createWarningService } from '../index.ts';
import { officeCalendar } from './office.ts';
import { warningPorts } from './warned-world.ts';

const db = openDb(process.argv[2] ?? '', 2);
const clock = createClock(0);
const calendar = officeCalendar();
const dossierPorts = fixturePorts(freshState());
dossierPorts.calendarFor = async () => ({ revisionId: '01890000-0000-7000-8000-000000000091', calendar });
dossierPorts.calendarRevision = async () => calendar;
const warnings = createWarningService({
  db,
  clock,
  log: createLog('silent'),
  ports: warningPorts(dossierPorts, clock, { calendar, recipientFor: async (staffId) => staffId }),
  inboxUrl: 'https://example.vn/can-bo/canh-bao',
});
while (await warnings.evaluate());
const digests = await warnings.sendDigests();
process.stdout.write(JSON.stringify({ now: clock.now().toISOString(), digests }));
await db.destroy();
