import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Static } from 'typebox';
import { assignReport, listReportRegimes } from '../../../../modules/insight/reports/contract.ts';
import { listReportProgress, listReports } from '../../../../modules/insight/reports/contract-list.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { notify } from '../../toasts.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';

/** Which report, of which unit, for which period; or given to every unit directly below. */
export function MakeReport({ close }: { close: () => void }) {
  const regimes = useCall(listReportRegimes, {});
  return <Loaded query={regimes}>{(reply) => <Form {...reply} close={close} />}</Loaded>;
}

function Form({ rows, units, close }: Static<typeof listReportRegimes.reply> & { close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [reportId, setReport] = useState(rows[0]?.id ?? '');
  const [unitId, setUnit] = useState(units[0]?.id ?? '');
  const report = rows.find((row) => row.id === reportId);
  const unit = units.find((each) => each.id === unitId);
  const [chosen, setPeriod] = useState('');
  const period = report?.periods.find((each) => each.id === chosen) ?? report?.periods[0];
  const periodId = period?.id ?? '';
  const { act, busy, error } = useAct([listReports, listReportProgress]);
  const key = useKey();

  async function make(below: boolean): Promise<void> {
    let ids: readonly string[] = [];
    const done = await act(async () => {
      const reply = await call(assignReport, { body: { reportId, periodId, unitId, below } }, key);
      ids = reply.ids;
      notify('success', below ? t('reports.given', { given: reply.given, known: reply.known }) : t('reports.made'));
    });
    if (!done) return;
    close();
    const [id] = ids;
    if (!below && id) void navigate({ to: '/bao-cao/$id', params: { id } });
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void make(false);
      }}
    >
      <FailureNote error={error} />
      <div className="filters">
        <Select
          id="make-report"
          label={t('reports.report')}
          value={reportId}
          onChange={setReport}
          options={rows.map((row) => ({ value: row.id, label: `${row.code} – ${row.name}` }))}
          hint={report ? `${report.name}. ${report.reporters} → ${report.recipient}` : undefined}
        />
        <Select
          id="make-unit"
          label={t('reports.unit')}
          value={unitId}
          onChange={setUnit}
          options={units.map((each) => ({ value: each.id, label: each.name }))}
        />
        <Select
          id="make-period"
          label={t('reports.period')}
          value={periodId}
          onChange={setPeriod}
          options={(report?.periods ?? []).map((each) => ({ value: each.id, label: each.name }))}
          hint={report && period ? `${period.name}. ${t(`reports.cutoff-${report.cutoff}`)}` : undefined}
        />
      </div>
      {period ? (
        <p className={period.lateDays === null ? 'hint' : undefined}>
          {t(period.lateDays === null ? 'reports.make-deadline' : 'reports.make-late', {
            day: showDay(period.deadline),
            days: period.lateDays ?? 0,
          })}
        </p>
      ) : null}
      <ButtonRow>
        <Button small disabled={busy || !unit || periodId === ''}>
          {t('reports.make-now')}
        </Button>
        {unit?.gives ? (
          <Button type="button" look="secondary" small disabled={busy} onClick={() => void make(true)}>
            {t('reports.give-now')}
          </Button>
        ) : null}
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
