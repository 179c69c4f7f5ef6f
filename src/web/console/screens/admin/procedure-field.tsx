import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Select } from '../../ui/select.tsx';
import type { FieldSpec } from './procedure-columns.ts';
import { memberOf, nameOfRow, type Row, withMember } from './procedure-draft.ts';

const UNITS = ['working-day', 'working-hour', 'clock-hour', 'day', 'month', 'same-day'];

/** One field of a row, written back into the row; what is no number goes on as typed and is refused on saving. */
export function ProcedureField({
  id,
  spec,
  row,
  cases,
  onRow,
}: {
  id: string;
  spec: FieldSpec;
  row: Row;
  cases: readonly Row[];
  onRow: (row: Row) => void;
}) {
  const t = useTranslate();
  const label = t(`console.procedure-edit.field.${spec.label}`);
  const value = memberOf(row, spec.path);
  const put = (next: unknown) => onRow(withMember(row, spec.path, next));
  const typed = (text: string) => put(text === '' ? undefined : text);
  switch (spec.kind) {
    case 'text':
      return (
        <TextField id={id} label={label} value={shown(value)} onChange={(event) => typed(event.currentTarget.value)} />
      );
    case 'lines':
      return (
        <TextAreaField
          id={id}
          label={label}
          rows={2}
          value={shown(value)}
          onChange={(event) => typed(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <TextField
          id={id}
          label={label}
          short
          inputMode="decimal"
          value={shown(value)}
          onChange={(event) => put(numberOrText(event.currentTarget.value))}
        />
      );
    case 'day':
      return <DayField id={id} label={label} day={shown(value)} onDay={typed} optional={false} />;
    case 'check':
      // A rule in place of yes or no (`required`) is not to be lost by a click.
      if (typeof value === 'string') {
        return (
          <TextField id={id} label={label} code value={value} onChange={(event) => typed(event.currentTarget.value)} />
        );
      }
      return (
        <div className="checkbox">
          <input
            type="checkbox"
            id={id}
            checked={value === true}
            onChange={(event) => put(event.currentTarget.checked)}
          />
          <label htmlFor={id}>{label}</label>
        </div>
      );
    case 'choice':
      return (
        <Select
          id={id}
          label={label}
          value={shown(value)}
          onChange={typed}
          options={spec.values.map((one) => ({
            value: one,
            label: t(`console.procedure-edit.${spec.options}.${one}`),
          }))}
          empty={spec.optional ? t('console.procedure-edit.any') : undefined}
        />
      );
    case 'case':
      return (
        <Select
          id={id}
          label={label}
          value={shown(value)}
          onChange={typed}
          options={cases.map((one) => ({ value: shown(one['id']), label: nameOfRow(one) }))}
          empty={t('console.procedure-edit.any')}
        />
      );
    case 'allow':
      return <AllowanceField id={id} label={label} row={row} onRow={onRow} />;
  }
}

function AllowanceField({ id, label, row, onRow }: { id: string; label: string; row: Row; onRow: (row: Row) => void }) {
  const t = useTranslate();
  const unit = shown(memberOf(row, 'allow.unit'));
  if (row['phases'] !== undefined) return <p className="hint">{t('console.procedure-edit.two-phases')}</p>;
  return (
    <div className="pair">
      {unit === 'same-day' ? null : (
        <TextField
          id={`${id}-amount`}
          label={label}
          short
          inputMode="decimal"
          value={shown(memberOf(row, 'allow.amount'))}
          onChange={(event) => onRow(withMember(row, 'allow.amount', numberOrText(event.currentTarget.value)))}
        />
      )}
      <Select
        id={`${id}-unit`}
        label={t('console.procedure-edit.field.unit')}
        value={unit}
        onChange={(next) => {
          const changed = withMember(row, 'allow.unit', next);
          onRow(next === 'same-day' ? withMember(changed, 'allow.amount', undefined) : changed);
        }}
        options={UNITS.map((value) => ({ value, label: t(`console.procedure-edit.unit.${value}`) }))}
      />
    </div>
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? typedNumberVi(value) : '';
}

/** `2,5` → 2.5; `2,` and words stay text, so that nothing jumps while one types. */
function numberOrText(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^\d+([.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : text;
}
