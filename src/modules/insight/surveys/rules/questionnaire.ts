import Type, { type Static } from 'typebox';
import { Day } from '../../../../core/contract/fields.ts';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' });
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

const asked = {
  id: Name,
  text: Text(500),
  /** May be left out; asked questions are needed otherwise. */
  optional: Type.Optional(Type.Boolean()),
};
/** What a question adds to the index: the factor it belongs to, and how much it weighs among the others (1 = as much). */
const scored = {
  factor: Type.Optional(Name),
  weight: Type.Optional(Type.Number({ minimum: 0.01, maximum: 100, multipleOf: 0.01 })),
};

export const Question = Type.Union([
  Type.Object({ ...asked, ...scored, kind: Type.Literal('scale') }, closed),
  Type.Object(
    {
      ...asked,
      ...scored,
      kind: Type.Literal('choice'),
      options: Type.Array(
        // value: percent of satisfaction this answer counts for, e.g. A 100, B 60, C 20, D 0; all options have one, or none.
        Type.Object(
          { id: Name, text: Text(200), value: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })) },
          closed,
        ),
        { minItems: 2, maxItems: 20 },
      ),
    },
    closed,
  ),
  Type.Object(
    { ...asked, ...scored, kind: Type.Literal('yes-no'), good: Type.Optional(Type.Enum(['yes', 'no'])) },
    closed,
  ),
  Type.Object({ ...asked, kind: Type.Literal('text') }, closed),
]);
export type Question = Static<typeof Question>;

/** A questionnaire (phiếu hỏi). Published ones never change. */
export const Questionnaire = Type.Object(
  {
    id: Name,
    name: Text(200),
    /** `index`: gives an index of satisfaction; `free`: anything may be asked. */
    kind: Type.Enum(['index', 'free']),
    validFrom: Day,
    validTo: Type.Optional(Day),
    source: Text(500),
    verified: Type.Boolean(),
    doubt: Type.Optional(Text(1000)),
    intro: Type.Optional(Type.String({ maxLength: 2000 })),
    /** Words of the scale from the worst to the best; a scale answer is the place in this list, from 1. */
    scale: Type.Array(Text(60), { minItems: 2, maxItems: 10 }),
    /** From this place on a scale answer counts as satisfied (index `share`). */
    satisfiedFrom: Type.Integer({ minimum: 2, maximum: 10 }),
    /** `share`: share of satisfied answers, as SIPAS; `mean`: mean of the scale brought to 0–100. */
    index: Type.Enum(['share', 'mean']),
    factors: Type.Array(Type.Object({ id: Name, name: Text(200) }, closed), { maxItems: 20 }),
    questions: Type.Array(Question, { minItems: 1, maxItems: 100 }),
  },
  closed,
);
export type Questionnaire = Static<typeof Questionnaire>;

export type Finding = { readonly path: string; readonly message: string };

/** True where answers to the question count for the index. */
export function isScored(question: Question): boolean {
  switch (question.kind) {
    case 'scale':
      return question.factor !== undefined;
    case 'choice':
      return question.factor !== undefined && question.options.every((option) => option.value !== undefined);
    case 'yes-no':
      return question.factor !== undefined && question.good !== undefined;
    case 'text':
      return false;
  }
}

/** Mistakes the shape alone does not show, with their place. Empty: may be published. */
export function lintQuestionnaire(one: Questionnaire): Finding[] {
  const found: Finding[] = [];
  const say = (path: string, message: string): void => void found.push({ path, message });
  if (one.validTo !== undefined && one.validTo < one.validFrom)
    say('validTo', 'Ngày hết hiệu lực đứng trước ngày có hiệu lực.');
  if (one.satisfiedFrom > one.scale.length)
    say('satisfiedFrom', `Thang đo chỉ có ${one.scale.length} mức, không có mức ${one.satisfiedFrom}.`);
  for (const [at, id] of twice(one.factors.map((factor) => factor.id)))
    say(`factors[${at}].id`, `Mã nhân tố “${id}” dùng hai lần.`);
  for (const [at, id] of twice(one.questions.map((question) => question.id)))
    say(`questions[${at}].id`, `Mã câu hỏi “${id}” dùng hai lần.`);
  const factors = new Set(one.factors.map((factor) => factor.id));
  for (const [at, question] of one.questions.entries()) lintQuestion(question, `questions[${at}]`, factors, say);
  const used = new Set(one.questions.flatMap((q) => (q.kind !== 'text' && isScored(q) && q.factor ? [q.factor] : [])));
  for (const [at, factor] of one.factors.entries()) {
    if (!used.has(factor.id)) say(`factors[${at}]`, `Nhân tố “${factor.name}” chưa có câu hỏi nào được tính điểm.`);
  }
  if (one.kind === 'index' && used.size === 0)
    say('questions', 'Phiếu tính chỉ số phải có ít nhất một câu hỏi được tính điểm thuộc một nhân tố.');
  return found;
}

function lintQuestion(
  question: Question,
  path: string,
  factors: ReadonlySet<string>,
  say: (path: string, message: string) => void,
): void {
  if (question.kind === 'text') return;
  if (question.factor !== undefined && !factors.has(question.factor))
    say(`${path}.factor`, `Không có nhân tố “${question.factor}”.`);
  if (question.factor === undefined && question.weight !== undefined)
    say(`${path}.weight`, 'Câu hỏi không thuộc nhân tố nào thì không có trọng số.');
  if (question.kind === 'yes-no' && question.factor !== undefined && question.good === undefined)
    say(`${path}.good`, 'Câu có/không thuộc một nhân tố phải nói câu trả lời nào là hài lòng.');
  if (question.kind !== 'choice') return;
  for (const [at, id] of twice(question.options.map((option) => option.id)))
    say(`${path}.options[${at}].id`, `Mã lựa chọn “${id}” dùng hai lần.`);
  const valued = question.options.filter((option) => option.value !== undefined).length;
  if (question.factor !== undefined && valued < question.options.length)
    say(`${path}.options`, 'Câu lựa chọn thuộc một nhân tố phải ghi điểm phần trăm cho mọi lựa chọn.');
  if (question.factor === undefined && valued > 0)
    say(`${path}.options`, 'Câu lựa chọn không thuộc nhân tố nào thì không có điểm.');
}

function twice(ids: readonly string[]): [number, string][] {
  return ids.flatMap((id, at): [number, string][] => (ids.indexOf(id) < at ? [[at, id]] : []));
}

/** What may be answered to a question, in the order it is offered; none for words. */
export function choicesOf(questionnaire: Questionnaire, question: Question): { id: string; text: string }[] {
  switch (question.kind) {
    case 'scale':
      return questionnaire.scale.map((text, at) => ({ id: String(at + 1), text }));
    case 'choice':
      return question.options.map(({ id, text }) => ({ id, text }));
    case 'yes-no':
      return [
        { id: 'yes', text: 'Có' },
        { id: 'no', text: 'Không' },
      ];
    case 'text':
      return [];
  }
}
