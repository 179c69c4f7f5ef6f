import { useState } from 'react';
import { readDay, showDay } from '../data/format.ts';

interface Cell {
  id: string;
  /** Read out: the column's head and the row's name together, since a cell has no label of its own. */
  label: string;
  error?: string | undefined;
}

/** One line of text in a cell of a table. */
export function CellInput({
  id,
  label,
  error,
  value,
  onText,
  numeric = false,
  short = false,
  placeholder,
}: Cell & {
  value: string;
  onText: (text: string) => void;
  numeric?: boolean;
  /** As wide as a day. */
  short?: boolean;
  placeholder?: string;
}) {
  return (
    <>
      <input
        id={id}
        className={`input input--cell${numeric ? ' input--narrow' : ''}${short ? ' input--day' : ''}`}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        autoComplete="off"
        inputMode={numeric ? 'decimal' : undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {error ? (
        <span className="error-message" id={`${id}-error`}>
          {error}
        </span>
      ) : null}
    </>
  );
}

/** A day in a cell, typed as dd/mm/yyyy; what is no day is told as it is typed. */
export function CellDay({ day, onDay, ...cell }: Cell & { day: string; onDay: (day: string) => void }) {
  const [typed, setTyped] = useState(showDay(day));
  return (
    <CellInput
      {...cell}
      short
      placeholder="dd/mm/yyyy"
      value={typed}
      onText={(text) => {
        setTyped(text);
        onDay(readDay(text) ?? text.trim());
      }}
    />
  );
}

/** One of a list in a cell. */
export function CellSelect({
  id,
  label,
  value,
  options,
  empty,
  onValue,
}: Cell & {
  value: string;
  options: readonly { value: string; label: string }[];
  /** First line, which chooses nothing. */
  empty?: string;
  onValue: (value: string) => void;
}) {
  return (
    <select
      id={id}
      className="select input--cell"
      aria-label={label}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
    >
      {empty === undefined ? null : <option value="">{empty}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
