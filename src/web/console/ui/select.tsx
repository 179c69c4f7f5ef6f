import { describedBy, FieldShell } from '../../shared/design/field.tsx';

/** One of a list, controlled; `empty` is the first line that chooses nothing. */
export function Select({
  id,
  label,
  value,
  onChange,
  options,
  empty,
  hint,
  error,
}: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Options with a `group` stand under its name; groups come in the order of their first option. */
  options: readonly { value: string; label: string; group?: string }[];
  empty?: string | undefined;
  hint?: string | undefined;
  error?: string | undefined;
}) {
  return (
    <FieldShell id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {[...new Set(options.map((option) => option.group))].map((group) => {
          const list = options
            .filter((option) => option.group === group)
            .map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ));
          return group === undefined ? (
            list
          ) : (
            <optgroup key={group} label={group}>
              {list}
            </optgroup>
          );
        })}
      </select>
    </FieldShell>
  );
}
