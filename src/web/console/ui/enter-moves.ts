import type { KeyboardEvent } from 'react';

const STOPS =
  'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button[type=submit]:not(:disabled)';

/** The places a clerk passes, in order: one per group of radio buttons, nothing that cannot be seen. */
function stopsOf(form: HTMLElement): HTMLElement[] {
  const groups = new Set<string>();
  return [...form.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => {
    if (stop.tabIndex < 0 || stop.closest('[data-enter-skip]') || stop.getClientRects().length === 0) return false;
    if (!(stop instanceof HTMLInputElement) || stop.type !== 'radio') return true;
    const chosen = form.querySelector(`input[type=radio][name="${CSS.escape(stop.name)}"]:checked`);
    if (groups.has(stop.name) || (chosen && chosen !== stop)) return false;
    groups.add(stop.name);
    return true;
  });
}

/**
 * Key handler of a form worked by keyboard: Enter goes to the next field as on paper, Ctrl+Enter sends. Shift+Enter
 * begins a new line in texts of several lines. Buttons and open suggestion lists keep their own Enter.
 */
export function enterMoves(submit: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.key !== 'Enter' || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      submit();
      return;
    }
    const target = event.target;
    if (!(target instanceof HTMLElement) || !target.matches('input, select, textarea')) return;
    if (event.shiftKey && target instanceof HTMLTextAreaElement) return;
    if (target instanceof HTMLInputElement && target.type === 'file') return;
    event.preventDefault();
    const stops = stopsOf(event.currentTarget);
    const at = stops.findIndex((stop) => stop === target || sameGroup(stop, target));
    stops[at + 1]?.focus();
  };
}

function sameGroup(stop: HTMLElement, target: HTMLElement): boolean {
  return (
    stop instanceof HTMLInputElement &&
    target instanceof HTMLInputElement &&
    stop.type === 'radio' &&
    target.type === 'radio' &&
    stop.name === target.name
  );
}
