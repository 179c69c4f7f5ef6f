import type { FormError } from '../../../../core/forms/errors.ts';
import { NAME_PREFIX } from '../../../../core/forms/paths.ts';
import type { VisibleField, VisibleList, VisibleSection } from '../../../../core/forms/visible.ts';

/** A question that a choice has added to a page: where it stands, and its label. */
export type Revealed = { readonly path: string; readonly label: string };

/** True where the page just posted asked for this place: every input posts at least an empty text under its name. */
function wasAsked(path: string, names: readonly string[]): boolean {
  return names.some((name) => name === path || name.startsWith(`${path}.`));
}

function isConditional(node: VisibleField | VisibleList, section: VisibleSection): boolean {
  if (section.section.visibleWhen !== undefined) return true;
  return node.kind === 'list' ? node.group?.visibleWhen !== undefined : node.field.visibleWhen !== undefined;
}

function labelOf(node: VisibleField | VisibleList): string {
  return node.kind === 'list' ? (node.group?.label ?? node.itemLabel) : node.field.label;
}

/**
 * The questions of a section that the posted page did not show yet, because an answer on that page revealed them: a
 * browser without script learns of them only now. Notes and computed fields ask nothing.
 * @param posted the body of the post, names as the form renderer writes them (`f.applicant.fullName`)
 */
export function revealedIn(section: VisibleSection, posted: Readonly<Record<string, unknown>>): Revealed[] {
  const names = Object.keys(posted)
    .filter((name) => name.startsWith(NAME_PREFIX))
    .map((name) => name.slice(NAME_PREFIX.length));
  return section.nodes.flatMap((node): Revealed[] => {
    if (node.kind === 'field') {
      const asks = node.field.type !== 'note' && !node.isComputed;
      if (!asks || !isConditional(node, section) || wasAsked(node.path, names)) return [];
      return [{ path: node.path, label: labelOf(node) }];
    }
    if (!wasAsked(node.path, names))
      return isConditional(node, section) ? [{ path: node.path, label: labelOf(node) }] : [];
    return node.items
      .filter((item) => wasAsked(item.path, names))
      .flatMap((item) => item.fields)
      .filter((field) => field.field.visibleWhen !== undefined && field.field.type !== 'note' && !field.isComputed)
      .filter((field) => !wasAsked(field.path, names))
      .map((field) => ({ path: field.path, label: field.field.label }));
  });
}

/** Errors of what the person has seen: nobody is blamed for a question not asked yet. */
export function withoutRevealed(errors: readonly FormError[], revealed: readonly Revealed[]): FormError[] {
  return errors.filter(({ path }) => !revealed.some((one) => path === one.path || path.startsWith(`${one.path}.`)));
}
