// Improves forms that work without it: saves the draft while one types, suggests units for addresses, leads to the
// first error. No library; stays under 3 kB. Texts come from the page (data attributes), so that they are keyed.

const SAVE_DELAY_MS = 1500;
const SEARCH_DELAY_MS = 250;

/** A row of the public unit picker (`pickUnits` of organisation); `place` names what the unit lies in. */
interface Unit {
  unitId: string;
  name: string;
  place: string;
  level: string;
  code: string | null;
}

function labelOf({ name, place }: Unit): string {
  return place && place !== name ? `${name}, ${place}` : name;
}

function debounce(delayMs: number, act: () => void): () => void {
  let timer: number | undefined;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, delayMs);
  };
}

function setText(element: Element | null, text: string | undefined): void {
  if (element && text) element.textContent = text;
}

/**
 * `<form data-autosave-url="…">`: posts the form 1.5 s after the last change, files left out, and says so in
 * `[data-autosave-status]` (component AutosaveStatus: "Đã lưu lúc 09:05"). A JSON answer
 * `{version}` is put into the form's `version` input, so that the next save is not a conflict. One at a time.
 */
function autosave(form: HTMLFormElement, url: string): void {
  const status = form.querySelector<HTMLElement>('[data-autosave-status]');
  const token = form.querySelector<HTMLInputElement>('input[name="version"]');
  let isBusy = false;
  let isLeaving = false;
  const save = async (): Promise<void> => {
    if (isLeaving) return;
    if (isBusy) {
      later();
      return;
    }
    isBusy = true;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    try {
      const headers = { accept: 'application/json', 'x-autosave': '1' };
      const response = await fetch(url, { method: 'POST', body, headers, credentials: 'same-origin' });
      if (response.status === 401) {
        setText(status, status?.dataset.endedText);
        isBusy = false;
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const answer: unknown = await response.json().catch(() => ({}));
      const version = (answer as { version?: unknown }).version;
      if (token && version !== undefined) token.value = String(version);
      const time = new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
      setText(status, `${status?.dataset.savedText ?? ''} ${time}`);
    } catch {
      setText(status, status?.dataset.failedText);
    }
    isBusy = false;
  };
  const later = debounce(SAVE_DELAY_MS, () => void save());
  form.addEventListener('input', later);
  form.addEventListener('submit', () => {
    isLeaving = true;
  });
}

/** `[data-units-url]` around an address: fills its datalist from `?q=…&level=…&day=…`, and the hidden id and codes of the unit chosen. */
function unitPicker(box: HTMLElement, url: string): void {
  const input = box.querySelector<HTMLInputElement>('[data-unit-input]');
  const list = box.querySelector('datalist');
  if (!input || !list) return;
  let units: Unit[] = [];
  const fill = (): void => {
    const unit = units.find((row) => labelOf(row) === input.value);
    const values: Record<string, string | undefined> = {
      unitId: unit?.unitId,
      communeCode: unit?.level === 'commune' ? (unit.code ?? '') : '',
      provinceCode: unit?.level === 'province' ? (unit.code ?? '') : '',
      unitOf: unit ? input.value : '',
    };
    for (const hidden of box.querySelectorAll<HTMLInputElement>('input[type="hidden"]')) {
      hidden.value = values[hidden.name.split('.').pop() ?? ''] ?? '';
    }
  };
  const search = debounce(SEARCH_DELAY_MS, () => {
    const text = input.value;
    // A unit just chosen is not looked for again: the search may not know its whole label and would clear it.
    if (text.trim().length < 2 || units.some((row) => labelOf(row) === text)) return;
    const query = new URLSearchParams({ q: text, level: box.dataset.unitsLevel ?? 'commune' });
    if (box.dataset.unitsDay) query.set('day', box.dataset.unitsDay);
    fetch(`${url}?${query.toString()}`)
      .then((response) => response.json())
      .then((answer: { rows: Unit[] }) => {
        if (input.value !== text) return;
        units = answer.rows;
        list.replaceChildren(
          ...units.map((row) => {
            const option = document.createElement('option');
            option.value = labelOf(row);
            return option;
          }),
        );
        fill();
      })
      // Without suggestions the address stays free text.
      .catch(() => undefined);
  });
  input.addEventListener('input', () => {
    fill();
    search();
  });
}

/** Improves every form on the page; call once when the script runs (deferred). */
export function enhanceForms(root: ParentNode = document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-autosave-url]')) {
    if (form.dataset.autosaveUrl) autosave(form, form.dataset.autosaveUrl);
  }
  for (const box of root.querySelectorAll<HTMLElement>('[data-units-url]')) {
    if (box.dataset.unitsUrl) unitPicker(box, box.dataset.unitsUrl);
  }
  root.querySelector<HTMLElement>('#error-summary')?.focus();
}
