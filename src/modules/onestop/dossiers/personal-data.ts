import { type Actor, readingUnitsFor } from '../../../core/access/actor.ts';
import { maskIdNumber } from '../../../core/text/names.ts';
import type { DossierPageType } from './contract.ts';

/**
 * Whether somebody may read identity numbers, phones and addresses of a dossier in full: applicants their own, staff
 * with `dossier.read-personal` at a unit that has to do with it, or where such a unit's dossiers are read now that it is no
 * more. Others do their part with the rest masked.
 */
export function readsPersonal(actor: Actor, unitIds: readonly string[]): boolean {
  if (actor.kind !== 'staff') return true;
  const units = new Set(readingUnitsFor(actor, 'dossier.read-personal'));
  return unitIds.some((id) => units.has(id));
}

const PHONE = /phone$/i;

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (typeof item !== 'string' || item === '') return [name, maskValue(item)];
      if (name === 'idNumber') return [name, maskIdNumber(item)];
      if (PHONE.test(name)) return [name, `…${item.slice(-3)}`];
      return [name, item];
    }),
  );
}

/** Numbers that must not show, longest first, so that one inside another is covered. */
function numbersIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) numbersIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (typeof item === 'string' && item.length > 4 && (name === 'idNumber' || PHONE.test(name))) found.add(item);
      else numbersIn(item, found);
    }
  }
  return found;
}

/** A page with identity numbers and phones masked (`0*********12`), addresses and mail addresses left out. */
export function maskPage(page: DossierPageType): DossierPageType {
  const numbers = [...numbersIn([page.formValues, page.parties])].sort((a, b) => b.length - a.length);
  const hide = (text: string): string =>
    numbers.reduce((masked, number) => masked.replaceAll(number, maskIdNumber(number)), text);
  return {
    ...page,
    parties: page.parties.map(({ role, snapshot }) => ({
      role,
      snapshot: { ...(maskValue(snapshot) as typeof snapshot), address: null, email: null },
    })),
    formValues: maskValue(page.formValues) as DossierPageType['formValues'],
    formLines: page.formLines.map(({ label, value }) => ({ label, value: hide(value) })),
    result: page.result && { ...page.result, body: hide(page.result.body) },
    draft: page.draft && { ...page.draft, body: hide(page.draft.body) },
  };
}
