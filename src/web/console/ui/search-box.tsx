import { useEffect, useState } from 'react';
import { TextField } from '../../shared/design/field.tsx';
import { useLater } from '../data/use-later.ts';

/** A search text that is told once the typing rests. */
export function SearchBox({ id, label, onText }: { id: string; label: string; onText: (text: string) => void }) {
  const [typed, setTyped] = useState('');
  const later = useLater(typed.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rested text is what this reacts to
  useEffect(() => onText(later), [later]);
  return (
    <TextField
      id={id}
      label={label}
      type="search"
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
