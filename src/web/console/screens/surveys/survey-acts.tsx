import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import {
  actOnSurvey,
  discardSurvey,
  getSurvey,
  listSurveys,
  type SurveyPageType,
} from '../../../../modules/insight/surveys/contract.ts';
import type { SurveyAct } from '../../../../modules/insight/surveys/rules/states.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { DaysForm } from './days-form.tsx';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));

/** What may be done with a survey now, each asked once more in a dialog that says what it does. */
export function SurveyActs({ page }: { page: SurveyPageType }) {
  const t = useTranslate();
  const [open, setOpen] = useState<SurveyAct | 'days' | 'discard'>();
  if (page.acts.length === 0 && !page.mayEnter) return null;
  return (
    <>
      <ButtonRow>
        {page.acts.map((act) => (
          <Button
            key={act}
            type="button"
            small
            look={act === 'draw' && page.state === 'drawn' ? 'secondary' : 'primary'}
            onClick={() => setOpen(act)}
          >
            {t(`surveys.acts.${act}`)}
          </Button>
        ))}
        {page.acts.length > 0 ? (
          <Button type="button" small look="secondary" onClick={() => setOpen('days')}>
            {t('surveys.acts.days')}
          </Button>
        ) : null}
        {page.acts.includes('draw') ? (
          <Button type="button" look="link" onClick={() => setOpen('discard')}>
            {t('surveys.acts.discard')}
          </Button>
        ) : null}
        {page.mayEnter ? (
          <>
            <Link className="button button--secondary button--small" to="/khao-sat/$id/nhap" params={{ id: page.id }}>
              {t('surveys.enter')}
            </Link>
            <a className="button button--secondary button--small" href={`/api/surveys/${page.id}/letters.pdf`}>
              {t('surveys.letters')}
            </a>
          </>
        ) : null}
      </ButtonRow>
      {open ? (
        <Suspense>
          <Dialog title={t(`surveys.acts.${open}`)} onClose={() => setOpen(undefined)}>
            {open === 'days' ? (
              <DaysForm page={page} close={() => setOpen(undefined)} />
            ) : open === 'discard' ? (
              <DiscardForm page={page} close={() => setOpen(undefined)} />
            ) : (
              <ActForm page={page} act={open} close={() => setOpen(undefined)} />
            )}
          </Dialog>
        </Suspense>
      ) : null}
    </>
  );
}

function ActForm({ page, act: wanted, close }: { page: SurveyPageType; act: SurveyAct; close: () => void }) {
  const t = useTranslate();
  const today = useToday();
  const { act, busy, error } = useAct([getSurvey, listSurveys]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const send = () => call(actOnSurvey, { params: { id: page.id }, body: { version: page.version, act: wanted } });
        void act(send, t(`surveys.done.${wanted}`)).then((done) => done && close());
      }}
    >
      <p>{t(`surveys.about.${wanted}`)}</p>
      {wanted === 'close' && today <= page.openTo ? (
        <Note tone="warning">
          {t('surveys.closes-early', { until: showDay(page.openTo), answered: page.answered, drawn: page.drawn })}
        </Note>
      ) : null}
      {wanted === 'close' && page.answered < page.minimum ? (
        <Note tone="warning">{t('surveys.closes-few', { answered: page.answered, minimum: page.minimum })}</Note>
      ) : null}
      {wanted === 'close' && page.papersOpen > 0 ? (
        <Note tone="warning">{t('surveys.papers-open', { count: page.papersOpen })}</Note>
      ) : null}
      <FailureNote error={error} />
      <FormButtons label={t(`surveys.acts.${wanted}`)} disabled={busy} close={close} />
    </form>
  );
}

function DiscardForm({ page, close }: { page: SurveyPageType; close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const { act, busy, error } = useAct([listSurveys]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const send = () => call(discardSurvey, { params: { id: page.id }, body: { version: page.version } });
        void act(send, t('surveys.done.discard')).then((done) => {
          if (done) void navigate({ to: '/khao-sat' });
        });
      }}
    >
      <p>{t('surveys.about.discard')}</p>
      <FailureNote error={error} />
      <FormButtons label={t('surveys.acts.discard')} disabled={busy} close={close} />
    </form>
  );
}
