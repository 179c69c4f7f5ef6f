import { useTranslate } from '../shared/i18n/context.tsx';
import { ApiError } from './api-error.ts';
import { createStore, useStore } from './store.ts';

interface Toast {
  id: number;
  tone: 'success' | 'danger';
  text: string;
}

const toasts = createStore<readonly Toast[]>([]);
let nextId = 1;

/** Tells the person something at the foot of the screen. Successes leave after 6 s; errors stay until closed. */
export function notify(tone: Toast['tone'], text: string): void {
  const toast = { id: nextId++, tone, text };
  toasts.set([...toasts.get().slice(-3), toast]);
  if (tone === 'success') setTimeout(() => dismiss(toast.id), 6000);
}

/** Tells of a failed call in the server's words. */
export function notifyError(error: unknown, fallback: string): void {
  notify('danger', error instanceof ApiError ? error.message : fallback);
}

function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

/** Where toasts appear; once, in the shell. */
export function ToastRegion() {
  const t = useTranslate();
  const shown = useStore(toasts);
  return (
    <section className="toasts" aria-live="polite" aria-label={t('console.toasts')}>
      {shown.map((toast) => (
        <div key={toast.id} className={`note note--${toast.tone} toast`}>
          <p>{toast.text}</p>
          <button type="button" className="button button--link" onClick={() => dismiss(toast.id)}>
            {t('console.close')}
          </button>
        </div>
      ))}
    </section>
  );
}
