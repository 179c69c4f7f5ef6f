// Parts of a long page that may be closed: on a telephone those marked with `data-fold` are to begin with; printed, none is.

// The width below which tables become cards (`components.css`).
const NARROW = 'screen and (max-width: 40rem)';

/** Closes what a telephone need not show at once, and opens everything for paper as long as it is printed. */
export function foldParts(): void {
  if (window.matchMedia(NARROW).matches)
    for (const part of document.querySelectorAll<HTMLDetailsElement>('details[data-fold]')) part.open = false;
  let closed: readonly HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
    for (const part of closed) part.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const part of closed) part.open = false;
  });
}
