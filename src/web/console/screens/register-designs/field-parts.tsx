import { useState } from 'react';
import { foldVietnamese } from '../../../../core/text/fold.ts';
import {
  isNumeric,
  type RegisterDefinition,
  type RegisterField,
} from '../../../../modules/insight/registers/rules/register.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { Tick } from '../../ui/tick.tsx';
import { FindingsAt, Parts } from '../report-forms/fields.tsx';
import { NumberInput } from './number-input.tsx';
import { freeName, type PartProps } from './part-props.ts';
import { renamed } from './renamed.ts';

const KEY = /^[a-z][A-Za-z0-9]{0,29}$/;
const TYPES = ['number', 'percent', 'text', 'day', 'choice', 'result'] as const;

/** The fields of a register: what units type, and what is computed from it. */
export function FieldParts({ register, onChange, findings, locked }: PartProps) {
  const t = useTranslate();
  const { fields } = register;
  return (
    <>
      <Parts<RegisterField>
        id="fields"
        legend={t('designer.fields')}
        parts={fields}
        nameOf={(field) => `${field.label || field.key} – ${t(`designer.types.${field.type}`)}`}
        onParts={(next) => onChange({ ...register, fields: next })}
        made={() => {
          const key = freeName(
            'o',
            fields.map((field) => field.key),
          );
          return { key, label: t('designer.new-field', { count: fields.length + 1 }), type: 'number' };
        }}
        addLabel={t('designer.add-field')}
        locked={locked}
      >
        {(field, change, at) => (
          <>
            <FindingsAt findings={findings} path={`fields[${at}]`} />
            <OneField
              id={`field-${at}`}
              field={field}
              onField={change}
              onKey={(key) => onChange(renamed(register, field.key, key))}
            />
          </>
        )}
      </Parts>
      <FindingsAt findings={findings.filter((one) => one.path === 'fields')} path="fields" />
    </>
  );
}

function OneField({
  id,
  field,
  onField,
  onKey,
}: {
  id: string;
  field: RegisterField;
  onField: (field: RegisterField) => void;
  onKey: (key: string) => void;
}) {
  const t = useTranslate();
  const [typedKey, setTypedKey] = useState<string>();
  const numeric = isNumeric(field);
  const computed = field.formula !== undefined;
  /** Sets a member, or leaves it out where it says nothing. */
  const put = (part: Partial<Record<keyof RegisterField, unknown>>): void => {
    const next = Object.entries({ ...field, ...part }).filter(([, value]) => value !== undefined && value !== '');
    onField({ label: '', ...Object.fromEntries(next) } as RegisterField);
  };
  return (
    <>
      <TextField
        id={`${id}-label`}
        label={t('designer.label')}
        maxLength={80}
        value={field.label}
        onChange={(event) => put({ label: event.currentTarget.value })}
      />
      <TextField
        id={`${id}-key`}
        label={t('designer.key')}
        hint={t('designer.key-hint')}
        short
        code
        maxLength={30}
        value={typedKey ?? field.key}
        error={typedKey === undefined || KEY.test(typedKey) ? undefined : t('designer.key-wrong')}
        onChange={(event) => setTypedKey(event.currentTarget.value.trim())}
        // Once it is whole: other parts that name the field follow it.
        onBlur={() => {
          if (typedKey === undefined || !KEY.test(typedKey)) return;
          setTypedKey(undefined);
          if (typedKey !== field.key) onKey(typedKey);
        }}
      />
      <Select
        id={`${id}-type`}
        label={t('designer.type')}
        value={field.type}
        options={TYPES.map((value) => ({ value, label: t(`designer.types.${value}`) }))}
        onChange={(value) => onField(ofType(field, TYPES.find((one) => one === value) ?? field.type, t))}
      />
      {field.type === 'choice' ? <ChoiceLines id={id} field={field} onField={onField} /> : null}
      {field.type === 'result' ? (
        <TextField
          id={`${id}-mentioned`}
          label={t('designer.mentioned-as')}
          hint={t('designer.mentioned-hint')}
          maxLength={60}
          value={field.mentionedAs ?? ''}
          onChange={(event) => put({ mentionedAs: event.currentTarget.value })}
        />
      ) : null}
      {numeric ? (
        <div className="field">
          <div className="grid-fields">
            <TextField
              id={`${id}-formula`}
              label={t('designer.formula')}
              hint={t('designer.formula-hint')}
              optional
              code
              maxLength={300}
              value={field.formula ?? ''}
              onChange={(event) => put({ formula: event.currentTarget.value, required: undefined })}
            />
            <TextField
              id={`${id}-unit`}
              label={t('designer.unit')}
              optional
              short
              maxLength={30}
              value={field.unit ?? ''}
              onChange={(event) => put({ unit: event.currentTarget.value })}
            />
            {computed ? null : (
              <>
                <NumberInput
                  id={`${id}-min`}
                  label={t('designer.min')}
                  optional
                  value={field.min}
                  onValue={(min) => put({ min })}
                />
                <NumberInput
                  id={`${id}-max`}
                  label={t('designer.max')}
                  optional
                  value={field.max}
                  onValue={(max) => put({ max })}
                />
                <Select
                  id={`${id}-places`}
                  label={t('designer.places')}
                  value={String(field.places ?? (field.type === 'percent' ? 2 : 0))}
                  options={['0', '1', '2', '3', '4'].map((value) => ({ value, label: value }))}
                  onChange={(value) => put({ places: Number(value) })}
                />
              </>
            )}
          </div>
        </div>
      ) : null}
      {computed ? null : (
        <>
          <TextField
            id={`${id}-hint-text`}
            label={t('designer.hint')}
            optional
            maxLength={200}
            value={field.hint ?? ''}
            onChange={(event) => put({ hint: event.currentTarget.value })}
          />
          <Tick
            id={`${id}-required`}
            label={t('designer.required')}
            checked={field.required ?? false}
            onChange={(required) => put({ required: required ? true : undefined })}
          />
        </>
      )}
    </>
  );
}

