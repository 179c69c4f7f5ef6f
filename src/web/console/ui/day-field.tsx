import { useCallback, useState } from 'react';
import { TextField } from '../../shared/design/field.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { readDay, showDay } from '../data/format.ts';
import { useHeldForm } from './use-held-form.ts';

/**
 * A day typed as dd/mm/yyyy; tells the plain day when it is one, empty when cleared. A form does not leave with text in
 * it that is no day: it would carry the day before, or none.
 */
export function DayField({
  id,
  label,
  day,
  onDay,
  optional = true,
  error,
}: {
  id: string;
  label: string;
  day: string;
  onDay: (day: string) => void;
  optional?: boolean;
  /** What is wrong with the day itself; text that is no day is told first. */
  error?: string | undefined;
}) {
  const t = useTranslate();
  const [typed, setTyped] = useState(showDay(day));
  const [wrong, setWrong] = useState(false);
  const isNoDay = typed.trim() !== '' && readDay(typed) === undefined;
  const tellWrong = useCallback(() => setWrong(true), []);
  useHeldForm(id, isNoDay, tellWrong);
  return (
    <TextField
      id={id}
      label={label}
      short
      optional={optional}
      inputMode="numeric"
      placeholder="dd/mm/yyyy"
      autoComplete="off"
      value={typed}
      error={wrong ? t('console.wrong-day') : error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const read = readDay(text);
        if (text.trim() === '') onDay('');
        else if (read) onDay(read);
        if (read || text.trim() === '') setWrong(false);
      }}
      onBlur={() => setWrong(isNoDay)}
    />
  );
}
