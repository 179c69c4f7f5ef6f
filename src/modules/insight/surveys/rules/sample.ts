import { seededRandom } from './random.ts';

/** A finished dossier that may be drawn. */
export type FrameRow = { readonly dossierId: string; readonly unitId: string; readonly groupId: string };

/** How many of a stratum are wanted. */
export type Quota =
  | { readonly kind: 'fixed'; readonly perStratum: number }
  /** `total` shared out by the size of strata (largest remainders), at least `minimum` of each. */
  | { readonly kind: 'proportional'; readonly total: number; readonly minimum: number };

export type Stratum = {
  /** From 1, in the order of unit id and group id: the number answers carry. */
  readonly no: number;
  readonly unitId: string;
  readonly groupId: string;
  /** Finished dossiers in it. */
  readonly frame: number;
  /** Wanted. */
  readonly quota: number;
  readonly drawn: readonly string[];
};

/**
 * Draws a stratified sample: strata are unit × group of fields. The order of the rows does not matter; the same frame,
 * quotas and seed give the same sample, byte for byte. A larger quota keeps all that a smaller one drew, and each stratum
 * has its own stream of numbers: what changes in one leaves the others as they were.
 */
export function drawSample(frame: readonly FrameRow[], quota: Quota, seed: string): Stratum[] {
  const byStratum = new Map<string, { unitId: string; groupId: string; ids: string[] }>();
  for (const { dossierId, unitId, groupId } of frame) {
    const key = `${unitId}/${groupId}`;
    const found = byStratum.get(key);
    if (found) found.ids.push(dossierId);
    else byStratum.set(key, { unitId, groupId, ids: [dossierId] });
  }
  const strata = [...byStratum.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stratum]) => stratum);
  const quotas = shareOut(
    strata.map(({ ids }) => ids.length),
    quota,
  );
  return strata.map(({ unitId, groupId, ids }, at) => ({
    no: at + 1,
    unitId,
    groupId,
    frame: ids.length,
    quota: quotas[at] ?? 0,
    drawn: drawFrom(ids, quotas[at] ?? 0, `${seed}/${unitId}/${groupId}`),
  }));
}

/** The first `wanted` places of a Fisher–Yates shuffle of the sorted ids. */
function drawFrom(ids: readonly string[], wanted: number, seed: string): string[] {
  const left = [...ids].sort();
  const random = seededRandom(seed);
  const drawn: string[] = [];
  for (let at = 0; at < Math.min(wanted, left.length); at++) {
    const from = at + random.below(left.length - at);
    const picked = left[from] ?? '';
    left[from] = left[at] ?? '';
    left[at] = picked;
    drawn.push(picked);
  }
  return drawn;
}

/**
 * Quotas of strata with these sizes. A stratum smaller than its quota is drawn whole; what it lacks is a shortage to be
 * told, never filled from another stratum, which would bend the sample.
 * @example shareOut([600, 300, 100], { kind: 'proportional', total: 100, minimum: 20 }) → [60, 30, 20]
 */
export function shareOut(sizes: readonly number[], quota: Quota): number[] {
  if (quota.kind === 'fixed') return sizes.map(() => quota.perStratum);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all === 0) return sizes.map(() => 0);
  // Whole numbers throughout: total × size = share × all + remainder.
  const shares = sizes.map((size) => Math.floor((quota.total * size) / all));
  let rest = quota.total - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = sizes
    .map((size, at) => ({ at, remainder: (quota.total * size) % all }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder) {
    if (rest === 0) break;
    shares[at] = (shares[at] ?? 0) + 1;
    rest -= 1;
  }
  return shares.map((share) => Math.max(share, quota.minimum));
}

/** How many a stratum lacks of its quota; 0: none. */
export const shortageOf = ({ frame, quota }: Pick<Stratum, 'frame' | 'quota'>): number => Math.max(0, quota - frame);