/** Choices typed a line each: `mã: tên`, or the name alone. */
function ChoiceLines({
  id,
  field,
  onField,
}: {
  id: string;
  field: RegisterField;
  onField: (field: RegisterField) => void;
}) {
  const t = useTranslate();
  // Read back at once it would swallow what is being typed.
  const [held, setHeld] = useState<{ readonly text: string; readonly of: RegisterField['choices'] }>();
  const written = (field.choices ?? []).map(({ code, label }) => `${code}: ${label}`).join('\n');
  return (
    <TextAreaField
      id={`${id}-choices`}
      label={t('designer.choices')}
      hint={t('designer.choices-hint')}
      rows={4}
      value={held && held.of === field.choices ? held.text : written}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const choices = choicesOf(text);
        setHeld({ text, of: choices });
        onField({ ...field, choices });
      }}
    />
  );
}

/** @example `co: Có\nChưa có` → [{ code: 'co', label: 'Có' }, { code: 'chua-co', label: 'Chưa có' }] */
function choicesOf(text: string): NonNullable<RegisterField['choices']> {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, code, named] = /^\s*([a-z0-9-]{1,40})\s*:\s*(.*)$/.exec(line) ?? [];
      const label = (named ?? line).trim();
      return { code: code ?? codeOf(label), label };
    });
}

const codeOf = (label: string): string =>
  foldVietnamese(label)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);

/** A field of another type, without the members only the old one had. */
function ofType(
  field: RegisterField,
  type: RegisterField['type'],
  t: (key: string) => string,
): RegisterDefinition['fields'][number] {
  const { key, label, hint, required } = field;
  const kept = { key, label, type, ...(hint ? { hint } : {}), ...(required ? { required } : {}) };
  switch (type) {
    case 'choice':
      return {
        ...kept,
        choices: [
          { code: 'co', label: t('designer.yes') },
          { code: 'khong', label: t('designer.no') },
        ],
      };
    case 'result':
      return { ...kept, mentionedAs: label || key };
    case 'number':
    case 'percent':
      return { ...kept, ...(field.formula ? { formula: field.formula } : {}) };
    case 'text':
    case 'day':
      return kept;
  }
}
