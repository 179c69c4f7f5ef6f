import { useState } from 'react';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { getReport, type ReportPageType, saveReport } from '../../../../modules/insight/reports/contract.ts';
import { listReportProgress, listReports } from '../../../../modules/insight/reports/contract-list.ts';
import { ownCell } from '../../../../modules/insight/reports/rules/own-cell.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { ReportActs } from './acts.tsx';
import { cellKey, type OpenCell, SheetFindings, SheetTable } from './sheet.tsx';
import { type Instead, SourceTable } from './sources.tsx';
import { readNumber } from './words.ts';

/** The sheet with its typed cells, the texts of the outline, the note; saved together. */
export function ReportForm({ page, onOpen }: { page: ReportPageType; onOpen: OpenCell }) {
  const t = useTranslate();
  const editable = page.no === 0 && page.acts.includes('save');
  const [typed, setTyped] = useState(() => typedOf(page));
  const [instead, setInstead] = useState(() => insteadOf(page));
  const [texts, setTexts] = useState<Record<string, string>>({ ...page.texts });
  const [note, setNote] = useState(page.note);
  const [changed, setChanged] = useState(false);
  const [wrong, setWrong] = useState<{ readonly text: string; readonly at: string }>();
  const { act, busy, error } = useAct([getReport, listReports, listReportProgress]);
  const key = useKey(page.version);

  async function save(): Promise<void> {
    const read = readTyped(page, typed, instead);
    setWrong(read.wrong && { text: t(read.wrong.key, { cell: read.wrong.cell }), at: read.wrong.at });
    if (read.wrong !== undefined) {
      document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(read.wrong.at)}"]`)?.focus();
      return;
    }
    const body = { version: page.version, manual: read.manual, reasons: read.reasons, texts, note };
    await act(() => call(saveReport, { params: { id: page.id }, body }, key), t('reports.saved'));
  }

  return (
    <>
      <Unsaved changed={changed} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FailureNote error={error} />
        {wrong === undefined ? null : (
          <div className="note note--danger" role="alert">
            {wrong.text}
          </div>
        )}
        <SheetTable
          page={page}
          typed={typed}
          unread={wrong?.at}
          onOpen={onOpen}
          onType={
            editable
              ? (rowId, column, text) => {
                  setTyped(new Map(typed).set(cellKey(rowId, column), text));
                  setChanged(true);
                }
              : undefined
          }
        />
        <SourceTable
          page={page}
          instead={instead}
          onInstead={
            editable
              ? (key, value) => {
                  setInstead(new Map(instead).set(key, value));
                  setChanged(true);
                }
              : undefined
          }
        />
        <SheetFindings page={page} />
        {page.sections.map((section) =>
          section.text && editable ? (
            <TextAreaField
              key={section.id}
              id={`section-${section.id}`}
              label={`${section.no}. ${section.title}`}
              hint={section.hint || undefined}
              rows={4}
              maxLength={20_000}
              value={texts[section.id] ?? ''}
              onChange={(event) => {
                setTexts({ ...texts, [section.id]: event.currentTarget.value });
                setChanged(true);
              }}
            />
          ) : (
            <section key={section.id}>
              <h2>
                {section.no}. {section.title}
              </h2>
              {section.text ? <p className="report-text">{page.texts[section.id] || t('reports.no-text')}</p> : null}
            </section>
          ),
        )}
        {editable ? (
          <TextAreaField
            id="report-note"
            label={t('reports.note')}
            rows={2}
            maxLength={4000}
            value={note}
            onChange={(event) => {
              setNote(event.currentTarget.value);
              setChanged(true);
            }}
          />
        ) : page.note ? (
          <p>
            <strong>{t('reports.note')}:</strong> {page.note}
          </p>
        ) : null}
        {page.notes.map((each) => (
          <p key={each} className="hint">
            {each}
          </p>
        ))}
        <p className="hint">{t('reports.source', { source: page.source })}</p>
        {editable ? (
          <ButtonRow>
            <Button small look="secondary" disabled={busy || !changed}>
              {t('reports.save')}
            </Button>
          </ButtonRow>
        ) : null}
      </form>
      {/* Beside the form, not in it: what is submitted in its dialog would submit the form too. */}
      <ReportActs page={page} unsaved={changed} />
    </>
  );
}

function typedOf(page: ReportPageType): ReadonlyMap<string, string> {
  const typed = new Map<string, string>();
  for (const row of page.rows) {
    for (const no of row.typed) {
      const value = ownCell(row, no);
      if (value === null) continue;
      typed.set(cellKey(row.id, no), typeof value === 'number' ? typedNumberVi(value) : value);
    }
  }
  return typed;
}

/** Numbers reported instead of a register's, with their reasons. */
function insteadOf(page: ReportPageType): ReadonlyMap<string, Instead> {
  const found = new Map<string, Instead>();
  for (const row of page.rows) {
    for (const { column, reason } of row.sources) {
      const value = row.cells[column];
      if (reason === null || typeof value !== 'number') continue;
      found.set(cellKey(row.id, column), { text: typedNumberVi(value), reason });
    }
  }
  return found;
}

type Cells<T> = Record<string, Record<string, T>>;
type Read = {
  readonly manual: Cells<number | string | null>;
  readonly reasons: Cells<string>;
  /** The first cell that cannot be taken, and why. */
  readonly wrong?: { readonly key: string; readonly cell: string; readonly at: string };
};

function readTyped(
  page: ReportPageType,
  typed: ReadonlyMap<string, string>,
  instead: ReadonlyMap<string, Instead>,
): Read {
  const manual: Cells<number | string | null> = {};
  const reasons: Cells<string> = {};
  for (const row of page.rows) {
    const wrong = (key: string, no: string): Read => ({
      manual,
      reasons,
      wrong: { key, cell: `${row.label} (${no})`, at: cellKey(row.id, no) },
    });
    for (const no of row.typed) {
      const text = typed.get(cellKey(row.id, no)) ?? '';
      const column = page.columns.find((each) => each.no === no);
      const value = column?.type === 'text' ? text.trim() || null : readNumber(text);
      if (value === undefined) return wrong('reports.bad-number', no);
      if (value !== null) manual[row.id] = { ...manual[row.id], [no]: value };
    }
    for (const { column } of row.sources) {
      const { text = '', reason = '' } = instead.get(cellKey(row.id, column)) ?? {};
      const value = readNumber(text);
      if (value === undefined) return wrong('reports.bad-number', column);
      if (value === null && reason.trim() === '') continue;
      if (value === null) return wrong('reports.sources.no-number', column);
      if (reason.trim() === '') return wrong('reports.sources.no-reason', column);
      manual[row.id] = { ...manual[row.id], [column]: value };
      reasons[row.id] = { ...reasons[row.id], [column]: reason.trim() };
    }
  }
  return { manual, reasons };
}
