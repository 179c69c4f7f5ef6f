import { flushSync } from 'react-dom';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import type { Question, Questionnaire } from '../../../../modules/insight/surveys/rules/questionnaire.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { Tick } from '../../ui/tick.tsx';
import { freshId } from './form-head.tsx';

const KINDS = ['scale', 'choice', 'yes-no', 'text'] as const;
type Kind = (typeof KINDS)[number];

/** The questions of a draft: added, moved, removed; each with its kind, factor and weight. */
export function FormQuestions({
  draft,
  onChange,
  wrong,
}: {
  draft: Questionnaire;
  onChange: (next: Questionnaire) => void;
  wrong: (id: string) => string | undefined;
}) {
  const t = useTranslate();
  const { questions } = draft;
  const put = (next: readonly Question[]): void => onChange({ ...draft, questions: [...next] });
  const move = (at: number, by: -1 | 1): void => {
    const next = [...questions];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    put(next);
  };
  return (
    <section aria-labelledby="form-questions">
      <h2 id="form-questions">{t('surveys.questions')}</h2>
      {questions.map((question, at) => (
        <fieldset className="panel" key={question.id}>
          <legend>{t('surveys.question-no', { no: at + 1 })}</legend>
          <QuestionFields
            draft={draft}
            question={question}
            wrong={wrong}
            onQuestion={(next) => put(questions.map((each, n) => (n === at ? next : each)))}
          />
          <ButtonRow>
            <Button type="button" look="secondary" small disabled={at === 0} onClick={() => move(at, -1)}>
              {t('surveys.up')}
              <span className="visually-hidden"> {at + 1}</span>
            </Button>
            <Button
              type="button"
              look="secondary"
              small
              disabled={at === questions.length - 1}
              onClick={() => move(at, 1)}
            >
              {t('surveys.down')}
              <span className="visually-hidden"> {at + 1}</span>
            </Button>
            <Button
              type="button"
              look="link"
              disabled={questions.length === 1}
              onClick={() => put(questions.filter((_, n) => n !== at))}
            >
              {t('surveys.remove')}
              <span className="visually-hidden"> {at + 1}</span>
            </Button>
          </ButtonRow>
        </fieldset>
      ))}
      <p>
        <Button
          type="button"
          look="secondary"
          onClick={() => {
            const id = freshId(
              'q',
              questions.map((question) => question.id),
            );
            const [factor] = draft.factors;
            flushSync(() =>
              put([...questions, { id, kind: 'scale', text: '', ...(factor ? { factor: factor.id } : {}) }]),
            );
            document.getElementById(`question-${id}-text`)?.focus();
          }}
        >
          {t('surveys.add-question')}
        </Button>
      </p>
    </section>
  );
}

/** The question with another kind: what both have stays. */
function asKind(question: Question, kind: Kind): Question {
  const { id, text } = question;
  const optional = question.optional ? { optional: true } : {};
  const factor = question.kind !== 'text' && question.factor !== undefined ? { factor: question.factor } : {};
  switch (kind) {
    case 'scale':
      return { id, text, kind, ...optional, ...factor };
    case 'choice':
      return {
        id,
        text,
        kind,
        ...optional,
        options: [
          { id: 'o1', text: 'A' },
          { id: 'o2', text: 'B' },
        ],
      };
    case 'yes-no':
      return { id, text, kind, ...optional, ...factor, ...('factor' in factor ? { good: 'yes' as const } : {}) };
    case 'text':
      return { id, text, kind, optional: true };
  }
}

type Scored = Exclude<Question, { kind: 'text' }>;

function withFactor(question: Scored, factor: string): Question {
  const { factor: _f, weight: _w, ...rest } = question;
  if (factor === '') return rest;
  const weight = question.weight === undefined ? {} : { weight: question.weight };
  if (rest.kind === 'yes-no') return { good: 'yes', ...rest, ...weight, factor };
  return { ...rest, ...weight, factor };
}

