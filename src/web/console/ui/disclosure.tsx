import { type ReactNode, useState } from 'react';
import { Button } from '../../shared/design/button.tsx';

/** A button that opens a small form below it; `children` is given how to close it again. */
export function Disclosure({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="disclosure no-print">
      <Button type="button" look="secondary" small aria-expanded={open} onClick={() => setOpen(!open)}>
        {label}
      </Button>
      {open ? <div className="panel">{children(() => setOpen(false))}</div> : null}
    </div>
  );
}
