import type { StaffActor } from '../../core/access/actor.ts';
import { addDays, type Day, dayOf } from '../../core/time/index.ts';
import { seededRandom } from '../../modules/insight/surveys/rules/random.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';
import { unitOf } from './unit-of.ts';

/** Dossiers asked; about nine in ten answer. */
const ASKED = 90;

/**
 * A closed survey of some authorities over the last quarter, so that results, bars and the index are there to look at.
 * Answers are invented, but go through the service as a call does, and repeat: each place of the scale comes from a seeded
 * stream.
 * @param holderId who asks; absent: the unit above the first
 */
export async function closeFirstSurvey(system: System, unitIds: readonly string[], holderId?: string): Promise<void> {
  const { surveys, organisation, clock } = system;
  const today = dayOf(clock.now());
  const [first] = unitIds;
  const unitId = holderId ?? (first && (await organisation.directory()).unitOn(first, today)?.parentId);
  if (!unitId) return;
  const editor = await demoHolder(system, unitId, 'surveys.edit');
  const caller = await demoHolder(system, unitId, 'surveys.enter');
  const quarterStart = `${today.slice(0, 5)}${String(Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
  const finishedTo = addDays(quarterStart, -1);
  const { id } = await surveys.make(editor, {
    name: `Khảo sát mức độ hài lòng quý ${Math.ceil(Number(finishedTo.slice(5, 7)) / 3)} năm ${finishedTo.slice(0, 4)}`,
    formId: await formInForce(system, editor, unitId, today),
    unitId,
    unitIds: [...unitIds],
    finishedFrom: `${addDays(finishedTo, -85).slice(0, 7)}-01`,
    finishedTo,
    openFrom: quarterStart,
    openTo: today,
    quota: { kind: 'proportional', total: ASKED, minimum: 8 },
    seed: 'trình diễn',
    weighted: true,
    walkIns: false,
    minimum: 5,
  });
  await surveys.act(editor, id, { version: 1, act: 'draw' });
  await surveys.act(editor, id, { version: 2, act: 'open' });
  const { form } = await surveys.get(editor, id);
  const random = seededRandom('câu trả lời trình diễn');
  // All of it before the first answer: who has answered leaves the list.
  const asked: string[] = [];
  for (let page = 1, more = true; more; page++) {
    const { rows, total } = await surveys.sample(caller, id, { page });
    asked.push(...rows.map((row) => row.dossierCode));
    more = rows.length > 0 && asked.length < total;
  }
  for (const dossierCode of asked) {
    if (random.below(10) === 0) continue;
    // Somebody pleased is pleased with nearly everything: that is why answers of one person count as one.
    const pleased = random.below(10) < 8;
    const answers = Object.fromEntries(
      form.questions.flatMap((question) => {
        if (question.kind !== 'scale' || (question.optional && random.below(3) === 0)) return [];
        const doubt = random.below(question.factor === 'feedback' ? 5 : 12) === 0;
        return [[question.id, pleased && !doubt ? 4 + random.below(2) : 2 + random.below(3)]];
      }),
    );
    await surveys.enter(caller, id, { channel: 'phone', reference: dossierCode, answers });
  }
  await surveys.act(editor, id, { version: 3, act: 'close' });
}

/** The same of the district of 2023: it asks about itself and all of its communes, so that the whole is its index. */
export async function surveyDistrict(system: System): Promise<void> {
  const districtId = (await unitOf(system))('512-hiep-duc');
  const communes = (await system.organisation.directory())
    .childrenOn(districtId, dayOf(system.clock.now()))
    .filter((unit) => unit.type === 'administrative');
  await closeFirstSurvey(system, [districtId, ...communes.map((unit) => unit.unitId)], districtId);
}

const SHIPPED = 'sipas-2023';

/** The questionnaire shipped, or before its day one the unit made of it for itself. @returns its id */
async function formInForce({ surveys }: System, editor: StaffActor, unitId: string, day: Day): Promise<string> {
  const { definition } = await surveys.form(editor, SHIPPED);
  if (definition.validFrom <= day) return SHIPPED;
  const { id } = await surveys.makeForm(editor, { fromId: SHIPPED, code: 'hai-long-nam-nhan-to', unitId });
  const validFrom = `${day.slice(0, 4)}-01-01`;
  const source = 'Khung năm nhân tố dùng trước QĐ 1001/QĐ-BNV, theo hiểu biết chung (bản trình diễn)';
  await surveys.saveForm(editor, id, { version: 1, definition: { ...definition, validFrom, source } });
  await surveys.publishForm(editor, id, 2);
  return id;
}
