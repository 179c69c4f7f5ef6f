import { useRef, useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  enterSurveyAnswer,
  getSurvey,
  listSurveyPapers,
  listSurveySample,
  type SurveyPageType,
} from '../../../../modules/insight/surveys/contract.ts';
import { checkAnswers } from '../../../../modules/insight/surveys/rules/answers.ts';
import { choicesOf } from '../../../../modules/insight/surveys/rules/questionnaire.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button } from '../../../shared/design/button.tsx';
import { ErrorList, type FieldProblem, problemOf } from '../../../shared/design/error-list.tsx';
import { RadioField, TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { MissedCall } from './missed-call.tsx';

/** The field of the code of a paper or dossier. */
export const REFERENCE = 'entry-reference';

type Entered = ReplyOf<typeof enterSurveyAnswer>;

/** One paper typed, or one call written down; then the next. */
export function EntryForm({
  page,
  way,
  reference,
  onReference,
}: {
  page: SurveyPageType;
  way: 'paper' | 'phone';
  reference: string;
  onReference: (reference: string) => void;
}) {
  const t = useTranslate();
  const form = useRef<HTMLFormElement>(null);
  const [last, setLast] = useState<Entered>();
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const { act, busy, error } = useAct([getSurvey, listSurveyPapers, listSurveySample]);

  const missingReference: FieldProblem = { id: REFERENCE, message: t('surveys.reference-missing') };

  /** Nothing of the one before stays in the form. */
  function next(): void {
    setProblems([]);
    form.current?.reset();
    onReference('');
    document.getElementById(REFERENCE)?.focus();
  }

  async function send(filled: HTMLFormElement): Promise<void> {
    const typed = new FormData(filled);
    const answers: Record<string, string> = {};
    for (const question of page.form.questions) {
      const value = typed.get(`q-${question.id}`);
      if (typeof value === 'string' && value !== '') answers[question.id] = value;
    }
    const checked = checkAnswers(page.form, answers);
    const missing = checked.ok ? [] : checked.problems.map((problem) => problem.questionId);
    const found = page.form.questions.flatMap(({ id }, at) =>
      missing.includes(id) ? [{ id: `q-${id}`, message: t('surveys.unanswered', { no: at + 1 }) }] : [],
    );
    if (reference.trim() === '') found.unshift(missingReference);
    setProblems(found);
    setLast(undefined);
    if (found.length > 0) return goTo(found[0]?.id ?? '');
    let entered: Entered | undefined;
    const ok = await act(async () => {
      const body = { channel: way, reference, answers };
      entered = await call(enterSurveyAnswer, { params: { id: page.id }, body });
    });
    if (!ok) return;
    setLast(entered);
    next();
  }

  return (
    <form
      ref={form}
      className="panel typed-paper"
      noValidate
      aria-label={t(`surveys.entry.${way}`)}
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <h2>{t(`surveys.entry.${way}`)}</h2>
      {last ? (
        <div role="status">
          <Note tone={last.outcome === 'differs' ? 'warning' : 'success'}>
            {t(`surveys.outcome.${last.outcome}`, { no: last.paperId?.slice(-6) ?? '' })}
            {last.outcome === 'differs' ? (
              <>
                {' '}
                <a href="#entry-papers">{t('surveys.papers')}</a>
              </>
            ) : null}
          </Note>
        </div>
      ) : null}
      <ErrorList problems={problems} />
      <FailureNote error={error} />
      {way === 'phone' ? (
        <p className="note">{t('surveys.script', { unit: page.unitName, until: showDay(page.openTo) })}</p>
      ) : (
        <p className="hint">{t('surveys.paper-text')}</p>
      )}
      <TextField
        id={REFERENCE}
        label={t('surveys.reference')}
        hint={t(way === 'phone' ? 'surveys.reference-hint-phone' : 'surveys.reference-hint')}
        error={problemOf(problems, REFERENCE)}
        value={reference}
        maxLength={60}
        autoComplete="off"
        code
        onChange={(event) => onReference(event.currentTarget.value)}
      />
      {way === 'phone' ? (
        <MissedCall
          surveyId={page.id}
          reference={reference}
          onMissing={() => {
            setProblems([missingReference]);
            goTo(REFERENCE);
          }}
          onNoted={() => {
            setLast(undefined);
            next();
          }}
        />
      ) : null}
      {page.form.questions.map((question, at) => {
        const label = `${at + 1}. ${question.text}`;
        const name = `q-${question.id}`;
        return question.kind === 'text' ? (
          <TextAreaField
            key={name}
            id={name}
            name={name}
            label={label}
            error={problemOf(problems, name)}
            maxLength={2000}
            rows={2}
            optional={question.optional ?? false}
          />
        ) : (
          <RadioField
            key={name}
            id={name}
            name={name}
            label={label}
            error={problemOf(problems, name)}
            options={[
              ...choicesOf(page.form, question).map((choice, place) => ({
                value: choice.id,
                label: question.kind === 'scale' ? `${place + 1} – ${choice.text}` : choice.text,
              })),
              ...(question.optional ? [{ value: '', label: t('surveys.left-out') }] : []),
            ]}
          />
        );
      })}
      <Button disabled={busy}>{t('surveys.entry-save')}</Button>
    </form>
  );
}

/** The first thing to mend comes into sight; of a question its first choice takes the focus. */
function goTo(id: string): void {
  const place = document.getElementById(id);
  (place?.querySelector('input') ?? place)?.focus();
}