/** What is no weight stays as `NaN`, which `unfinishedParts` tells: nothing typed is dropped without a word. */
function withWeight(question: Scored, typed: string): Question {
  const { weight: _, ...rest } = question;
  if (typed.trim() === '') return rest;
  const weight = /^\d{1,3}([.,]\d{1,2})?$/.test(typed.trim()) ? Number(typed.trim().replace(',', '.')) : Number.NaN;
  return { ...rest, weight };
}

function QuestionFields({
  draft,
  question,
  wrong,
  onQuestion,
}: {
  draft: Questionnaire;
  question: Question;
  wrong: (id: string) => string | undefined;
  onQuestion: (next: Question) => void;
}) {
  const t = useTranslate();
  const id = `question-${question.id}`;
  return (
    <>
      <TextField
        id={`${id}-text`}
        label={t('surveys.question-text')}
        error={wrong(`${id}-text`)}
        value={question.text}
        maxLength={500}
        onChange={(event) => onQuestion({ ...question, text: event.currentTarget.value })}
      />
      <div className="filters">
        <Select
          id={`${id}-kind`}
          label={t('surveys.question-kind')}
          value={question.kind}
          onChange={(value) => onQuestion(asKind(question, KINDS.find((kind) => kind === value) ?? 'scale'))}
          options={KINDS.map((value) => ({ value, label: t(`surveys.question-kinds.${value}`) }))}
        />
        {question.kind === 'text' ? null : (
          <>
            <Select
              id={`${id}-factor`}
              label={t('surveys.factor')}
              value={question.factor ?? ''}
              empty={t('surveys.no-factor')}
              onChange={(factor) => onQuestion(withFactor(question, factor))}
              options={draft.factors.map((factor) => ({ value: factor.id, label: factor.name }))}
            />
            <TextField
              id={`${id}-weight`}
              label={t('surveys.weight')}
              error={wrong(`${id}-weight`)}
              hint={t('surveys.weight-hint')}
              short
              optional
              inputMode="decimal"
              disabled={question.factor === undefined}
              defaultValue={typedNumberVi(question.weight)}
              onChange={(event) => onQuestion(withWeight(question, event.currentTarget.value))}
            />
          </>
        )}
        {question.kind === 'yes-no' && question.factor !== undefined ? (
          <Select
            id={`${id}-good`}
            label={t('surveys.good')}
            value={question.good ?? 'yes'}
            onChange={(good) => onQuestion({ ...question, good: good === 'no' ? 'no' : 'yes' })}
            options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`surveys.${value}`) }))}
          />
        ) : null}
        {question.kind === 'choice' ? (
          <TextAreaField
            id={`${id}-options`}
            label={t('surveys.options')}
            error={wrong(`${id}-options`)}
            hint={t('surveys.options-hint')}
            rows={4}
            defaultValue={question.options
              .map((option) => (option.value === undefined ? option.text : `${option.text} = ${option.value}`))
              .join('\n')}
            onChange={(event) => onQuestion({ ...question, options: readOptions(event.currentTarget.value) })}
          />
        ) : null}
      </div>
      <Tick
        id={`${id}-optional`}
        label={t('surveys.may-skip')}
        checked={question.optional ?? false}
        onChange={(optional) => {
          const { optional: _, ...rest } = question;
          onQuestion(optional ? { ...rest, optional: true } : rest);
        }}
      />
    </>
  );
}

/** One option a line, with ` = percent` behind it where it counts for the index. */
function readOptions(text: string): Extract<Question, { kind: 'choice' }>['options'] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, at) => {
      const [, words = line, value] = /^(.*?)\s*=\s*(\d{1,3})$/.exec(line) ?? [];
      const percent = value === undefined ? undefined : Number(value);
      return { id: `o${at + 1}`, text: words || line, ...(percent === undefined ? {} : { value: percent }) };
    });
}
