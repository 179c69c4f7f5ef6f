import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { formatNumberVi } from '../../../../core/text/numbers.ts';
import {
  discardSurveyForm,
  type FormPageType,
  getSurveyForm,
  listSurveyForms,
  publishSurveyForm,
  saveSurveyForm,
} from '../../../../modules/insight/surveys/contract.ts';
import { lintQuestionnaire, type Questionnaire } from '../../../../modules/insight/surveys/rules/questionnaire.ts';
import { unfinishedParts } from '../../../../modules/insight/surveys/rules/unfinished.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { problemOf } from '../../../shared/design/error-list.tsx';
import { Facts } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { FormHead } from './form-head.tsx';
import { FormQuestions } from './form-questions.tsx';
import { placeOf } from './words.ts';

/** A questionnaire: the builder for a draft, the same questions read only once it is final. */
export default function FormScreen() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const form = useCall(getSurveyForm, { params: { id } });
  return (
    <Loaded query={form} title={t('surveys.form')}>
      {(page) => (
        <>
          <ScreenHead title={page.name}>
            <a href={`/api/surveys/forms/${page.id}/preview`} target="_blank" rel="noreferrer">
              {t('surveys.preview')}
            </a>
            <Link to="/khao-sat/phieu">{t('surveys.back-forms')}</Link>
          </ScreenHead>
          {page.mayEdit ? <Builder key={page.version} page={page} /> : <ReadOnly page={page} />}
        </>
      )}
    </Loaded>
  );
}

function Builder({ page }: { page: FormPageType }) {
  const t = useTranslate();
  const [draft, setDraft] = useState<Questionnaire>(page.definition);
  const [changed, setChanged] = useState(false);
  const { act, busy, error } = useAct([getSurveyForm, listSurveyForms]);
  const [tried, setTried] = useState(false);
  const lacking = unfinishedParts(draft);
  const unfinished = lacking.length > 0;
  const findings = (unfinished ? lacking : lintQuestionnaire(draft)).map((finding) => ({
    ...placeOf(t, draft, finding.path),
    message: finding.message,
  }));
  const wrong = (id: string): string | undefined => (tried && unfinished ? problemOf(findings, id) : undefined);
  const change = (next: Questionnaire): void => {
    setDraft(next);
    setChanged(true);
  };
  const params = { id: page.id };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const [first] = unfinished ? findings : [];
        if (first) return document.getElementById(first.id)?.focus();
        void act(
          () => call(saveSurveyForm, { params, body: { version: page.version, definition: draft } }),
          t('surveys.saved'),
        );
      }}
    >
      <Unsaved changed={changed} />
      <FormHead draft={draft} onChange={change} wrong={wrong} />
      <FormQuestions draft={draft} onChange={change} wrong={wrong} />
      {findings.length > 0 ? (
        <Note tone="warning">
          <p>{t(unfinished ? 'surveys.unfinished' : 'surveys.findings', { count: findings.length })}</p>
          <ul>
            {findings.map((finding) => (
              <li key={`${finding.id} ${finding.message}`}>
                <a href={`#${finding.id}`}>{[finding.place, finding.message].filter(Boolean).join(': ')}</a>
              </li>
            ))}
          </ul>
        </Note>
      ) : (
        <Note tone="success">{t('surveys.sound')}</Note>
      )}
      <FailureNote error={error} />
      <ButtonRow>
        <Button disabled={busy || !changed}>{t('surveys.save')}</Button>
        <Button
          type="button"
          look="secondary"
          disabled={busy || changed || findings.length > 0}
          onClick={() =>
            void act(() => call(publishSurveyForm, { params, body: { version: page.version } }), t('surveys.published'))
          }
        >
          {t('surveys.publish')}
        </Button>
      </ButtonRow>
      <p>
        <a href={`/api/surveys/forms/${page.id}/preview`} target="_blank" rel="noreferrer">
          {t('surveys.preview')}
        </a>{' '}
        {changed ? <span className="hint">{t('surveys.preview-saved')}</span> : null}
      </p>
      <p className="hint">{t('surveys.publish-hint')}</p>
      <DiscardDraft page={page} />
    </form>
  );
}

/** Asked twice: the first press says what it does. */
function DiscardDraft({ page }: { page: FormPageType }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const { act, busy, error } = useAct([listSurveyForms]);
  if (!asked)
    return (
      <Button type="button" look="link" onClick={() => setAsked(true)}>
        {t('surveys.discard')}
      </Button>
    );
  const discard = async (): Promise<void> => {
    const body = { version: page.version };
    const done = await act(() => call(discardSurveyForm, { params: { id: page.id }, body }), t('surveys.discarded'));
    if (done) void navigate({ to: '/khao-sat/phieu', ignoreBlocker: true });
  };
  return (
    <Note tone="warning">
      <p>{t('surveys.discard-text')}</p>
      <FailureNote error={error} />
      <ButtonRow>
        <Button type="button" small disabled={busy} onClick={() => void discard()}>
          {t('surveys.discard')}
        </Button>
        <Button type="button" look="link" onClick={() => setAsked(false)}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </Note>
  );
}

function ReadOnly({ page }: { page: FormPageType }) {
  const t = useTranslate();
  const { definition } = page;
  const factorName = new Map(definition.factors.map((factor) => [factor.id, factor.name]));
  return (
    <>
      {page.verified ? null : <Note tone="warning">{t('surveys.unverified', { doubt: definition.doubt ?? '' })}</Note>}
      <Facts
        items={[
          { term: t('surveys.code'), value: <span className="code">{page.code}</span> },
          { term: t('surveys.kind'), value: t(`surveys.kinds.${definition.kind}`) },
          { term: t('surveys.index'), value: t(`surveys.indexes.${definition.index}`) },
          { term: t('surveys.scale'), value: definition.scale.join(' · ') },
          { term: t('surveys.satisfied'), value: definition.scale[definition.satisfiedFrom - 1] },
          { term: t('surveys.valid-from'), value: showDay(definition.validFrom) },
          { term: t('surveys.valid-to'), value: showDay(definition.validTo) },
          { term: t('surveys.source'), value: definition.source },
        ]}
      />
      <h2>{t('surveys.questions')}</h2>
      <ol>
        {definition.questions.map((question) => (
          <li key={question.id}>
            {question.text}{' '}
            <span className="hint">
              {[
                t(`surveys.question-kinds.${question.kind}`),
                question.kind === 'text' ? '' : (factorName.get(question.factor ?? '') ?? ''),
                question.kind !== 'text' && question.weight !== undefined
                  ? t('surveys.weight-text', { weight: formatNumberVi(question.weight) })
                  : '',
                question.optional ? t('surveys.optional') : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
