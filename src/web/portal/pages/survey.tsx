import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import type {
  SurveyKioskView,
  SurveyNoteView,
  SurveyQuestionView,
  SurveyView,
} from '../../../modules/onestop/portal/rules/survey-views.ts';
import { Button } from '../../shared/design/button.tsx';
import { ErrorList, type FieldProblem, problemOf } from '../../shared/design/error-list.tsx';
import { RadioField, TextAreaField } from '../../shared/design/field.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { FollowFields } from '../follow-fields.tsx';
import { Layout } from '../layout.tsx';
import { dayText, problemTexts } from '../wording.ts';

/** The questionnaire of a survey, one page, by link or at a counter. */
export function SurveyPage({ props, ctx }: { props: SurveyView; ctx: PageContext }) {
  const t = useTranslate();
  const problems = problemTexts(t, props.problems);
  return (
    <Layout ctx={ctx} title={props.name} robots={false}>
      <h1>{props.name}</h1>
      <ErrorList problems={problems} />
      {props.action === null ? (
        <p className="note">
          <strong>{t('portal.survey.preview')}</strong> {t('portal.survey.preview-text')}
        </p>
      ) : null}
      <p className="lead">
        {t('portal.survey.lead', { day: props.until === null ? t('portal.survey.no-day') : dayText(props.until) })}
      </p>
      {props.intro ? <p>{props.intro}</p> : null}
      <p className="note">{t('portal.survey.anonymous')}</p>
      {props.action === null ? (
        <>
          <Sections sections={props.sections} problems={problems} />
          <Button type="button" disabled>
            {t('portal.survey.submit')}
          </Button>
        </>
      ) : (
        <form method="post" action={props.action} noValidate autoComplete={props.kiosk === '' ? undefined : 'off'}>
          <input type="hidden" name="quay" value={props.kiosk} />
          <Sections sections={props.sections} problems={problems} />
          <Button>{t('portal.survey.submit')}</Button>
        </form>
      )}
      {props.kiosk === '' ? null : (
        <>
          <p>
            <a href={kioskHref(props.kiosk)}>{t('portal.survey.kiosk.leave')}</a>
          </p>
          <CounterIdle kiosk={props.kiosk} />
        </>
      )}
    </Layout>
  );
}

const kioskHref = (kiosk: string): string => `/khao-sat/quay/${kiosk}`;

/**
 * Asked by the script where nobody has touched the page for a while; without a script it stays closed.
 * @param first it is the first page of the counter
 */
function CounterIdle({ kiosk, first = false }: { kiosk: string; first?: boolean }) {
  const t = useTranslate();
  return (
    <dialog
      className="dialog"
      data-counter-home={kioskHref(kiosk)}
      data-counter-first={first ? '' : undefined}
      aria-labelledby="counter-idle"
    >
      <h2 id="counter-idle">{t('portal.survey.kiosk.idle')}</h2>
      <p>{t('portal.survey.kiosk.idle-text')}</p>
      <form method="dialog">
        <Button>{t('portal.survey.kiosk.idle-stay')}</Button>
      </form>
    </dialog>
  );
}

function Sections({ sections, problems }: Pick<SurveyView, 'sections'> & { problems: readonly FieldProblem[] }) {
  return sections.map((section) => (
    <section key={section.questions[0]?.id}>
      {section.title ? <h2>{section.title}</h2> : null}
      {section.questions.map((question) => (
        <Question key={question.id} question={question} problems={problems} />
      ))}
    </section>
  ));
}

function Question({ question, problems }: { question: SurveyQuestionView; problems: readonly FieldProblem[] }) {
  const t = useTranslate();
  const id = `q-${question.id}`;
  const error = problemOf(problems, id);
  if (question.choices.length === 0) {
    return (
      <TextAreaField
        id={id}
        name={id}
        label={question.text}
        error={error}
        defaultValue={question.value}
        maxLength={2000}
        optional={question.optional}
      />
    );
  }
  return (
    <RadioField
      id={id}
      name={id}
      label={question.text}
      error={error}
      value={question.value}
      options={[
        ...question.choices,
        ...(question.optional ? [{ value: '', label: t('portal.survey.no-opinion') }] : []),
      ]}
    />
  );
}

/** Thanks after an answer, or why there is none to give. */
export function SurveyNotePage({ props, ctx }: { props: SurveyNoteView; ctx: PageContext }) {
  const t = useTranslate();
  const title = t(`portal.survey.note.${props.kind}-title`);
  return (
    <Layout ctx={ctx} title={title} robots={false}>
      <h1>{title}</h1>
      <p>{props.kind === 'thanks' ? t('portal.survey.note.thanks') : props.text}</p>
      <p>
        {props.kiosk ? (
          <a className="button" href={kioskHref(props.kiosk)}>
            {t('portal.survey.note.next')}
          </a>
        ) : (
          <>
            <a href="/khao-sat">{t('portal.survey.results.all')}</a>
            {' · '}
            <a href="/">{t('portal.survey.note.home')}</a>
          </>
        )}
      </p>
      {props.kiosk ? <CounterIdle kiosk={props.kiosk} /> : null}
    </Layout>
  );
}

/** A counter in the one-stop desk: who comes proves a finished dossier and answers for it. */
export function SurveyKioskPage({ props, ctx }: { props: SurveyKioskView; ctx: PageContext }) {
  const t = useTranslate();
  const problems = problemTexts(t, props.problems);
  return (
    <Layout ctx={ctx} title={t('portal.survey.kiosk.title')} robots={false}>
      <h1>{t('portal.survey.kiosk.title')}</h1>
      <ErrorList problems={problems} />
      <p className="lead">{props.name}</p>
      <p>{t('portal.survey.kiosk.lead')}</p>
      <form method="post" action={kioskHref(props.code)} noValidate autoComplete="off">
        <FollowFields code={props.dossierCode} codeHint={t('portal.tracking.code-hint')} problems={problems} />
        <Button>{t('portal.survey.kiosk.start')}</Button>
      </form>
      <CounterIdle kiosk={props.code} first />
    </Layout>
  );
}
