import { useEffect, useRef, useState } from 'react';
import { TextField } from '../../shared/design/field.tsx';
import { useLater } from '../data/use-later.ts';

/** A search text that is told once the typing rests, and only when it is another than was told before. */
export function SearchBox({
  id,
  label,
  text = '',
  onText,
}: {
  id: string;
  label: string;
  /** What is searched for when the box opens: the text an address keeps. */
  text?: string | undefined;
  onText: (text: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  const later = useLater(typed.trim());
  const told = useRef(later);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rested text is what this reacts to
  useEffect(() => {
    if (told.current === later) return;
    told.current = later;
    onText(later);
  }, [later]);
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
