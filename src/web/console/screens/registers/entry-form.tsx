import { useState } from 'react';
import { formatNumberVi, parseNumberVi } from '../../../../core/text/numbers.ts';
import {
  attachEvidence,
  getRegister,
  getRegisterEntry,
  getRegisterTrend,
  listRegisters,
  type RegisterFieldView,
  type RegisterPageType,
  type RegisterRow,
  saveEntry,
} from '../../../../modules/insight/registers/contract.ts';
import { fieldTitle } from '../../../../modules/insight/registers/rules/register.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { createStep } from '../../data/step.ts';
import { useAct } from '../../data/use-act.ts';
import { given } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote, reasonLacks } from '../../ui/failure-note.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Select } from '../../ui/select.tsx';
import { ResultField } from './result-field.tsx';
import { uploadCall } from './upload.ts';
import { fieldId } from './words.ts';

/** Texts as they stand in the fields. */
type Typed = Readonly<Record<string, string>>;
const attach = uploadCall(attachEvidence);

/** Enters or changes a row; `row` null: a new line of a list, whose unit is chosen here. */
export function EntryForm({
  data,
  row,
  close,
}: {
  data: RegisterPageType;
  row: RegisterRow | null;
  close: () => void;
}) {
  const t = useTranslate();
  const fields = data.fields.filter((field) => !field.computed);
  const known = row?.corrected ?? row?.values ?? null;
  const [unitId, setUnit] = useState(row?.unitId ?? data.entering[0]?.id ?? '');
  const [typed, setTyped] = useState<Typed>(() => typedOf(fields, known));
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState('');
  const [file, setFile] = useState<File>();
  // A file may be refused after the row is written: sent again, the row is not written twice.
  const [save] = useState(() => createStep<{ id: string; version: number }>());
  const { act, busy, error } = useAct([getRegister, listRegisters, getRegisterEntry, getRegisterTrend]);
  const { idempotencyKey } = useKey();
  const told = { ...faultsOf(error), ...wrong };
  const entryId = row?.entryId ?? undefined;
  const asksReason = entryId !== undefined || data.closed;

  async function send(values: Record<string, number | string | null> | null): Promise<void> {
    const texts = { ...(reason.trim() ? { reason } : {}), ...(evidence.trim() ? { evidence } : {}) };
    const what = { unitId, periodId: data.period.id, values, ...texts };
    const done = await act(
      async () => {
        const saved = await save(what, (before) => {
          const version = before?.version ?? row?.version ?? 0;
          const body = { ...what, version, ...given({ entryId: before?.id ?? entryId }) };
          return call(saveEntry, { params: { id: data.id }, body }, { idempotencyKey: `${idempotencyKey}-${version}` });
        });
        const key = `${idempotencyKey}-file-${file?.size}-${file?.lastModified}`;
        if (file) await attach({ id: saved.id }, file, { idempotencyKey: key });
      },
      t(values === null ? 'registers.removed-done' : 'registers.saved'),
    );
    if (done) close();
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const read = readTyped(fields, typed);
        const faults = Object.fromEntries(read.wrong.map((key) => [key, t('registers.bad-number')]));
        setWrong(faults);
        if (read.wrong.length === 0) void send(read.values);
        else document.getElementById(fieldId(read.wrong[0] ?? ''))?.focus();
      }}
    >
      <FailureNote error={error} {...(asksReason ? { reasonId: 'entry-reason' } : {})} />
      <p className="hint">
        {[row?.unitName, data.period.name].filter(Boolean).join(' · ')}
        {data.closed ? ` · ${t('registers.closed-text')}` : ''}
      </p>
      {row === null ? (
        <Select
          id="entry-unit"
          label={t('registers.unit')}
          value={unitId}
          onChange={setUnit}
          options={data.entering.map((unit) => ({ value: unit.id, label: unit.name }))}
        />
      ) : null}
      {fields.map((field) => (
        <OneField
          key={field.key}
          place={{ registerId: data.id, unitId, periodId: data.period.id }}
          field={field}
          value={typed[field.key] ?? ''}
          error={told[field.key]}
          onText={(text) => setTyped((now) => ({ ...now, [field.key]: text }))}
        />
      ))}
      <TextField
        id="entry-evidence"
        label={t('registers.evidence')}
        hint={t('registers.evidence-hint')}
        optional
        maxLength={1000}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      <FileField
        id="entry-file"
        label={t('registers.evidence-file')}
        hint={t('registers.evidence-types')}
        accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx"
        onFile={setFile}
      />
      {asksReason ? (
        <TextAreaField
          id="entry-reason"
          label={t('registers.reason')}
          hint={t('registers.reason-hint')}
          error={reasonLacks(error)}
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
      <ButtonRow>
        <Button disabled={busy || unitId === ''}>{t('registers.save')}</Button>
        {entryId && !row?.removed ? (
          <Button type="button" look="danger" disabled={busy} onClick={() => void send(null)}>
            {t('registers.remove')}
          </Button>
        ) : null}
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}

/** One field as the unit types it. */
export function OneField({
  place,
  field,
  value,
  error,
  onText,
}: {
  place: Parameters<typeof ResultField>[0]['place'];
  field: RegisterFieldView;
  value: string;
  error: string | undefined;
  onText: (text: string) => void;
}) {
  const t = useTranslate();
  const id = fieldId(field.key);
  const label = fieldTitle(field.label, field.unit);
  if (field.type === 'result')
    return <ResultField place={place} field={field} value={value} error={error} onValue={onText} />;
  if (field.type === 'choice')
    return (
      <Select
        id={id}
        label={label}
        value={value}
        empty={t('registers.choose')}
        hint={field.hint || undefined}
        error={error}
        onChange={onText}
        options={field.choices.map((choice) => ({ value: choice.code, label: choice.label }))}
      />
    );
  if (field.type === 'day')
    return <DayField id={id} label={label} day={value} onDay={onText} optional={!field.required} />;
  const numeric = field.type !== 'text';
  return (
    <TextField
      id={id}
      label={label}
      hint={field.hint || undefined}
      error={error}
      optional={!field.required}
      short={numeric}
      inputMode={numeric ? 'decimal' : 'text'}
      autoComplete="off"
      maxLength={numeric ? 25 : 300}
      value={value}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}

function typedOf(fields: readonly RegisterFieldView[], values: RegisterRow['values']): Typed {
  return Object.fromEntries(
    fields.map((field) => {
      const value = values?.[field.key];
      return [field.key, typeof value === 'number' ? formatNumberVi(value) : (value ?? '')];
    }),
  );
}

function readTyped(fields: readonly RegisterFieldView[], typed: Typed) {
  const values: Record<string, number | string | null> = {};
  const wrong: string[] = [];
  for (const { key, type } of fields) {
    const text = (typed[key] ?? '').trim();
    if (text === '') values[key] = null;
    else if (type === 'number' || type === 'percent') {
      const number = parseNumberVi(text.replace(/\s*%$/, ''));
      if (number === undefined) wrong.push(key);
      else values[key] = number;
    } else values[key] = text;
  }
  return { values, wrong };
}

/** What the server found, by field. */
function faultsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map((field) => [field.path.replace(/^values\//, ''), field.message]));
}
