import type { ReactNode } from 'react';
import { inputId } from '../../core/forms/paths.ts';
import type { WizardFrame } from '../../modules/onestop/portal/rules/filing-views.ts';
import type { PageContext } from '../../modules/onestop/portal/rules/page-context.ts';
import { Note } from '../shared/design/banner.tsx';
import { Button, ButtonRow } from '../shared/design/button.tsx';
import { ErrorList, type FieldProblem } from '../shared/design/error-list.tsx';
import { AutosaveStatus } from '../shared/forms/autosave-status.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { Layout } from './layout.tsx';
import { instantText, problemTexts, titleText } from './wording.ts';

/** Begins the ids of a form's inputs on a page of the wizard. */
export const FORM_ID_PREFIX = 'f';

/**
 * A page of the filing wizard: where one is, what to mend, the page's own content inside one form that posts, and
 * what happens to the draft. `autosave`: the script may save while one types; without script every button saves.
 */
export function WizardPage({
  ctx,
  frame,
  heading,
  help,
  multipart = false,
  autosave = false,
  submitLabel,
  fieldProblems = [],
  children,
}: {
  ctx: PageContext;
  frame: WizardFrame;
  heading: string;
  help?: string | undefined;
  multipart?: boolean;
  autosave?: boolean;
  submitLabel?: string;
  /** Errors of fields, told after the frame's own problems. */
  fieldProblems?: readonly FieldProblem[];
  children: ReactNode;
}) {
  const t = useTranslate();
  const problems = [...problemTexts(t, frame.problems), ...fieldProblems];
  const at = frame.steps.findIndex((step) => step.state === 'current');
  const title = t('portal.filing.title', { heading, procedure: frame.procedureName });
  return (
    <Layout ctx={ctx} title={problems.length > 0 ? t('portal.filing.error-title', { title }) : title} robots={false}>
      {frame.training ? <Note tone="warning">{t('portal.offer.training')}</Note> : null}
      {frame.backHref ? (
        <p>
          <a href={frame.backHref}>{t('portal.filing.back')}</a>
        </p>
      ) : null}
      {frame.notice ? (
        <Note>
          <p role="status">{t(`portal.filing.notice.${frame.notice}`)}</p>
        </Note>
      ) : null}
      <ErrorList problems={problems} />
      {frame.revealed.length > 0 ? (
        <Note>
          <p role="status">{t('portal.filing.revealed')}</p>
          <ul>
            {frame.revealed.map((one) => (
              <li key={one.path}>
                <a href={`#${inputId(FORM_ID_PREFIX, one.path)}`}>{one.label}</a>
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      <p className="hint-inline">{frame.procedureName}</p>
      <p className="hint-inline">{t('portal.filing.step-of', { step: at + 1, count: frame.steps.length })}</p>
      <h1>{heading}</h1>
      {help ? <p>{help}</p> : null}
      <form
        method="post"
        action={frame.action}
        noValidate
        encType={multipart ? 'multipart/form-data' : undefined}
        data-autosave-url={autosave ? `${frame.action}?luu=1` : undefined}
        className="wizard"
      >
        <input type="hidden" name="version" value={frame.version} />
        {/* The first submit button is what Enter presses: it must lead on, not add or remove. */}
        <button type="submit" name="op" value="next" className="visually-hidden" tabIndex={-1} aria-hidden="true">
          {t('portal.filing.next')}
        </button>
        {children}
        <ButtonRow>
          <Button name="op" value="next">
            {submitLabel ?? t('portal.filing.next')}
          </Button>
          <Button name="op" value="save" look="secondary">
            {t('portal.filing.save')}
          </Button>
        </ButtonRow>
        <AutosaveStatus savedText={t('portal.filing.saved', { when: instantText(frame.savedAt) })} />
      </form>
      {frame.resumeCode ? (
        <Note>
          <p>
            {t('portal.filing.resume-code')}: <strong className="code">{frame.resumeCode}</strong>
          </p>
          <p>{t('portal.filing.resume-text')}</p>
        </Note>
      ) : null}
      <WizardSteps frame={frame} />
    </Layout>
  );
}

function WizardSteps({ frame }: { frame: WizardFrame }) {
  const t = useTranslate();
  return (
    <nav aria-label={t('portal.filing.steps')} className="wizard-steps">
      <h2>{t('portal.filing.steps')}</h2>
      <ol>
        {frame.steps.map((step) => (
          <li key={step.id}>
            {step.state === 'done' ? (
              <a href={step.href}>{titleText(t, step.title)}</a>
            ) : (
              <span aria-current={step.state === 'current' ? 'step' : undefined}>{titleText(t, step.title)}</span>
            )}
            <span className="hint-inline"> {t(`portal.filing.state.${step.state}`)}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
