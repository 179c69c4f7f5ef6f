import type { StaffActor } from '../../core/access/actor.ts';
import { type IndicatorSet, leavesOf, type ScoringRule } from '../../core/scoring/index.ts';
import { addDays, dayOf } from '../../core/time/index.ts';
import { type Random, seededRandom } from '../../modules/insight/surveys/rules/random.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';
import { unitOf } from './unit-of.ts';

/** Part of every name, so that nobody takes these points for anybody's. */
export const INVENTED = 'số liệu giả định của bản trình diễn';
export const NOTE = 'Số giả định của bản trình diễn';

export type DemoSet = {
  readonly code: string;
  readonly basedOn: string;
  readonly name: string;
  /** What differs from the set it is copied from. */
  readonly change: Partial<Pick<IndicatorSet, 'level' | 'family' | 'domains' | 'source' | 'note'>>;
};
const COMMUNES: readonly DemoSet[] = [
  {
    code: 'par-index-xa-trinh-dien',
    basedOn: 'par-index-commune-2026',
    name: `Chỉ số cải cách hành chính cấp xã (${INVENTED})`,
    change: {},
  },
  { code: '766-trinh-dien', basedOn: '766-2022', name: `Bộ chỉ số 766 (${INVENTED})`, change: {} },
];
/** Of no family: never compared with the PAR INDEX that was published of these districts. */
const DISTRICTS: DemoSet = {
  code: 'cchc-huyen-trinh-dien',
  basedOn: 'par-index-commune-2026',
  name: `Chỉ số cải cách hành chính cấp huyện (${INVENTED})`,
  change: { level: 'district', family: 'other' },
};

/** Indices of the communes: of the year before published, of this year still open. */
export async function scoreCommunes(system: System, homeUnitIds: readonly string[]): Promise<void> {
  const today = dayOf(system.clock.now());
  const directory = await system.organisation.directory();
  const units = homeUnitIds.filter((id) => directory.unitOn(id, today)?.type === 'administrative');
  const above = directory.unitOn(units[0] ?? '', today)?.parentId;
  if (!above) return;
  const office = await demoHolder(system, above, 'indices.appraise');
  const year = Number(today.slice(0, 4));
  for (const demo of COMMUNES) {
    const set = await makeSet(system, office, above, demo, `${year - 1}-01-01`);
    await scoreYear(system, { office, above, units, set, year: year - 1, until: 'published' });
    await scoreYear(system, { office, above, units, set, year, until: 'open' });
  }
}

/** The five districts of the seeds, each by its own province; the one that shows itself first. */
const SEED_DISTRICTS = [
  { province: '49-quang-nam', districts: ['512-hiep-duc', '519-nong-son', '510-nam-giang'] },
  { province: '51-quang-ngai', districts: ['531-minh-long'] },
  { province: '04-cao-bang', districts: ['052-nguyen-binh'] },
];

/** Indices of the five districts for 2022, published, and of those of Quảng Nam for 2023, still open. */
export async function scoreDistricts(system: System): Promise<void> {
  const idOf = await unitOf(system);
  let set: IndicatorSet | undefined;
  for (const { province, districts } of SEED_DISTRICTS) {
    const above = idOf(province);
    const office = await demoHolder(system, above, 'indices.appraise');
    set ??= await makeSet(system, office, above, DISTRICTS, '2022-01-01');
    const units = districts.map(idOf);
    await scoreYear(system, { office, above, units, set, year: 2022, until: 'published' });
    if (units.length > 1) await scoreYear(system, { office, above, units, set, year: 2023, until: 'open' });
  }
}

/** A set of the demo's own, whose name says that what is scored by it is invented. */
export async function makeSet(
  { indices }: System,
  editor: StaffActor,
  unitId: string,
  { code, basedOn, name, change }: DemoSet,
  validFrom: string,
): Promise<IndicatorSet> {
  await indices.copySet(editor, { basedOn, code, name, unitId, validFrom });
  const { body } = await indices.set(editor, code);
  const about = change.note ?? body.note ?? '';
  const set = { ...body, ...change, note: `${NOTE}: đơn vị có thật, điểm và tỷ lệ bịa. ${about}`.trim() };
  await indices.saveSet(editor, code, { version: 1, body: set });
  await indices.publishSet(editor, code, { version: 2 });
  return set;
}

type Year = {
  readonly office: StaffActor;
  readonly above: string;
  readonly units: readonly string[];
  readonly set: IndicatorSet;
  readonly year: number;
  readonly until: 'published' | 'open';
};

/**
 * One round. Published: every sheet through every stage. Open: the first unit is still scoring itself, the second has sent
 * its sheet, the third is asked to explain.
 */
