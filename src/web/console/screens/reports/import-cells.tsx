import { useState } from 'react';
import { getReport, type ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { importReportCells } from '../../../../modules/insight/reports/contract-import.ts';
import { listReportProgress, listReports } from '../../../../modules/insight/reports/contract-list.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useKey } from '../../data/use-key.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';

type Look = {
  readonly file: string;
  readonly findings: readonly { readonly cell: string; readonly message: string }[];
  readonly changes: number | null;
};
const MAX_BYTES = 512 * 1024;

/** Takes typed cells from an XLSX: the template, a look at what is in the file, then all of it or nothing. */
export function ImportCells({ page }: { page: ReportPageType }) {
  const t = useTranslate();
  if (!page.acts.includes('save') || page.no !== 0 || page.rows.every((row) => row.typed.length === 0)) return null;
  return <Disclosure label={t('reports.import')}>{(close) => <ImportForm page={page} close={close} />}</Disclosure>;
}

function ImportForm({ page, close }: { page: ReportPageType; close: () => void }) {
  const t = useTranslate();
  const [look, setLook] = useState<Look>();
  const [tooLarge, setTooLarge] = useState(false);
  const { act, busy, error } = useAct([getReport, listReports, listReportProgress]);
  const key = useKey(page.version);
  const send = (file: string, apply: boolean) =>
    call(
      importReportCells,
      { params: { id: page.id }, body: { version: page.version, apply, file } },
      apply ? key : {},
    );

  async function choose(chosen: File | undefined): Promise<void> {
    setLook(undefined);
    setTooLarge(chosen !== undefined && chosen.size > MAX_BYTES);
    if (!chosen || chosen.size > MAX_BYTES) return;
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    const file = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    await act(async () => setLook({ file, ...(await send(file, false)) }));
  }

  const sound = look !== undefined && look.findings.length === 0;
  return (
    <form
      noValidate
      aria-label={t('reports.import')}
      onSubmit={(event) => {
        event.preventDefault();
        if (sound) void act(() => send(look.file, true), t('reports.imported')).then((done) => done && close());
      }}
    >
      <p>
        <a href={`/api/reports/${page.id}/template.xlsx`}>{t('reports.template')}</a>
      </p>
      <FileField
        id="import-file"
        label={t('reports.import-file')}
        hint={t('reports.import-hint')}
        error={tooLarge ? t('reports.import-too-large') : undefined}
        accept=".xlsx"
        onFile={(chosen) => void choose(chosen)}
      />
      <FailureNote error={error} />
      <div aria-live="polite">
        {look === undefined ? null : sound ? (
          <p>
            {look.changes === 0 ? t('reports.import-same') : t('reports.import-sound', { changes: look.changes ?? 0 })}
          </p>
        ) : (
          <>
            <p>
              <strong>{t('reports.import-findings', { count: look.findings.length })}</strong>
            </p>
            <Table
              caption={t('reports.import-findings', { count: look.findings.length })}
              hideCaption
              rows={look.findings}
              rowKey={(row) => `${row.cell} ${row.message}`}
              columns={[
                { id: 'cell', label: t('reports.import-cell'), rowHead: true, cell: (row) => row.cell || '–' },
                { id: 'message', label: t('reports.import-message'), cell: (row) => row.message },
              ]}
            />
          </>
        )}
      </div>
      <FormButtons label={t('reports.import-now')} disabled={busy || !sound || look.changes === 0} close={close} />
    </form>
  );
}
