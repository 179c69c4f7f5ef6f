import type { FormError } from '../../../core/forms/errors.ts';
import type { FormOperation } from '../../../core/forms/operations.ts';
import { inputId, inputName, valueAt } from '../../../core/forms/paths.ts';
import type { FieldProblem } from '../design/error-list.tsx';

/** A unit the address picker offers. */
export interface UnitOption {
  id: string;
  /** As shown and kept: `xã Hiệp Đức, thành phố Đà Nẵng`. */
  label: string;
  communeCode?: string;
  provinceCode?: string;
}

/**
 * How fields are tied to the page. With only `idPrefix` and `errors` the inputs are uncontrolled and post as HTML;
 * with `onChange` and `typed` they are controlled, as at the counter.
 */
export interface FormBinding {
  /** Begins every id, so that two forms fit on one page. */
  idPrefix: string;
  errors: readonly FormError[];
  /** Level of the heading over a repeated list: one below the heading of its section. Default 3. */
  listHeading?: 2 | 3;
  /** Address of the public unit picker (`/api/public/units`), for the script that improves the address input. */
  unitsUrl?: string;
  /** Values as typed, for controlled inputs: evaluated ones would change under the fingers. */
  typed?: Record<string, unknown>;
  onChange?: (path: string, value: unknown) => void;
  onOperation?: (operation: FormOperation) => void;
  onFiles?: (path: string, files: FileList) => void;
  /** Controlled address picker: told what is typed, asked what to offer. */
  onUnitSearch?: (path: string, text: string) => void;
  unitOptions?: (path: string) => readonly UnitOption[];
}

/** Message shown at a path: the first of its errors. */
export function errorAt(binding: FormBinding, path: string): string | undefined {
  return binding.errors.find((error) => error.path === path)?.message;
}

/** id, name and value of a text-like input, controlled or not. `shown` is the evaluated value as people write it. */
export function textInputProps(binding: FormBinding, path: string, shown: string) {
  const base = { id: inputId(binding.idPrefix, path), name: inputName(path) };
  const { onChange } = binding;
  if (!onChange) return { ...base, defaultValue: shown };
  const typed = valueAt(binding.typed, path);
  const value = typed === undefined || typed === null ? '' : typeof typed === 'string' ? typed : shown;
  const handle = (event: { currentTarget: { value: string } }) => onChange(path, event.currentTarget.value);
  return { ...base, value, onChange: handle };
}

/** Checked state of a radio button or box, controlled or not. */
export function tickProps(binding: FormBinding, isTicked: boolean, changed: (isTicked: boolean) => void) {
  if (!binding.onChange) return { defaultChecked: isTicked };
  const handle = (event: { currentTarget: { checked: boolean } }) => changed(event.currentTarget.checked);
  return { checked: isTicked, onChange: handle };
}

/** What is ticked: typed values where the screen keeps them, else the evaluated ones. */
export function currentValue(binding: FormBinding, path: string, evaluated: unknown): unknown {
  return binding.onChange && binding.typed ? valueAt(binding.typed, path) : evaluated;
}

/**
 * Errors as lines of the summary on top (`ErrorList`), each linked to its input; a rule told at several fields is one
 * line, linked to the first.
 */
export function formProblems(errors: readonly FormError[], idPrefix: string): FieldProblem[] {
  const told = new Set<string>();
  return errors.flatMap((error) => {
    const key = error.ruleId ?? `${error.path} ${error.message}`;
    if (told.has(key)) return [];
    told.add(key);
    return [{ id: inputId(idPrefix, error.path), message: error.message }];
  });
}
