import { lazy, Suspense, useState } from 'react';
import {
  applyCalendarPlan,
  discardCalendarPlan,
  getCalendarPlan,
  listCalendarPlanItems,
  listCalendarPlans,
  recountCalendarPlan,
  revertCalendarPlan,
} from '../../../../modules/onestop/calendar-plans/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useKey } from '../../data/use-key.ts';
import { mayDo, useMe } from '../../session.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { type Plan, sumOf } from './words.ts';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));
const REFRESH = [getCalendarPlan, listCalendarPlans, listCalendarPlanItems];

/** The orders that are lawful now: count anew, discard, apply, revert. */
export function PlanOrders({ plan }: { plan: Plan }) {
  const t = useTranslate();
  const me = useMe();
  const [open, setOpen] = useState<'apply' | 'revert'>();
  const { act, busy, error } = useAct(REFRESH);
  const key = useKey(plan.version);
  const body = { version: plan.version };
  const params = { id: plan.id };
  const approves = mayDo(me, 'calendar.apply');
  return (
    <>
      <FailureNote error={error} />
      <ButtonRow>
        {plan.status === 'ready' && approves ? (
          <Button type="button" small onClick={() => setOpen('apply')}>
            {t('console.plans.apply')}
          </Button>
        ) : null}
        {plan.status === 'applied' && approves ? (
          <Button type="button" look="secondary" small onClick={() => setOpen('revert')}>
            {t('console.plans.revert')}
          </Button>
        ) : null}
        {plan.status === 'ready' ? (
          <>
            <Button
              type="button"
              look="secondary"
              small
              disabled={busy}
              onClick={() =>
                void act(() => call(recountCalendarPlan, { params, body }, key), t('console.plans.recounted'))
              }
            >
              {t('console.plans.recount')}
            </Button>
            <Button
              type="button"
              look="secondary"
              small
              disabled={busy}
              onClick={() =>
                void act(() => call(discardCalendarPlan, { params, body }, key), t('console.plans.discarded'))
              }
            >
              {t('console.plans.discard')}
            </Button>
          </>
        ) : null}
      </ButtonRow>
      {plan.status === 'ready' && !approves ? <p className="hint">{t('console.plans.not-yours')}</p> : null}
      {open ? (
        <Suspense>
          <Dialog title={t(`console.plans.${open}`)} onClose={() => setOpen(undefined)}>
            {open === 'apply' ? (
              <ApplyForm plan={plan} close={() => setOpen(undefined)} />
            ) : (
              <RevertForm plan={plan} close={() => setOpen(undefined)} />
            )}
          </Dialog>
        </Suspense>
      ) : null}
    </>
  );
}

function ApplyForm({ plan, close }: { plan: Plan; close: () => void }) {
  const t = useTranslate();
  const [decisionNumber, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [acceptLate, setAccept] = useState(false);
  const { act, busy, error } = useAct(REFRESH);
  const key = useKey(plan.version);
  const late = plan.policy === 'both' ? sumOf(plan, 'becomesLate') : 0;
  const body = { version: plan.version, decisionNumber: decisionNumber.trim(), reason: reason.trim(), acceptLate };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act(
          () => call(applyCalendarPlan, { params: { id: plan.id }, body }, key),
          t('console.plans.apply-done'),
        ).then((done) => done && close());
      }}
    >
      <p>{t('console.plans.apply-text', { count: sumOf(plan, 'listed'), units: plan.units.length })}</p>
      <FailureNote error={error} />
      <TextField
        id="plan-decision"
        label={t('console.plans.decision')}
        hint={t('console.plans.decision-hint')}
        maxLength={100}
        autoComplete="off"
        value={decisionNumber}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <TextAreaField
        id="plan-decision-reason"
        label={t('console.plans.decision-reason')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {late > 0 ? (
        <div className="checkbox">
          <input
            type="checkbox"
            id="plan-late"
            checked={acceptLate}
            onChange={(event) => setAccept(event.currentTarget.checked)}
          />
          <label htmlFor="plan-late">{t('console.plans.accept-late', { count: late })}</label>
        </div>
      ) : null}
      <ButtonRow>
        <Button disabled={busy || body.decisionNumber === '' || body.reason === '' || (late > 0 && !acceptLate)}>
          {t('console.plans.apply-now')}
        </Button>
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}

function RevertForm({ plan, close }: { plan: Plan; close: () => void }) {
  const t = useTranslate();
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct(REFRESH);
  const key = useKey(plan.version);
  const body = { version: plan.version, reason: reason.trim() };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act(
          () => call(revertCalendarPlan, { params: { id: plan.id }, body }, key),
          t('console.plans.revert-done'),
        ).then((done) => done && close());
      }}
    >
      <p>{t('console.plans.revert-text', { count: sumOf(plan, 'moved') })}</p>
      <FailureNote error={error} />
      <TextAreaField
        id="plan-revert-reason"
        label={t('console.plans.revert-reason')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ButtonRow>
        <Button disabled={busy || body.reason === ''}>{t('console.plans.revert-now')}</Button>
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
