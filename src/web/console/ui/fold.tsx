import { createContext, type ReactNode, useContext, useState } from 'react';
import { Button } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { useNarrow } from './use-narrow.ts';

/** Either all are open or none, but for these. */
type State = { readonly all: boolean; readonly except: ReadonlySet<string> };
type Group = { readonly isOpen: (id: string) => boolean; readonly turn: (id: string) => void };

const FoldGroup = createContext<Group | undefined>(undefined);

/** Around the folds of one page: which are open, and on a telephone a button that opens all. `first`: open from the start. */
export function Folds({ first, children }: { first: string; children: ReactNode }) {
  const t = useTranslate();
  const narrow = useNarrow();
  const [{ all, except }, set] = useState<State>({ all: false, except: new Set([first]) });
  const group: Group = {
    isOpen: (id) => except.has(id) !== all,
    turn: (id) =>
      set({ all, except: new Set(except.has(id) ? [...except].filter((one) => one !== id) : [...except, id]) }),
  };
  return (
    <FoldGroup value={group}>
      {narrow ? (
        <p className="no-print">
          <Button type="button" look="secondary" small onClick={() => set({ all: !all, except: new Set() })}>
            {t(all ? 'console.fold.close-all' : 'console.fold.open-all')}
          </Button>
        </p>
      ) : null}
      {children}
    </FoldGroup>
  );
}

/**
 * A part of a long page: on a telephone its heading is a line that opens it, on a wide screen and on paper it stands open.
 * What is folded stays on the page, so nothing typed in it is lost. Outside of `Folds` it begins open, but for `closed`.
 */
export function Fold({
  id,
  title,
  line,
  panel = false,
  level = 2,
  closed = false,
  children,
}: {
  /** Of the heading, `-title` added. */
  id: string;
  title: string;
  /** What matters most of the part, for the line that opens it. */
  line?: string | undefined;
  panel?: boolean;
  /** Of the heading; 3 within a part that has one of its own. */
  level?: 2 | 3;
  closed?: boolean;
  children: ReactNode;
}) {
  const narrow = useNarrow();
  const group = useContext(FoldGroup);
  const [openAlone, setOpenAlone] = useState(!closed);
  const open = !narrow || (group?.isOpen(id) ?? openAlone);
  const Heading = `h${level}` as const;
  return (
    <section className={panel ? 'panel fold' : 'fold'} aria-labelledby={`${id}-title`}>
      <Heading id={`${id}-title`} tabIndex={-1}>
        {narrow ? (
          <button
            type="button"
            className="fold__line"
            aria-expanded={open}
            aria-controls={`${id}-body`}
            onClick={() => (group ? group.turn(id) : setOpenAlone(!openAlone))}
          >
            {title}
            {line ? <span className="fold__figure"> {line}</span> : null}
          </button>
        ) : (
          title
        )}
      </Heading>
      <div id={`${id}-body`} className={open ? undefined : 'fold__closed'}>
        {children}
      </div>
    </section>
  );
}

/** Leads to a fold of the same page and opens it. */
export function FoldLink({ id, children }: { id: string; children: ReactNode }) {
  const group = useContext(FoldGroup);
  return (
    <a
      href={`#${id}-title`}
      onClick={() => {
        if (group && !group.isOpen(id)) group.turn(id);
      }}
    >
      {children}
    </a>
  );
}
