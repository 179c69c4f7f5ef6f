// A counter is one screen for everybody who comes: what somebody leaves open on it is taken away, and nobody goes back to it.

const QUIET_MS = 90_000;
const GRACE_MS = 60_000;

/**
 * `<dialog data-counter-home="…">`, on every page of a counter. Each page takes the address of the counter's first one, so
 * that going back, and sending again what was sent, leads there. Where nobody touches the page for a while it asks whether
 * somebody is there, and without an answer gives way to the first page; that (`data-counter-first`) stays while nothing is
 * typed on it.
 */
export function watchCounter(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-counter-home]');
  const home = dialog?.dataset['counterHome'];
  if (!dialog || !home) return;
  const isFirst = dialog.dataset['counterFirst'] !== undefined;
  const goHome = (): void => window.location.replace(home);
  let timer: number | undefined;

  function wait(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, QUIET_MS);
  }
  function ask(): void {
    if (isFirst && !isTypedOn()) {
      wait();
      return;
    }
    dialog?.showModal();
    timer = window.setTimeout(goHome, GRACE_MS);
  }

  window.history.replaceState(null, '', home);
  // It is closed a moment after the answer: who answers at the last moment keeps what was typed.
  dialog.addEventListener('submit', wait);
  dialog.addEventListener('close', wait);
  for (const sign of ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'])
    document.addEventListener(sign, () => (dialog.open ? undefined : wait()), { passive: true });
  // A browser may keep a left page as it was and show it again.
  window.addEventListener('pagehide', () => document.querySelector('main')?.setAttribute('hidden', ''));
  window.addEventListener('pageshow', ({ persisted }) => (persisted ? goHome() : undefined));
  wait();
}

const isTypedOn = (): boolean =>
  [...document.querySelectorAll<HTMLInputElement>('main input:not([type=hidden])')].some(({ value }) => value !== '');
