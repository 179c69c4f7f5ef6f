import { useEffect } from 'react';

/**
 * Keeps the form of a control from being sent while what stands in the control cannot go with it (text that is no day, a
 * file that is too large): it would be left out without a word. The control takes the focus.
 * @param onHeld when somebody tried
 */
export function useHeldForm(id: string, held: boolean, onHeld: () => void): void {
  useEffect(() => {
    const input = document.getElementById(id);
    const form = input instanceof HTMLInputElement ? input.form : null;
    if (!form || !held) return;
    const hold = (event: Event): void => {
      event.preventDefault();
      event.stopPropagation();
      onHeld();
      input?.focus();
    };
    // Before the form's own handler, which React hears at the root of the page.
    form.addEventListener('submit', hold, true);
    return () => form.removeEventListener('submit', hold, true);
  }, [id, held, onHeld]);
}
