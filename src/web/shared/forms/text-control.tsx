import type { HTMLAttributes } from 'react';
import { describedBy, FieldShell } from '../design/field.tsx';
import { errorAt, type FormBinding, textInputProps } from './binding.ts';

interface TextControlProps {
  binding: FormBinding;
  path: string;
  label: string;
  hint?: string | undefined;
  isRequired: boolean;
  /** The evaluated value as people write it. */
  shown: string;
  type?: 'text' | 'tel' | 'email';
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  autoComplete?: string | undefined;
  maxLength?: number | undefined;
  short?: boolean;
  multiline?: boolean;
  /** Id of a datalist with suggestions. */
  list?: string | undefined;
  data?: Record<`data-${string}`, string | undefined>;
}

/** One text input with label, hint and error; every typed field and part of a field is made of it. */
export function TextControl(props: TextControlProps) {
  const { binding, path, label, hint, shown, multiline, short, data } = props;
  const input = textInputProps(binding, path, shown);
  const error = errorAt(binding, path);
  const shared = {
    ...input,
    ...data,
    maxLength: props.maxLength,
    autoComplete: props.autoComplete,
    'aria-invalid': error ? true : undefined,
    'aria-required': props.isRequired ? true : undefined,
    'aria-describedby': describedBy(input.id, hint, error),
  };
  return (
    <FieldShell id={input.id} label={label} hint={hint} error={error} optional={!props.isRequired}>
      {multiline ? (
        <textarea {...shared} className="input textarea" rows={4} />
      ) : (
        <input
          {...shared}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          list={props.list}
          className={short ? 'input input--short' : 'input'}
        />
      )}
    </FieldShell>
  );
}
