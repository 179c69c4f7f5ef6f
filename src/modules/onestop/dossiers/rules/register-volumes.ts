/**
 * Dossiers in one volume (quyển) of a printed register. 300 rows are 34 pages and half a second; 2,000 in one file took
 * 700 MB for the tags alone.
 */
export const VOLUME_ROWS = 500;

/** Where a volume stands in the whole book. Numbers run through all volumes, from 1. */
export type RegisterVolume = {
  /** From 1. */
  readonly number: number;
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
};

/**
 * Cuts a book into volumes; an empty book is one empty volume.
 * @example 1,234 rows → 1–500, 501–1,000, 1,001–1,234
 */
export function registerVolumes(rows: number, size: number = VOLUME_ROWS): readonly RegisterVolume[] {
  return Array.from({ length: Math.max(1, Math.ceil(rows / size)) }, (_, index) => ({
    number: index + 1,
    first: index * size + 1,
    last: Math.min(rows, (index + 1) * size),
  }));
}
