import type { AddressField } from '../../../core/forms/definition.ts';
import { inputId, inputName, valueAt } from '../../../core/forms/paths.ts';
import type { AddressValue } from '../../../core/forms/read-address.ts';
import { useTranslate } from '../i18n/context.tsx';
import { errorAt, type FormBinding } from './binding.ts';
import { QuestionSet } from './fieldset.tsx';
import { TextControl } from './text-control.tsx';

const HIDDEN_PARTS = ['unitId', 'provinceCode', 'communeCode'] as const;

/**
 * An address: detail as free text, and the unit, free text too with suggestions where the script or the screen offers
 * them. What the picker found travels in hidden inputs, with the text it was found for.
 */
export function AddressControl({
  binding,
  path,
  field,
  isRequired,
  value,
}: {
  binding: FormBinding;
  path: string;
  field: AddressField;
  isRequired: boolean;
  value: AddressValue;
}) {
  const t = useTranslate();
  const id = inputId(binding.idPrefix, path);
  const label = field.level === 'province' ? t('forms.address.province') : t('forms.address.commune');
  return (
    <QuestionSet
      id={id}
      label={field.label}
      hint={field.help}
      error={errorAt(binding, path)}
      isRequired={isRequired}
      isLinkTarget
    >
      {field.detail === 'none' ? null : (
        <TextControl
          binding={binding}
          path={`${path}.text`}
          label={t('forms.address.detail')}
          isRequired={field.detail === 'required'}
          shown={value.text ?? ''}
          maxLength={300}
          autoComplete="off"
        />
      )}
      <div
        data-units-url={binding.unitsUrl}
        data-units-level={field.level ?? 'commune'}
        data-units-day={field.unitsOn === 'today' ? undefined : field.unitsOn}
      >
        <TextControl
          binding={withUnitSearch(binding, path)}
          path={`${path}.unitText`}
          label={label}
          hint={t('forms.address.unit-hint')}
          isRequired={isRequired}
          shown={value.unitText ?? ''}
          maxLength={300}
          autoComplete="off"
          list={`${id}-units`}
          data={{ 'data-unit-input': '' }}
        />
        <datalist id={`${id}-units`}>
          {(binding.unitOptions?.(path) ?? []).map((option) => (
            <option key={option.id} value={option.label} />
          ))}
        </datalist>
        {binding.onChange ? null : (
          <>
            {HIDDEN_PARTS.map((part) => (
              <input key={part} type="hidden" name={inputName(`${path}.${part}`)} defaultValue={value[part] ?? ''} />
            ))}
            <input type="hidden" name={inputName(`${path}.unitOf`)} defaultValue={value.unitId ? value.unitText : ''} />
          </>
        )}
      </div>
    </QuestionSet>
  );
}

/** Controlled use: a text that is one of the offered units brings its id and codes, any other text clears them. */
function withUnitSearch(binding: FormBinding, path: string): FormBinding {
  const { onChange } = binding;
  if (!onChange) return binding;
  return {
    ...binding,
    onChange: (_, text) => {
      const typed = String(text);
      const detail = valueAt(binding.typed, `${path}.text`);
      const unit = binding.unitOptions?.(path).find((option) => option.label === typed);
      const { id, communeCode, provinceCode } = unit ?? {};
      const found = unit ? { unitId: id, communeCode, provinceCode } : {};
      onChange(path, { text: detail, unitText: typed, ...found });
      binding.onUnitSearch?.(path, typed);
    },
  };
}
