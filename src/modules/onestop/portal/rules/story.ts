import { toIso } from '../../../../core/time/index.ts';
import type { StoryLine } from './dossier-views.ts';

/** The lines of a history for a page: newest first. */
export function storyLines(
  lines: readonly { readonly seq: number; readonly at: Date; readonly text: string; readonly note: string | null }[],
): StoryLine[] {
  return lines
    .map((line) => ({ id: String(line.seq), at: toIso(line.at), what: line.text, note: line.note ?? '' }))
    .reverse();
}
