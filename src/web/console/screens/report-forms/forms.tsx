import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { foldVietnamese } from '../../../../core/text/fold.ts';
import {
  createReportForm,
  type FormLineType,
  listReportForms,
} from '../../../../modules/insight/reports/contract-form.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { NewReport } from './new-report.tsx';

const TONES = { content: 'grey', draft: 'amber', published: 'green' } as const;

/** Report forms: those of the content, drafts of copies, and published ones. */
export default function ReportForms() {
  const t = useTranslate();
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const forms = useCall(listReportForms, {});
  const { act, busy, error } = useAct([listReportForms]);
  const copy = (reportId: string): Promise<boolean> =>
    act(async () => {
      const { id } = await call(createReportForm, { body: { reportId } });
      void navigate({ to: '/bieu-mau-bao-cao/$id', params: { id } });
    });
  const wanted = foldVietnamese(q);
  return (
    <>
      <ScreenHead title={t('reports.forms.title')} />
      <p className="hint">{t('reports.forms.intro')}</p>
      <FailureNote error={error} />
      {forms.data ? (
        <Disclosure label={t('reports.forms.make-new')}>
          {(close) => <NewReport forms={forms.data.rows} close={close} />}
        </Disclosure>
      ) : null}
      <div className="filters no-print">
        <SearchBox id="form-search" label={t('reports.forms.search')} onText={setQ} />
      </div>
      <Loaded query={forms}>
        {({ rows }) => {
          const shown = rows.filter((row) =>
            foldVietnamese(`${row.reportId} ${row.code} ${row.name}`).includes(wanted),
          );
          return shown.length === 0 ? (
            <EmptyState title={t('reports.forms.empty')} />
          ) : (
            <Table<FormLineType>
              caption={t('reports.forms.title')}
              hideCaption
              rows={shown}
              rowKey={(row) => row.id ?? row.reportId}
              columns={[
                {
                  id: 'code',
                  label: t('reports.forms.form'),
                  rowHead: true,
                  cell: (row) => (
                    <>
                      {row.id ? (
                        <Link to="/bieu-mau-bao-cao/$id" params={{ id: row.id }}>
                          {row.code}
                        </Link>
                      ) : (
                        row.code
                      )}
                      <span className="hint">{row.name}</span>
                    </>
                  ),
                },
                {
                  id: 'state',
                  label: t('reports.state'),
                  cell: (row) => <Tag tone={TONES[row.state]}>{t(`reports.forms.states.${row.state}`)}</Tag>,
                },
                { id: 'from', label: t('reports.forms.valid-from'), cell: (row) => showDay(row.validFrom) },
                {
                  id: 'changed',
                  label: t('reports.forms.changed'),
                  cell: (row) => (row.changedAt ? `${showShortInstant(row.changedAt)}, ${row.changedBy}` : '–'),
                },
                {
                  id: 'act',
                  label: t('reports.act'),
                  cell: (row) =>
                    row.state === 'draft' ? null : (
                      <Button
                        type="button"
                        look="link"
                        disabled={busy}
                        aria-label={t('reports.forms.copy-of', { code: row.code })}
                        onClick={() => void copy(row.reportId)}
                      >
                        {t('reports.forms.copy')}
                      </Button>
                    ),
                },
              ]}
            />
          );
        }}
      </Loaded>
    </>
  );
}
