import { useState } from 'react';
import { Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { useAct } from '../data/use-act.ts';
import { FailureNote } from './failure-note.tsx';
import { FileField } from './file-field.tsx';
import { FormButtons } from './form-buttons.tsx';
import { WhoseSheet } from './whose-sheet.tsx';

type Finding = { readonly cell: string; readonly message: string };
/** What the server saw in a file; nothing is written yet. */
export type WorkbookLook = {
  readonly findings: readonly Finding[];
  readonly changes: number | null;
  readonly unnamed: boolean;
};

const MAX_BYTES = 512 * 1024;

/**
 * Takes a filled-in template: a look at what is in the file first, then all of it or nothing.
 * @param look, take get the file as base64; `take` also what the look answered
 */
export function WorkbookForm<L extends WorkbookLook>({
  id,
  label,
  template,
  whose,
  hint,
  sound: soundText,
  now,
  done,
  refresh,
  look: lookAt,
  take,
  close,
}: {
  id: string;
  label: string;
  template: { readonly href: string; readonly label: string };
  /** Unit and period the file is taken for. */
  whose: string;
  hint: string;
  sound: (changes: number) => string;
  now: string;
  done: string;
  refresh: readonly { readonly id: string }[];
  look: (file: string) => Promise<L>;
  take: (file: string, look: L) => Promise<unknown>;
  close: () => void;
}) {
  const t = useTranslate();
  const [look, setLook] = useState<{ readonly file: string; readonly seen: L }>();
  const [tooLarge, setTooLarge] = useState(false);
  const { act, busy, error } = useAct(refresh);
  const [sure, setSure] = useState(false);
  const unnamed = look?.seen.unnamed === true && look.seen.findings.length === 0;
  const changes = look?.seen.changes ?? 0;
  const sound = look !== undefined && look.seen.findings.length === 0;

  async function choose(chosen: File | undefined): Promise<void> {
    setLook(undefined);
    setSure(false);
    setTooLarge(chosen !== undefined && chosen.size > MAX_BYTES);
    if (!chosen || chosen.size > MAX_BYTES) return;
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    const file = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    await act(async () => setLook({ file, seen: await lookAt(file) }));
  }

  return (
    <form
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (sound && (sure || !unnamed))
          void act(() => take(look.file, look.seen), done).then((worked) => worked && close());
      }}
    >
      <p>
        <a href={template.href}>{template.label}</a>
      </p>
      <FileField
        id={id}
        label={t('ui.workbook.file')}
        hint={hint}
        error={tooLarge ? t('ui.workbook.too-large') : undefined}
        accept=".xlsx"
        onFile={(chosen) => void choose(chosen)}
      />
      <FailureNote error={error} />
      <div aria-live="polite">
        {look === undefined ? null : sound ? (
          <p>{changes === 0 ? t('ui.workbook.same') : soundText(changes)}</p>
        ) : (
          <Findings findings={look.seen.findings} />
        )}
      </div>
      {unnamed && changes > 0 ? <WhoseSheet id={`${id}-sure`} whose={whose} sure={sure} onSure={setSure} /> : null}
      <FormButtons label={now} disabled={busy || !sound || changes === 0 || (unnamed && !sure)} close={close} />
    </form>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslate();
  return (
    <Table
      caption={t('ui.workbook.findings', { count: findings.length })}
      rows={findings}
      rowKey={(row) => `${row.cell} ${row.message}`}
      columns={[
        { id: 'cell', label: t('ui.workbook.cell'), rowHead: true, cell: (row) => row.cell || '–' },
        { id: 'message', label: t('ui.workbook.message'), cell: (row) => row.message },
      ]}
    />
  );
}