async function scoreYear(system: System, { office, above, units, set, year, until }: Year): Promise<void> {
  const { indices } = system;
  const { id } = await indices.openRound(office, { setCode: set.id, year, unitId: above, unitIds: [...units] });
  const { rows } = await indices.round(office, id);
  const people = [office];
  for (const [at, unitId] of units.entries()) {
    const sheetId = rows.find((row) => row.unitId === unitId)?.sheetId ?? '';
    const unit = await demoHolder(system, unitId, 'indices.score');
    people.push(unit);
    const one = { system, office, unit, sheetId, random: seededRandom(`${set.id} ${year} ${at}`) };
    const judgedOnes = await scoreItself(one, set, until === 'open' && at === 0);
    if (until === 'open' && at === 0) continue;
    await indices.decideSheet(unit, sheetId, { version: 1, act: 'submit' });
    if (until === 'open' && at === 1) continue;
    const doubted = await appraise(one, judgedOnes, at === 0 ? 2 : 1);
    if (until === 'published') await settle(one, at === 0 ? doubted[0] : undefined);
  }
  if (until === 'open') return;
  const survey = (set.parts ?? []).find((part) => part.id === 'survey');
  if (survey) {
    const random = seededRandom(`${set.id} ${year} survey`);
    const percents = rows.map((row) => ({ unit: row.unitName, percent: 82 + random.below(140) / 10 }));
    await indices.importParts(office, id, { partId: survey.id, source: `Điều tra giả định (${NOTE})`, rows: percents });
  }
  await indices.decideRound(office, id, { version: 1, act: 'freeze' });
  await indices.decideRound(office, id, { version: 2, act: 'publish' });
  for (const person of people) await readAbout(system, person, set.name);
}

/** What was done last year waits for nobody. */
export async function readAbout({ notifications }: System, person: StaffActor, name: string): Promise<void> {
  const { rows } = await notifications.listMine(person, { limit: 50 });
  for (const { id, body, readAt } of rows)
    if (readAt === null && body.startsWith(name)) await notifications.readMine(person, id);
}

type One = {
  readonly system: System;
  readonly office: StaffActor;
  readonly unit: StaffActor;
  readonly sheetId: string;
  readonly random: Random;
};
type Judged = { readonly id: string; readonly points: number };

/**
 * Counts a rule makes points of, points where somebody judges; what a metric counts is left to it.
 * @returns the criteria that were judged, of more than two points
 */
async function scoreItself(
  { system, unit, sheetId, random }: One,
  set: IndicatorSet,
  half: boolean,
): Promise<Judged[]> {
  const leaves = leavesOf(set, set.level === 'any' ? 'commune' : set.level);
  const given = leaves.slice(0, half ? Math.ceil(leaves.length / 2) : leaves.length).map(({ criterion }) => {
    const { id: criterionId, max, rule } = criterion;
    const value =
      rule === undefined || rule.kind === 'manual' ? { points: judged(max, random) } : counted(rule, random);
    return { criterionId, note: NOTE, ...value };
  });
  await system.indices.scoreMany(unit, sheetId, given, { leaveAutomatic: true });
  return given.flatMap((each) =>
    'points' in each && each.points > 2 ? [{ id: each.criterionId, points: each.points }] : [],
  );
}

/** Half points, at least three fifths of the maximum. */
const judged = (max: number, random: Random): number => {
  const halves = Math.floor(max * 2);
  return (halves - random.below(Math.floor(halves * 0.4) + 1)) / 2;
};

function counted(rule: ScoringRule, random: Random): { numerator: number; denominator: number } {
  // A threshold of everything asks of one thing whether it was done.
  if (rule.kind === 'threshold' && rule.at === 1) return { numerator: 1, denominator: 1 };
  const denominator = rule.kind === 'checklist' ? 4 + random.below(9) : 12 + random.below(60);
  return { numerator: denominator - random.below(Math.ceil(denominator * 0.3) + 1), denominator };
}

const DOUBTS = [
  'Tài liệu kiểm chứng thiếu quý IV; trừ phần chưa có căn cứ (lý do giả định).',
  'Một trường hợp bị nhắc nhở trong năm (lý do giả định).',
];

/** The office gives some criteria fewer points, with reasons, takes the rest and asks the unit to explain. */
async function appraise(
  { system: { indices }, office, sheetId }: One,
  judgedOnes: readonly Judged[],
  count: number,
): Promise<readonly Judged[]> {
  const doubted = judgedOnes.slice(0, count);
  for (const [at, { id, points }] of doubted.entries()) {
    const less = { criterionId: id, version: 1, points: points - 0.5 * (at + 1), reason: DOUBTS[at] ?? '' };
    await indices.appraise(office, sheetId, less);
  }
  await indices.accept(office, sheetId, { version: 2 });
  await indices.decideSheet(office, sheetId, { version: 2, act: 'send' });
  return doubted;
}

/** The unit explains a doubt and is right about it, and what it lost elsewhere becomes a task; or it stays silent. */
async function settle({ system: { indices, clock }, office, unit, sheetId }: One, doubt?: Judged): Promise<void> {
  if (!doubt) {
    const reason = 'Đơn vị không giải trình trong hạn (giả định).';
    await indices.decideSheet(office, sheetId, { version: 3, act: 'settle', reason });
    return;
  }
  const criterionId = doubt.id;
  const text = 'Đã gửi bổ sung báo cáo quý IV (giả định).';
  await indices.explain(unit, sheetId, { criterionId, version: 2, text });
  await indices.decideSheet(unit, sheetId, { version: 3, act: 'answer' });
  const again = { criterionId, version: 3, points: doubt.points, reason: 'Chấp nhận giải trình (giả định).' };
  await indices.appraise(office, sheetId, again);
  await indices.decideSheet(office, sheetId, { version: 4, act: 'settle' });
  const { lost, owners, may } = await indices.sheet(unit, sheetId);
  const [most, owner] = [lost[0], owners[0]];
  if (!may.act || !most || !owner) return;
  await indices.addAction(unit, sheetId, {
    criterionId: most.id,
    title: `Khắc phục điểm trừ: ${most.name}`,
    ownerStaffId: owner.id,
    dueDay: addDays(dayOf(clock.now()), 45),
  });
}
