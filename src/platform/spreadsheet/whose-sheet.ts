import { words } from '../messages/words.ts';
import type { SheetReading } from './read-sheet.ts';

/**
 * Whether a template was filled in for something else, by the note its first rows carry: another period or unit than the
 * one it is taken for. A file without such a note says nothing and is taken.
 * @param start how such a note begins, whatever it is for
 * @param expected how the note of this one begins
 * @returns where and what to tell
 */
export function filledForAnother(
  reading: SheetReading,
  start: string,
  expected: string,
): { readonly cell: string; readonly message: string } | undefined {
  if (!reading.ok) return undefined;
  const [from, wanted] = [plain(start), plain(expected)];
  const at = reading.notes.findIndex((note) => plain(note).startsWith(from));
  const found = reading.notes[at];
  if (found === undefined || plain(found).startsWith(wanted)) return undefined;
  return { cell: `A${at + 1}`, message: words('server.sheet-for-another', { found: found.slice(0, 120), expected }) };
}

/**
 * Whether no note above the table says what it was filled in for: a table made by hand, or a template from before there were
 * such notes. What somebody sends with it may be last period's.
 * @param start as of `filledForAnother`
 */
export const saysNothing = (reading: SheetReading, start: string): boolean =>
  reading.ok && !reading.notes.some((note) => plain(note).startsWith(plain(start)));

/** The note of a template that says whose it is, e.g. `Mẫu nhập của: Xã Hiệp Đức, Tháng 6/2026`. */
export const whoseNote = (unit: string, what: string): string => words('server.sheet-of', { unit, what });

/** As `filledForAnother`, of a template with `whoseNote`. */
export const filledByAnother = (
  reading: SheetReading,
  unit: string,
  what: string,
): ReturnType<typeof filledForAnother> => filledForAnother(reading, whoseStart(), whoseNote(unit, what));

/** As `saysNothing`, of a template with `whoseNote`. */
export const namesNobody = (reading: SheetReading): boolean => saysNothing(reading, whoseStart());

const whoseStart = (): string => whoseNote('\n', '').split('\n')[0] ?? '';

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').toLowerCase();
