/** A unit's published total of an index. */
export type PublishedIndexRow = {
  readonly id: string;
  readonly unitName: string;
  readonly total: number | null;
  /** What the unit could reach: of some levels less than the set's maximum. */
  readonly max: number;
  readonly percent: number | null;
  readonly band: string | null;
  readonly rank: number | null;
  /** Units that were ranked; null: not known. */
  readonly population: number | null;
  /** Where the points come from; none where only the total is known. */
  readonly domains: readonly {
    readonly name: string;
    readonly points: number;
    readonly max: number | null;
    readonly percent: number | null;
  }[];
  /** More or less than the year before; null where there is nothing to compare with. */
  readonly change: {
    /** `percent`: percentage points of the maximum, where those of the two years differ. */
    readonly unit: 'points' | 'percent';
    readonly difference: number;
    readonly year: number;
    readonly total: number;
    readonly max: number;
    readonly percent: number;
  } | null;
};

/** Results of indices that were published here, newest year first. */
export type PublishedIndexView = {
  readonly tables: readonly {
    readonly id: string;
    readonly name: string;
    readonly owner: string;
    readonly year: number;
    readonly max: number;
    /** From how many per cent of the maximum on a total is of a class, the best first. */
    readonly bands: readonly { readonly min: number; readonly label: string }[];
    /** The limits of the classes, a weight: worked out by us (suy ra), never published. */
    readonly derivedBands: boolean;
    readonly weights: readonly { readonly name: string; readonly percent: number; readonly derived: boolean }[];
    /** What is doubtful about the set, in its own words. */
    readonly note: string | null;
    /** Units that were ranked; null: not known. */
    readonly population: number | null;
    readonly source: string;
    readonly verified: boolean;
    /** Instant at which the scores were frozen; null: not known. */
    readonly frozenAt: string | null;
    readonly rows: readonly PublishedIndexRow[];
  }[];
};
