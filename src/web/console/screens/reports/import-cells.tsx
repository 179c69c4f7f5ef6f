import { getReport, type ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { importReportCells } from '../../../../modules/insight/reports/contract-import.ts';
import { listReportProgress, listReports } from '../../../../modules/insight/reports/contract-list.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useKey } from '../../data/use-key.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { WorkbookForm } from '../../ui/workbook-form.tsx';

const REFRESH = [getReport, listReports, listReportProgress];

/** Takes typed cells from an XLSX. */
export function ImportCells({ page }: { page: ReportPageType }) {
  const t = useTranslate();
  const key = useKey(page.version);
  if (!page.acts.includes('save') || page.no !== 0 || page.rows.every((row) => row.typed.length === 0)) return null;
  const given = (file: string, apply: boolean) => ({
    params: { id: page.id },
    body: { version: page.version, apply, file },
  });
  return (
    <Disclosure label={t('reports.import')}>
      {(close) => (
        <WorkbookForm
          id="import-file"
          label={t('reports.import')}
          template={{ href: `/api/reports/${page.id}/template.xlsx`, label: t('reports.template') }}
          whose={`${page.unitName}, ${page.periodName}`}
          hint={t('reports.import-hint')}
          sound={(changes) => t('reports.import-sound', { changes })}
          now={t('reports.import-now')}
          done={t('reports.imported')}
          refresh={REFRESH}
          look={(file) => call(importReportCells, given(file, false))}
          take={(file) => call(importReportCells, given(file, true), key)}
          close={close}
        />
      )}
    </Disclosure>
  );
}
