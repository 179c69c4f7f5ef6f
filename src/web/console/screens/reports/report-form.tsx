import { useState } from 'react';
import {
  getReport,
  listReports,
  type ReportPageType,
  saveReport,
} from '../../../../modules/insight/reports/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { ReportActs } from './acts.tsx';
import { cellKey, type OpenCell, SheetFindings, SheetTable } from './sheet.tsx';
import { readNumber } from './words.ts';

/** The sheet with its typed cells, the texts of the outline, the note; saved together. */
export function ReportForm({ page, onOpen }: { page: ReportPageType; onOpen: OpenCell }) {
  const t = useTranslate();
  const editable = page.no === 0 && page.acts.includes('save');
  const [typed, setTyped] = useState(() => typedOf(page));
  const [texts, setTexts] = useState<Record<string, string>>({ ...page.texts });
  const [note, setNote] = useState(page.note);
  const [changed, setChanged] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const { act, busy, error } = useAct([getReport, listReports]);

  async function save(): Promise<void> {
    const read = readTyped(page, typed);
    setWrong(read.wrong);
    if (read.wrong !== undefined) return;
    const body = { version: page.version, manual: read.manual, texts, note };
    await act(() => call(saveReport, { params: { id: page.id }, body }), t('reports.saved'));
  }

  return (
    <>
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
            {t('reports.bad-number', { cell: wrong })}
          </div>
        )}
        <SheetTable
          page={page}
          typed={typed}
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
              {section.text ? <p className="report-text">{page.texts[section.id] || t('reports.no-data')}</p> : null}
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
      const value = row.cells[no];
      if (value === null || value === undefined) continue;
      typed.set(cellKey(row.id, no), typeof value === 'number' ? value.toString().replace('.', ',') : value);
    }
  }
  return typed;
}

type Read = { readonly manual: Record<string, Record<string, number | string | null>>; readonly wrong?: string };

function readTyped(page: ReportPageType, typed: ReadonlyMap<string, string>): Read {
  const manual: Record<string, Record<string, number | string | null>> = {};
  for (const row of page.rows) {
    for (const no of row.typed) {
      const text = typed.get(cellKey(row.id, no)) ?? '';
      const column = page.columns.find((each) => each.no === no);
      const value = column?.type === 'text' ? text.trim() || null : readNumber(text);
      if (value === undefined) return { manual, wrong: `${row.label} (${no})` };
      if (value !== null) manual[row.id] = { ...manual[row.id], [no]: value };
    }
  }
  return { manual };
}
