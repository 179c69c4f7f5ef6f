import type { ChoiceField } from '../../../core/forms/definition.ts';
import { inputId, inputName } from '../../../core/forms/paths.ts';
import { describedBy, FieldShell } from '../design/field.tsx';
import { useTranslate } from '../i18n/context.tsx';
import { currentValue, errorAt, type FormBinding, textInputProps, tickProps } from './binding.ts';
import { QuestionSet } from './fieldset.tsx';

/** More options than this are a closed list. */
const MAX_IN_SIGHT = 6;

interface ChoiceProps {
  binding: FormBinding;
  path: string;
  field: Pick<ChoiceField, 'label' | 'help' | 'options' | 'multiple'>;
  isRequired: boolean;
  value: unknown;
}

/** Options of a choice: boxes for several, buttons for up to six, else a closed list. */
export function ChoiceControl(props: ChoiceProps) {
  if (props.field.multiple) return <Boxes {...props} />;
  return props.field.options.length <= MAX_IN_SIGHT ? <Radios {...props} /> : <ClosedList {...props} />;
}

// The hidden empty input says that the question was on the page; a ticked one after it wins.
function Marker({ path }: { path: string }) {
  return <input type="hidden" name={inputName(path)} value="" />;
}

function Boxes({ binding, path, field, isRequired, value }: ChoiceProps) {
  const id = inputId(binding.idPrefix, path);
  const current = currentValue(binding, path, value);
  const chosen: unknown[] = Array.isArray(current) ? current : [];
  return (
    <QuestionSet id={id} label={field.label} hint={field.help} error={errorAt(binding, path)} isRequired={isRequired}>
      <Marker path={path} />
      {field.options.map((option, index) => {
        const optionId = index === 0 ? id : `${id}-${index + 1}`;
        const change = (isTicked: boolean) => {
          const rest = chosen.filter((item) => item !== option.value);
          binding.onChange?.(path, isTicked ? [...rest, option.value] : rest);
        };
        return (
          <div className="checkbox" key={option.value}>
            <input
              type="checkbox"
              id={optionId}
              name={inputName(path)}
              value={option.value}
              {...tickProps(binding, chosen.includes(option.value), change)}
            />
            <label htmlFor={optionId}>{option.label}</label>
          </div>
        );
      })}
    </QuestionSet>
  );
}

function Radios({ binding, path, field, isRequired, value }: ChoiceProps) {
  const t = useTranslate();
  const id = inputId(binding.idPrefix, path);
  const current = currentValue(binding, path, value) ?? '';
  // A radio button cannot be taken back: what may be left open gets an answer that says so.
  const none = isRequired ? [] : [{ value: '', label: t('forms.none') }];
  return (
    <QuestionSet id={id} label={field.label} hint={field.help} error={errorAt(binding, path)} isRequired={isRequired}>
      <Marker path={path} />
      {[...field.options, ...none].map((option, index) => {
        const optionId = index === 0 ? id : `${id}-${index + 1}`;
        return (
          <div className="radio" key={option.value}>
            <input
              type="radio"
              id={optionId}
              name={inputName(path)}
              value={option.value}
              {...tickProps(binding, current === option.value, () => binding.onChange?.(path, option.value))}
            />
            <label htmlFor={optionId}>{option.label}</label>
          </div>
        );
      })}
    </QuestionSet>
  );
}

function ClosedList({ binding, path, field, isRequired, value }: ChoiceProps) {
  const t = useTranslate();
  const error = errorAt(binding, path);
  const input = textInputProps(binding, path, typeof value === 'string' ? value : '');
  return (
    <FieldShell id={input.id} label={field.label} hint={field.help} error={error} optional={!isRequired}>
      <select
        {...input}
        className="select"
        aria-invalid={error ? true : undefined}
        aria-required={isRequired ? true : undefined}
        aria-describedby={describedBy(input.id, field.help, error)}
      >
        <option value="">{t('forms.choose')}</option>
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldShell>
  );
}
