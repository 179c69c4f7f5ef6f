import type { PartKind } from './attribute.ts';

/** Who a share of lateness may be put down to. */
export type Holder = {
  readonly kind: PartKind;
  readonly stepId: string | null;
  readonly unitId: string | null;
  readonly staffId: string | null;
};
export type Share = Holder & { readonly minutes: number; readonly causeCode: string };

export type ReattributionFailure =
  | 'lateness/sum-changed'
  | 'lateness/unknown-holder'
  | 'lateness/unknown-cause'
  | 'dossier/reason-needed';

export type Reattribution =
  | {
      readonly ok: true;
      /** `confirmed`: as computed, with a cause. `corrected`: put down to others, or split. */
      readonly kind: 'confirmed' | 'corrected';
      /** `settled` false: another unit's head must still confirm this share. */
      readonly shares: readonly (Share & { readonly settled: boolean })[];
    }
  | { readonly ok: false; readonly code: ReattributionFailure };

/** Waiting is nobody's step: such a share keeps the unit that waited. */
const WAITS: ReadonlySet<PartKind> = new Set(['citizen', 'finance', 'agency']);

/**
 * A head's word on one part: a cause, or a split of the same minutes among those who held the dossier. Minutes cannot
 * be changed away: the shares add up to the part. Putting anything down to somebody else needs a reason, and a share of
 * a unit the head does not lead stays open for that unit's head.
 */
export function reattribute(
  part: Holder & { readonly minutes: number },
  given: {
    readonly shares: readonly Share[];
    readonly reason: string;
    /** Those who held the dossier, by its ledger. */
    readonly holders: readonly Holder[];
    readonly causes: ReadonlySet<string>;
    readonly leads: (unitId: string | null) => boolean;
  },
): Reattribution {
  const { shares, reason, holders, causes, leads } = given;
  const whole = shares.every((share) => Number.isInteger(share.minutes) && share.minutes > 0);
  if (!whole || shares.reduce((sum, share) => sum + share.minutes, 0) !== part.minutes) {
    return { ok: false, code: 'lateness/sum-changed' };
  }
  if (shares.some((share) => !causes.has(share.causeCode))) return { ok: false, code: 'lateness/unknown-cause' };
  const unchanged = shares.length === 1 && shares.every((share) => sameHolder(share, part));
  const known = (share: Share): boolean =>
    sameHolder(share, part) ||
    (WAITS.has(share.kind)
      ? share.unitId === part.unitId && share.staffId === null
      : holders.some((holder) => sameHolder(holder, share)));
  if (!shares.every(known)) return { ok: false, code: 'lateness/unknown-holder' };
  if (!unchanged && reason.trim() === '') return { ok: false, code: 'dossier/reason-needed' };
  return {
    ok: true,
    kind: unchanged ? 'confirmed' : 'corrected',
    shares: shares.map((share) => ({ ...share, settled: leads(share.unitId) })),
  };
}

const sameHolder = (a: Holder, b: Holder): boolean =>
  a.kind === b.kind && a.stepId === b.stepId && a.unitId === b.unitId && a.staffId === b.staffId;
