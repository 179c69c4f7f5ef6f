/** Puts the focus on the first field of the form that says what is wrong with it, once the form has said so. */
export function focusWrong(form: HTMLFormElement): void {
  setTimeout(() => form.querySelector<HTMLElement>(WRONG)?.focus());
}

const WRONG = '[aria-invalid="true"], .field--error :is(input, select, textarea)';
