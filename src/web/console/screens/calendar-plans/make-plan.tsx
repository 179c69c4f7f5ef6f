import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { listCalendarRevisions, listCalendars } from '../../../../modules/foundation/calendar/contract.ts';
import { listCalendarPlans, makeCalendarPlan } from '../../../../modules/onestop/calendar-plans/contract.ts';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';

/** Which revision of which calendar dossiers are to be counted by, and which way dates may move. */
export function MakePlan({ close }: { close: () => void }) {
  const calendars = useCall(listCalendars, {});
  return <Loaded query={calendars}>{({ rows }) => <Form calendars={rows} close={close} />}</Loaded>;
}

function Form({
  calendars,
  close,
}: {
  calendars: readonly { code: string; name: string; isDefault: boolean }[];
  close: () => void;
}) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [filters] = useFilters();
  const key = useKey();
  const [code, setCode] = useState(filters.lich ?? calendars.find((each) => each.isDefault)?.code ?? '');
  const [revisionId, setRevisionId] = useState(filters.ban ?? '');
  const [policy, setPolicy] = useState<'later-only' | 'both'>('later-only');
  const [reason, setReason] = useState('');
  const revisions = useCall(listCalendarRevisions, { params: { code } }, { enabled: code !== '' });
  const offered = (revisions.data?.rows ?? []).filter((row) => row.supersededAt === null);
  const chosen = offered.find((row) => row.id === revisionId) ?? offered[0];
  const { act, busy, error } = useAct([listCalendarPlans]);

  async function make() {
    if (!chosen) return;
    const body = { calendarCode: code, revisionId: chosen.id, policy, reason: reason.trim() };
    let id = '';
    const done = await act(async () => {
      ({ id } = await call(makeCalendarPlan, { body }, key));
    }, t('console.plans.made-done'));
    if (!done) return;
    close();
    void navigate({ to: '/quan-tri/lich/ke-hoach/$id', params: { id } });
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <FailureNote error={error} />
      <div className="filters">
        <Select
          id="plan-calendar"
          label={t('console.plans.calendar')}
          value={code}
          onChange={(value) => {
            setCode(value);
            setRevisionId('');
          }}
          options={calendars.map((each) => ({ value: each.code, label: each.name }))}
        />
        <Select
          id="plan-revision"
          label={t('console.plans.revision')}
          value={chosen?.id ?? ''}
          onChange={setRevisionId}
          options={offered.map((row) => ({
            value: row.id,
            label: t('console.plans.from-day', { day: showDay(row.validFrom) }),
          }))}
          hint={chosen?.source}
        />
      </div>
      <Select
        id="plan-policy"
        label={t('console.plans.policy')}
        hint={t('console.plans.policy-hint')}
        value={policy}
        onChange={(value) => setPolicy(value === 'both' ? 'both' : 'later-only')}
        options={[
          { value: 'later-only', label: t('console.plans.later-only') },
          { value: 'both', label: t('console.plans.both') },
        ]}
      />
      <TextAreaField
        id="plan-reason"
        label={t('console.plans.reason')}
        hint={t('console.plans.reason-hint')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormButtons
        label={t('console.plans.make-now')}
        disabled={busy || !chosen || reason.trim() === ''}
        close={close}
      />
    </form>
  );
}
