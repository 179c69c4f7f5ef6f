import type { Actor } from '../../core/access/actor.ts';
import { foldVietnamese } from '../../core/text/fold.ts';
import { addDays, formatDay } from '../../core/time/index.ts';
import type { RegisterResult } from '../../modules/insight/registers/index.ts';
import { words } from '../../platform/messages/words.ts';

/** One kind of results a line of a register may refer to; each tells only of what the actor may read. */
export type ResultKind = {
  /** Of these units, those whose label has every asked word, the newest first. */
  list(actor: Actor, unitIds: ReadonlySet<string>, asked: readonly string[]): Promise<RegisterResult[]>;
  find(actor: Actor, codes: readonly string[]): Promise<RegisterResult[]>;
};

/** Words somebody looks for, without accents. */
export const askedWords = (q: string): readonly string[] => foldVietnamese(q).split(/\s+/).filter(Boolean);

export function hasAll(label: string, asked: readonly string[]): boolean {
  const folded = foldVietnamese(label);
  return asked.every((word) => folded.includes(word));
}

/** `năm 2023`, `tháng 7/2023`, `từ 15/06/2023 đến 14/07/2023`; both days inclusive. */
export function spanText(from: string, to: string): string {
  const [year = '', month = ''] = from.split('-');
  if (from === `${year}-01-01` && to === `${year}-12-31`) return words('registers.result.year', { year });
  const isMonth = from.endsWith('-01') && to.startsWith(from.slice(0, 7)) && addDays(to, 1).endsWith('-01');
  if (isMonth) return words('registers.result.month', { month: String(Number(month)), year });
  return words('registers.result.days', { from: formatDay(from), to: formatDay(to) });
}
