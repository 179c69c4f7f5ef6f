import { useState } from 'react';
import { importIndexSheet, type SheetPageType } from '../../../../modules/insight/indices/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';

type Look = {
  readonly file: string;
  readonly seen: string;
  readonly changes: number;
  readonly findings: readonly { readonly cell: string; readonly message: string }[];
};
type Refresh = readonly { readonly id: string }[];
const MAX_BYTES = 512 * 1024;

/** Self-scores from a filled-in template: a look at what is in the file first, then all of it or nothing. */
export function ImportSheet({ page, refresh }: { page: SheetPageType; refresh: Refresh }) {
  const t = useTranslate();
  if (!page.may.score) return null;
  return (
    <Disclosure label={t('indices.from-file.open')}>
      {(close) => <ImportForm page={page} refresh={refresh} close={close} />}
    </Disclosure>
  );
}

function ImportForm({ page, refresh, close }: { page: SheetPageType; refresh: Refresh; close: () => void }) {
  const t = useTranslate();
  const [look, setLook] = useState<Look>();
  const [tooLarge, setTooLarge] = useState(false);
  const { act, busy, error } = useAct(refresh);
  const params = { id: page.id };

  async function choose(chosen: File | undefined): Promise<void> {
    setLook(undefined);
    setTooLarge(chosen !== undefined && chosen.size > MAX_BYTES);
    if (!chosen || chosen.size > MAX_BYTES) return;
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    const file = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    await act(async () =>
      setLook({ file, ...(await call(importIndexSheet, { params, body: { apply: false, file } })) }),
    );
  }

  const sound = look !== undefined && look.findings.length === 0;
  async function take(): Promise<void> {
    if (!look || !sound) return;
    const body = { apply: true, file: look.file, seen: look.seen };
    if (await act(() => call(importIndexSheet, { params, body }), t('indices.from-file.done'))) close();
  }
  return (
    <form
      noValidate
      aria-label={t('indices.from-file.open')}
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <p>
        <a href={`/api/indices/sheets/${page.id}/template.xlsx`}>{t('indices.from-file.template')}</a>
      </p>
      <FileField
        id="index-file"
        label={t('indices.from-file.file')}
        hint={t('indices.from-file.hint')}
        error={tooLarge ? t('indices.from-file.too-large') : undefined}
        accept=".xlsx"
        onFile={(chosen) => void choose(chosen)}
      />
      <FailureNote error={error} />
      <div aria-live="polite">{look ? <LookNote look={look} /> : null}</div>
      <FormButtons label={t('indices.from-file.now')} disabled={busy || !sound || look.changes === 0} close={close} />
    </form>
  );
}

function LookNote({ look: { findings, changes } }: { look: Look }) {
  const t = useTranslate();
  if (findings.length === 0)
    return <p>{changes === 0 ? t('indices.from-file.same') : t('indices.from-file.sound', { count: changes })}</p>;
  return (
    <Table
      caption={t('indices.from-file.findings', { count: findings.length })}
      rows={findings}
      rowKey={(row) => `${row.cell} ${row.message}`}
      columns={[
        { id: 'cell', label: t('indices.from-file.cell'), rowHead: true, cell: (row) => row.cell || '–' },
        { id: 'message', label: t('indices.from-file.message'), cell: (row) => row.message },
      ]}
    />
  );
}
