import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../shared/design/button.tsx';
import { useNarrow } from './use-narrow.ts';

/** What takes many lines in one cell of a list: on a telephone behind a line that opens it, whole on a wide screen and on paper. */
export function RowFold({ label, children }: { label: string; children: ReactNode }) {
  const narrow = useNarrow();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      {narrow ? (
        <Button type="button" look="link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      ) : null}
      <div id={id} className={narrow && !open ? 'fold__closed' : undefined}>
        {children}
      </div>
    </>
  );
}
