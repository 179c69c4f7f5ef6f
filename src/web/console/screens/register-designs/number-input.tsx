import { useState } from 'react';
import { formatNumberVi, parseNumberVi } from '../../../../core/text/numbers.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';

/** A number typed as 1.234,5; empty is none. What is no number is told and changes nothing. */
export function NumberInput({
  id,
  label,
  hint,
  optional = false,
  value,
  onValue,
}: {
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
  value: number | undefined;
  onValue: (value: number | undefined) => void;
}) {
  const t = useTranslate();
  // What was typed belongs to the value it was typed for: the field may come to stand for another part.
  const [held, setHeld] = useState<{ readonly text: string; readonly of: number | undefined }>();
  const typed = held && held.of === value ? held.text : value === undefined ? '' : formatNumberVi(value);
  const wrong = typed.trim() !== '' && parseNumberVi(typed) === undefined;
  return (
    <TextField
      id={id}
      label={label}
      hint={hint}
      optional={optional}
      short
      inputMode="decimal"
      autoComplete="off"
      maxLength={20}
      value={typed}
      error={wrong ? t('registers.bad-number') : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const read = text.trim() === '' ? undefined : (parseNumberVi(text) ?? value);
        setHeld({ text, of: read });
        if (read !== value) onValue(read);
      }}
    />
  );
}
