import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { describedBy, FieldShell } from '../../shared/design/field.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';

/**
 * A text with suggestions below (combobox of the ARIA practices): arrows move, Enter takes, Escape closes. What is
 * typed and what is offered are the caller's; `onPick` is told the chosen one. While `loading` the offer still belongs to
 * the text before: with `mustPick` Enter then waits for the new one instead of taking the wrong row.
 */
export function TypeAhead<Item>({
  id,
  label,
  hint,
  error,
  text,
  onText,
  items,
  itemKey,
  renderItem,
  onPick,
  loading = false,
  mustPick = false,
  autoFocus = false,
  optional = false,
}: {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  text: string;
  onText: (text: string) => void;
  items: readonly Item[];
  itemKey: (item: Item) => string;
  renderItem: (item: Item) => ReactNode;
  onPick: (item: Item) => void;
  loading?: boolean;
  /** Only a row will do, no free text. */
  mustPick?: boolean;
  autoFocus?: boolean;
  optional?: boolean;
}) {
  const t = useTranslate();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [waiting, setWaiting] = useState(false);
  const shown = open && items.length > 0;
  const at = Math.min(active, items.length - 1);

  function take(item: Item | undefined) {
    if (item === undefined) return;
    setOpen(false);
    onPick(item);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first row of the answer that was waited for, once
  useEffect(() => {
    if (!waiting || loading) return;
    setWaiting(false);
    take(items[0]);
  }, [waiting, loading]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        if (shown) setActive((at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length);
        setOpen(true);
        return;
      case 'Enter':
        if ((!shown && !(mustPick && loading)) || event.ctrlKey) return;
        event.preventDefault();
        if (mustPick && loading) setWaiting(true);
        else take(items[at]);
        return;
      case 'Escape':
        if (shown) event.stopPropagation();
        setOpen(false);
        return;
    }
  }

  return (
    <FieldShell id={id} label={label} hint={hint} error={error} optional={optional}>
      <div className="type-ahead">
        <input
          id={id}
          className="input"
          role="combobox"
          aria-expanded={shown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={shown ? `${listId}-${at}` : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, hint, error)}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: first field of a screen the clerk opened to type
          autoFocus={autoFocus}
          value={text}
          onChange={(event) => {
            onText(event.currentTarget.value);
            setActive(0);
            setWaiting(false);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <div id={listId} role="listbox" aria-label={label} className="type-ahead__list" hidden={!shown}>
          {items.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's (aria-activedescendant)
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input
            <div
              key={itemKey(item)}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className="type-ahead__item"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(item)}
            >
              {renderItem(item)}
            </div>
          ))}
        </div>
        <span className="visually-hidden" aria-live="polite">
          {loading ? t('ui.state.loading') : shown ? t('console.suggestions', { count: items.length }) : ''}
        </span>
      </div>
    </FieldShell>
  );
}
