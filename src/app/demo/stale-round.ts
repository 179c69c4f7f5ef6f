import { leavesOf } from '../../core/scoring/index.ts';
import { type Day, dayOf } from '../../core/time/index.ts';
import { createIndexService, type IndexService } from '../../modules/insight/indices/index.ts';
import { createRegisterService, registerValue } from '../../modules/insight/registers/index.ts';
import { createIndexPorts } from '../index-ports.ts';
import { createRatedShare } from '../index-ratings.ts';
import type { System } from '../system.ts';
import { createTargetPorts } from '../target-ports.ts';
import { demoHolder } from './demo-staff.ts';
import { type DemoSet, INVENTED, makeSet, NOTE, readAbout } from './index-rounds.ts';
import { pastClock } from './past-clock.ts';

const linear = { kind: 'linear' } as const;
/** Two registers that no other index of the demo looks at. */
const SET: DemoSet = {
  code: 'chuyen-doi-so-trinh-dien',
  basedOn: 'de-an-06-2023',
  name: `Chuyển đổi số cấp xã (${INVENTED})`,
  change: {
    level: 'commune',
    family: 'other',
    source: 'Bộ chỉ số giả định của bản trình diễn, không có văn bản thật',
    note: 'Đợt này để xem việc đo lại số liệu trước khi chốt.',
    domains: [
      {
        id: 'citizens',
        name: 'Công dân số',
        max: 40,
        criteria: [
          {
            id: 'vneid',
            name: 'Công dân đã kích hoạt VNeID',
            max: 40,
            rule: linear,
            metric: 'register:vneid/activated',
          },
        ],
      },
      {
        id: 'office',
        name: 'Cơ quan số',
        max: 60,
        criteria: [
          { id: 'mail', name: 'Dùng hộp thư công vụ', max: 30, rule: linear, metric: 'register:mailboxes/regular' },
          { id: 'plan', name: 'Việc trong kế hoạch chuyển đổi số đã xong', max: 30, rule: { kind: 'checklist' } },
        ],
      },
    ],
  },
};

type Entry = { readonly register: string; readonly periodId: string; readonly day: Day; readonly share: number };
/** What the communes entered when, as a share of what is to be done. */
const beforeSending = (year: number): readonly Entry[] => [
  { register: 'vneid', periodId: `${year}-10`, day: `${year}-11-04`, share: 0.78 },
  { register: 'vneid', periodId: `${year}-11`, day: `${year}-12-03`, share: 0.83 },
  { register: 'mailboxes', periodId: `${year}-Q3`, day: `${year}-10-08`, share: 0.81 },
];
const afterTheYear = (year: number): readonly Entry[] => [
  { register: 'vneid', periodId: `${year}-12`, day: `${year + 1}-01-05`, share: 0.94 },
  { register: 'mailboxes', periodId: `${year}-Q4`, day: `${year + 1}-01-08`, share: 0.92 },
];

/**
 * A round of the year before that is settled and not frozen: its sheets were sent in December, what the communes
 * entered for the whole year came in January. Its page says so, and measuring again shows what moves: points that were
 * accepted follow, those the office gave by hand wait to be confirmed.
 */
export async function leaveRoundUnmeasured(system: System, homeUnitIds: readonly string[]): Promise<void> {
  const today = dayOf(system.clock.now());
  const directory = await system.organisation.directory();
  const units = homeUnitIds.filter((id) => directory.unitOn(id, today)?.type === 'administrative');
  const above = directory.unitOn(units[0] ?? '', today)?.parentId;
  if (!above) return;
  const year = Number(today.slice(0, 4)) - 1;
  const office = await demoHolder(system, above, 'indices.appraise');
  const set = await makeSet(system, office, above, SET, `${year}-01-01`);
  for (const one of beforeSending(year)) await enter(system, units, one);

  const sent = indicesOn(system, `${year}-12-08`);
  const { id } = await sent.openRound(office, { setCode: set.id, year, unitId: above, unitIds: units });
  const { rows } = await sent.round(office, id);
  const judged = indicesOn(system, `${year}-12-18`);
  const people = [office];
  for (const [at, unitId] of units.entries()) {
    const sheetId = rows.find((row) => row.unitId === unitId)?.sheetId ?? '';
    const unit = await demoHolder(system, unitId, 'indices.score');
    people.push(unit);
    const given = leavesOf(set, 'commune').map(({ criterion }) => ({
      ...{ criterionId: criterion.id, note: NOTE },
      ...{ numerator: 18 - at, denominator: 20 },
    }));
    await sent.scoreMany(unit, sheetId, given, { leaveAutomatic: true });
    await sent.decideSheet(unit, sheetId, { version: 1, act: 'submit' });
    // Of the second the office does not take the figure as it is: that stays in doubt when the figure moves.
    if (at === 1) {
      const reason = 'Trừ tài khoản kích hoạt rồi bỏ (lý do giả định).';
      await judged.appraise(office, sheetId, { criterionId: 'vneid', version: 1, points: 28, reason });
    }
    await judged.accept(office, sheetId, { version: 2 });
    await judged.decideSheet(office, sheetId, { version: 2, act: 'send' });
    await judged.decideSheet(unit, sheetId, { version: 3, act: 'answer' });
    await judged.decideSheet(office, sheetId, { version: 4, act: 'settle' });
  }
  for (const one of afterTheYear(year)) await enter(system, units, one);
  for (const person of people) await readAbout(system, person, set.name);
}

/** What each commune had by the end of a period, entered in time by who enters for it. */
async function enter(
  system: System,
  units: readonly string[],
  { register, periodId, day, share }: Entry,
): Promise<void> {
  const { db, organisation, files, dossierPorts } = system;
  const ports = { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files };
  const registers = createRegisterService({ db, clock: pastClock(system, day), ports });
  for (const [at, unitId] of units.entries()) {
    const who = await demoHolder(system, unitId, 'registers.enter');
    const people = 5200 + 1300 * at;
    const done = (of: number): number => Math.round(of * (share - 0.03 * at));
    const [citizens, staff] = [Math.round(0.72 * people), Math.round(0.006 * people)];
    const values =
      register === 'vneid' ? { citizens, activated: done(citizens) } : { staff, given: staff, regular: done(staff) };
    await registers.save(who, register, { unitId, periodId, version: 0, values, evidence: NOTE, reason: NOTE });
  }
}

/** The use cases of indices as they were on a day. */
function indicesOn(system: System, day: Day): IndexService {
  const { db, organisation, calendar, files, dossierPorts, metrics, targets, surveys } = system;
  const clock = pastClock(system, day);
  const ports = { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files };
  const { peopleOf } = createTargetPorts({ db, clock, organisation, calendar, files, dossierPorts });
  const sources = {
    registerValue: (of: Parameters<typeof registerValue>[1], unitId: string, span: { from: Day; to: Day }) =>
      registerValue({ db, clock, ports }, of, unitId, span),
    surveyIndex: surveys.indexOf,
    ratingShare: surveys.ratingShare,
    ratedShare: createRatedShare({ db, clock, organisation }),
    runningSurveys: surveys.runningIndices,
  };
  return createIndexService({
    db,
    clock,
    ports: createIndexPorts({ db, organisation, metrics, files, targets, peopleOf, sources }),
  });
}
