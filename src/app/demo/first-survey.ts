import { addDays, dayOf } from '../../core/time/index.ts';
import { seededRandom } from '../../modules/insight/surveys/rules/random.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';

/** Dossiers asked; about nine in ten answer. */
const ASKED = 90;

/**
 * A closed survey of the communes over the last quarter, so that results, bars and the index are there to look at. Answers
 * are invented, but go through the service as a call does, and repeat: each place of the scale comes from a seeded stream.
 */
export async function closeFirstSurvey(system: System, unitIds: readonly string[]): Promise<void> {
  const { surveys, organisation, clock } = system;
  const today = dayOf(clock.now());
  const [first] = unitIds;
  const parentId = first && (await organisation.directory()).unitOn(first, today)?.parentId;
  if (!parentId) return;
  const editor = await demoHolder(system, parentId, 'surveys.edit');
  const quarterStart = `${today.slice(0, 5)}${String(Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
  const finishedTo = addDays(quarterStart, -1);
  const { id } = await surveys.make(editor, {
    name: `Khảo sát mức độ hài lòng quý ${Math.ceil(Number(finishedTo.slice(5, 7)) / 3)} năm ${finishedTo.slice(0, 4)}`,
    formId: 'sipas-2023',
    unitId: parentId,
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
    const { rows, total } = await surveys.sample(editor, id, { page });
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
    await surveys.enter(editor, id, { channel: 'phone', reference: dossierCode, answers });
  }
  await surveys.act(editor, id, { version: 3, act: 'close' });
}
