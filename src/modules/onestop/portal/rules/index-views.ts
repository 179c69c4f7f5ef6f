/** A unit's published total of an index. */
export type PublishedIndexRow = {
  readonly id: string;
  readonly unitName: string;
  readonly total: number | null;
  readonly percent: number | null;
  readonly band: string | null;
  readonly rank: number | null;
  /** Points more or less than the year before; null where there is nothing to compare with. */
  readonly change: number | null;
};

/** Results of indices that were published here, newest year first. */
export type PublishedIndexView = {
  readonly tables: readonly {
    readonly id: string;
    readonly name: string;
    readonly owner: string;
    readonly year: number;
    readonly max: number;
    /** Units that were ranked; null: not known. */
    readonly population: number | null;
    readonly source: string;
    readonly verified: boolean;
    /** Instant at which the scores were frozen; null: not known. */
    readonly frozenAt: string | null;
    readonly rows: readonly PublishedIndexRow[];
  }[];
};
