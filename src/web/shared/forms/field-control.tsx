import type { DeclarationField, SimpleField } from '../../../core/forms/definition.ts';
import type { VisibleField } from '../../../core/forms/evaluate.ts';
import { inputId, inputName } from '../../../core/forms/paths.ts';
import { valueText } from '../../../core/forms/print.ts';
import type { AddressValue } from '../../../core/forms/read-address.ts';
import { formatTypedDate } from '../../../core/forms/read-date.ts';
import type { FileValue } from '../../../core/forms/read-file.ts';
import type { PersonValue } from '../../../core/forms/read-person.ts';
import { formatNumberVi } from '../../../core/text/numbers.ts';
import { useTranslate } from '../i18n/context.tsx';
import { AddressControl } from './address-control.tsx';
import { currentValue, errorAt, type FormBinding, tickProps } from './binding.ts';
import { ChoiceControl } from './choice-control.tsx';
import { FileControl } from './file-control.tsx';
import { PersonControl } from './person-control.tsx';
import { TextControl } from './text-control.tsx';

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function shownText(field: SimpleField, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return formatNumberVi(value);
  return field.type === 'date' ? formatTypedDate(String(value)) : String(value);
}

/** One visible field of any type. */
export function FieldControl({ binding, visible }: { binding: FormBinding; visible: VisibleField }) {
  const t = useTranslate();
  const { field, path, isRequired, value } = visible;
  if (field.type === 'note') return <NoteBlock title={field.label} text={field.help} />;
  if (visible.isComputed) return <Computed id={inputId(binding.idPrefix, path)} visible={visible} />;
  const base = { binding, path, isRequired };
  const text = { ...base, label: field.label, hint: field.help, shown: shownText(field, value) };
  switch (field.type) {
    case 'text': {
      const type = field.format === 'phone' ? 'tel' : field.format === 'email' ? 'email' : 'text';
      const { multiline = false, maxLength, autocomplete } = field;
      return (
        <TextControl {...text} type={type} multiline={multiline} maxLength={maxLength} autoComplete={autocomplete} />
      );
    }
    case 'number': {
      const label = field.unit ? t('forms.with-unit', { label: field.label, unit: field.unit }) : field.label;
      return <TextControl {...text} label={label} inputMode={field.integer ? 'numeric' : 'decimal'} short />;
    }
    case 'money': {
      const label = t('forms.with-unit', { label: field.label, unit: t('forms.dong') });
      return <TextControl {...text} label={label} inputMode="numeric" short />;
    }
    case 'date': {
      const example = field.acceptPartial
        ? t('forms.date.partial-hint')
        : t(`forms.date.${field.precision ?? 'day'}-hint`);
      const hint = field.help ? `${field.help} ${example}` : example;
      return <TextControl {...text} hint={hint} inputMode="numeric" short autoComplete={field.autocomplete} />;
    }
    case 'choice':
      return <ChoiceControl {...base} field={field} value={value} />;
    case 'address':
      return <AddressControl {...base} field={field} value={recordOf(value) as AddressValue} />;
    case 'person':
      return <PersonControl {...base} field={field} value={recordOf(value) as PersonValue} />;
    case 'file':
      return <FileControl {...base} field={field} files={Array.isArray(value) ? (value as FileValue[]) : []} />;
    case 'declaration':
      return <Declaration binding={binding} path={path} field={field} value={value} />;
  }
}

function NoteBlock({ title, text }: { title: string; text?: string | undefined }) {
  return (
    <div className="note">
      <p>
        <strong>{title}</strong>
      </p>
      {text ? <p>{text}</p> : null}
    </div>
  );
}

/** What the form reckons itself: shown, never posted. */
function Computed({ id, visible }: { id: string; visible: VisibleField }) {
  const t = useTranslate();
  return (
    <div className="field">
      <span className="label" id={`${id}-label`}>
        {visible.field.label}
      </span>
      <output id={id} aria-labelledby={`${id}-label`}>
        {valueText(visible.field, visible.value) || t('forms.not-yet')}
      </output>
    </div>
  );
}

function Declaration({
  binding,
  path,
  field,
  value,
}: {
  binding: FormBinding;
  path: string;
  field: DeclarationField;
  value: unknown;
}) {
  const t = useTranslate();
  const id = inputId(binding.idPrefix, path);
  const error = errorAt(binding, path);
  const describedBy = [error ? `${id}-error` : '', field.help ? `${id}-hint` : ''].filter(Boolean).join(' ');
  const current = currentValue(binding, path, value);
  const isTicked = current === true || current === 'on';
  return (
    <div className={error ? 'field field--error' : 'field'}>
      {field.help ? (
        <span className="hint" id={`${id}-hint`}>
          {field.help}
        </span>
      ) : null}
      {error ? (
        <span className="error-message" id={`${id}-error`}>
          <span className="visually-hidden">{t('ui.field.error')}: </span>
          {error}
        </span>
      ) : null}
      <div className="checkbox">
        <input type="hidden" name={inputName(path)} value="" />
        <input
          type="checkbox"
          id={id}
          name={inputName(path)}
          value="on"
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy || undefined}
          {...tickProps(binding, isTicked, (ticked) => binding.onChange?.(path, ticked))}
        />
        <label htmlFor={id}>{field.label}</label>
      </div>
    </div>
  );
}
