// What the pages about apologies are given. Instants are ISO 8601, +07:00.

/** A line of the public list: nobody's data. */
export type ApologyRow = {
  readonly code: string;
  readonly procedureName: string;
  readonly unitName: string;
  readonly issuedAt: string;
  readonly dueOriginal: string;
  readonly newDueAt: string | null;
  readonly finishedAt: string | null;
  readonly reasonName: string;
};

export type ApologiesView = {
  readonly unitId: string;
  /** `YYYY-MM`, or empty for all. */
  readonly month: string;
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
  readonly rows: readonly ApologyRow[];
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly months: readonly { readonly value: string; readonly text: string }[];
};

/** A paper issued to the owner, in plain words; `reason` is empty for strangers, who get its category alone. */
export type OwnApology = {
  readonly number: string;
  readonly issuedAt: string;
  readonly text: string;
  readonly reasonName: string;
  readonly reason: string;
};
