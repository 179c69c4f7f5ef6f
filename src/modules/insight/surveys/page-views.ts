import type { PageProblem } from '../../onestop/portal/rules/page-context.ts';
import type {
  SurveyFigure,
  SurveyQuestionView,
  SurveyResultView,
  SurveyView,
} from '../../onestop/portal/rules/survey-views.ts';
import { choicesOf, type Question, type Questionnaire } from './rules/questionnaire.ts';
import type { SurveyResults } from './rules/result-document.ts';

type Asked = { readonly name: string; readonly form: Questionnaire; readonly openTo: string | null };

/**
 * The questionnaire as a page, with what was given and what is wrong with it. Neighbours of one factor share a heading.
 * @param ticket undefined: a preview
 */
export function surveyView(
  asked: Asked,
  ticket: string | undefined,
  kiosk: string,
  given: Readonly<Record<string, unknown>>,
  fields: readonly { readonly path: string; readonly code: string }[],
): SurveyView {
  const sections: { title: string; questions: SurveyQuestionView[] }[] = [];
  const factorOf = (question: Question): string => (question.kind === 'text' ? '' : (question.factor ?? ''));
  let last: string | undefined;
  for (const question of asked.form.questions) {
    const factor = factorOf(question);
    const title = asked.form.factors.find((each) => each.id === factor)?.name ?? '';
    if (factor !== last) sections.push({ title, questions: [] });
    last = factor;
    const value = given[question.id];
    sections.at(-1)?.questions.push({
      id: question.id,
      text: question.text,
      optional: question.optional ?? false,
      value: typeof value === 'string' ? value : '',
      choices: choicesOf(asked.form, question).map(({ id, text }) => ({ value: id, label: text })),
    });
  }
  const textOf = new Map(asked.form.questions.map(({ id, text }) => [id, text]));
  const problems = fields.map(({ path, code }): PageProblem => {
    const id = path.slice('answers/'.length);
    const key = code === 'missing' ? 'portal.survey.missing' : 'portal.survey.value';
    return { id: `q-${id}`, key, params: { question: textOf.get(id) ?? id } };
  });
  const { name, form, openTo } = asked;
  return {
    name,
    intro: form.intro ?? '',
    until: openTo,
    action: ticket === undefined ? null : `/khao-sat/${encodeURIComponent(ticket)}`,
    kiosk,
    sections,
    problems,
  };
}

/** A figure of frozen results as public pages show it. */
export const figure = (id: string, name: string, shown: SurveyResults['overall']): SurveyFigure => ({
  id,
  name,
  n: shown.n,
  hidden: shown.hidden,
  percent: shown.result?.percent ?? null,
  low: shown.result?.low ?? null,
  high: shown.result?.high ?? null,
});

/** Frozen results as the public page shows them. @param satisfied answers of the scale that count as satisfied */
export function resultView(results: SurveyResults, satisfied: readonly string[]): SurveyResultView {
  return {
    code: results.code,
    name: results.name,
    unitName: results.unitName,
    finished: { from: results.finishedFrom, to: results.finishedTo },
    open: { from: results.openFrom, to: results.openTo },
    minimum: results.minimum,
    frame: results.frame,
    drawn: results.drawn,
    weighted: results.weighted,
    satisfied,
    source: results.source,
    verified: results.verified,
    overall: figure('', '', results.overall),
    groups: results.groups.map((group) => figure(group.groupId, group.name, group)),
    together: (results.together ?? []).map((one) => figure(one.unitId, one.name, one)),
    togetherGroups: (results.together ?? []).every((one) => one.groups)
      ? (results.together ?? []).flatMap(({ unitId, name, groups = [] }) =>
          groups.map((one) => figure(`${unitId} ${one.groupId}`, `${name} – ${one.name}`, one)),
        )
      : null,
    units: results.units.map((unit) => figure(unit.unitId, unit.name, unit)),
    factors: results.factors.map((factor) => figure(factor.id, factor.name, factor)),
    criteria: results.criteria.map((one) => figure(one.id, one.text, one)),
  };
}
