import { lazy, Suspense, useState } from 'react';
import {
  decideReport,
  getReport,
  type ReportPageType,
  submitReport,
} from '../../../../modules/insight/reports/contract.ts';
import { listReportProgress, listReports } from '../../../../modules/insight/reports/contract-list.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote, reasonLacks } from '../../ui/failure-note.tsx';
import { blanksOf } from './blanks.ts';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));
const DONE = {
  submit: 'submitted',
  accept: 'accepted',
  return: 'returned',
  lock: 'locked',
  reopen: 'reopened',
} as const;
type Act = keyof typeof DONE;
/** Blanks named one by one. */
const MOST_BLANKS = 12;

/** What may be done with the report now: send it; for who receives it: accept, return, lock, reopen. */
export function ReportActs({ page, unsaved }: { page: ReportPageType; unsaved: boolean }) {
  const t = useTranslate();
  const [open, setOpen] = useState<Act>();
  const acts = page.acts.filter((act): act is Act => act !== 'save');
  if (acts.length === 0) return null;
  return (
    <>
      {unsaved ? <p className="hint">{t('reports.unsaved')}</p> : null}
      <ButtonRow>
        {acts.map((act) => (
          <Button
            key={act}
            type="button"
            small
            look={act === 'submit' || act === 'accept' ? 'primary' : 'secondary'}
            disabled={unsaved && act === 'submit'}
            onClick={() => setOpen(act)}
          >
            {t(`reports.${act}`)}
          </Button>
        ))}
      </ButtonRow>
      {open ? (
        <Suspense>
          <Dialog title={t(`reports.${open}`)} onClose={() => setOpen(undefined)}>
            <ActForm page={page} act={open} close={() => setOpen(undefined)} />
          </Dialog>
        </Suspense>
      ) : null}
    </>
  );
}

const receiverOf = (t: Translate, page: ReportPageType): string => page.receiverName ?? t('reports.receiver-beyond');

/** What is still empty is no hindrance, but is seen before it is sent. */
function Blanks({ page }: { page: ReportPageType }) {
  const t = useTranslate();
  const blanks = blanksOf(page);
  if (blanks.length === 0) return null;
  return (
    <Note tone="warning">
      <p>{t('reports.blanks', { count: blanks.length })}</p>
      <ul>
        {blanks.slice(0, MOST_BLANKS).map((blank) => (
          <li key={blank}>{blank}</li>
        ))}
        {blanks.length > MOST_BLANKS ? (
          <li>{t('reports.blanks-more', { count: blanks.length - MOST_BLANKS })}</li>
        ) : null}
      </ul>
    </Note>
  );
}

function ActForm({ page, act: wanted, close }: { page: ReportPageType; act: Act; close: () => void }) {
  const t = useTranslate();
  const [typed, setReason] = useState('');
  const { act, busy, error } = useAct([getReport, listReports, listReportProgress]);
  const key = useKey(page.version);
  const corrects = wanted === 'submit' && (page.state === 'returned' || page.state === 'reopened');
  const needed = corrects || wanted === 'return' || wanted === 'reopen';
  const reason = typed.trim();
  const params = { id: page.id };
  const run = (): Promise<unknown> => {
    const body = { version: page.version, ...(reason ? { reason } : {}) };
    return wanted === 'submit'
      ? call(submitReport, { params, body }, key)
      : call(decideReport, { params, body: { ...body, act: wanted } }, key);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act(run, t(`reports.${DONE[wanted]}`)).then((done) => done && close());
      }}
    >
      <p>
        {t(`reports.${wanted}-text`, {
          unit: page.unitName,
          period: page.periodName,
          no: page.lastNo,
          receiver: receiverOf(t, page),
        })}
      </p>
      {wanted === 'submit' ? <Blanks page={page} /> : null}
      <FailureNote error={error} {...(needed ? { reasonId: 'report-reason' } : {})} />
      {needed ? (
        <TextAreaField
          id="report-reason"
          label={t('reports.reason')}
          hint={t('reports.reason-hint')}
          error={reasonLacks(error)}
          rows={3}
          maxLength={1000}
          value={typed}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
      <ButtonRow>
        <Button disabled={busy}>{t('reports.do-now')}</Button>
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
