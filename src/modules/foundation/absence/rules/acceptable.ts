import { overlaps, type Period } from './period.ts';

/** Somebody who is to act, with what is known of them over the period. */
export type Stand = {
  readonly staffId: string;
  readonly name: string;
  /** In office from the first to the last day. */
  readonly inOffice: boolean;
  readonly title: string;
  readonly authorityIds: readonly string[];
  readonly signing: boolean;
  readonly decisionNumber: string | null;
};

/** An absence that is recorded already (not cancelled), with who acts. */
export type Recorded = Period & {
  readonly id: string;
  readonly staffId: string;
  readonly acting: readonly (Period & { readonly staffId: string })[];
};

export type Draft = {
  /** The absence itself where it is being changed. */
  readonly id: string | null;
  readonly staffId: string;
  readonly period: Period;
  /** Authorities the absent person works for, or the one of the chosen unit of each acting. */
  readonly stands: readonly (Stand & { readonly mustBeAt: readonly string[] })[];
  readonly recorded: readonly Recorded[];
  readonly now: Date;
  readonly longestDays: number;
  readonly deputyTitles: readonly string[];
};

export type Fault =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code:
        | 'absence/period'
        | 'absence/too-long'
        | 'absence/overlap'
        | 'absence/self'
        | 'absence/acting-left'
        | 'absence/other-authority'
        | 'absence/circular'
        | 'absence/acting-absent'
        | 'absence/decision'
        | 'absence/deputy';
      readonly params: Readonly<Record<string, string>>;
    };

const DAY_MS = 86_400_000;
const refuse = (code: Exclude<Fault, { ok: true }>['code'], params: Readonly<Record<string, string>> = {}): Fault => ({
  ok: false,
  code,
  params,
});

/**
 * May an absence be recorded so? An absence that is over cannot be recorded: nothing can be acted for any more.
 * Refused: overlapping one of the same person; acting for oneself, for each other (A for B while B for A), by somebody who
 * is absent, has left, or belongs to another authority; signing by nobody's decision or by who is no deputy.
 */
export function judgeAbsence(draft: Draft): Fault {
  const { period, staffId, now } = draft;
  if (period.startsAt >= period.endsAt || period.endsAt <= now) return refuse('absence/period');
  if (period.endsAt.getTime() - period.startsAt.getTime() > draft.longestDays * DAY_MS)
    return refuse('absence/too-long', { days: String(draft.longestDays) });
  const others = draft.recorded.filter((one) => one.id !== draft.id);
  if (others.some((one) => one.staffId === staffId && overlaps(one, period))) return refuse('absence/overlap');
  for (const stand of draft.stands) {
    const { name } = stand;
    if (stand.staffId === staffId) return refuse('absence/self');
    if (!stand.inOffice) return refuse('absence/acting-left', { name });
    if (!stand.authorityIds.some((id) => stand.mustBeAt.includes(id)))
      return refuse('absence/other-authority', { name });
    const away = others.filter((one) => one.staffId === stand.staffId && overlaps(one, period));
    if (away.some((one) => one.acting.some((acting) => acting.staffId === staffId && overlaps(acting, period))))
      return refuse('absence/circular', { name });
    if (away.length > 0) return refuse('absence/acting-absent', { name });
    if (stand.signing && !stand.decisionNumber?.trim()) return refuse('absence/decision');
    if (stand.signing && !isDeputy(stand.title, draft.deputyTitles))
      return refuse('absence/deputy', { name, title: stand.title });
  }
  return { ok: true };
}

/** `Phó Chủ tịch UBND xã`, with no regard to case: signing for somebody (KT.) is a deputy's. */
export function isDeputy(title: string, deputyTitles: readonly string[]): boolean {
  const folded = title.trim().toLocaleLowerCase('vi');
  return deputyTitles.some((one) => `${folded} `.startsWith(`${one.toLocaleLowerCase('vi')} `));
}
