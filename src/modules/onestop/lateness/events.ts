/** Payload of `lateness.cause-confirmed`: a head has said why. */
export type CauseConfirmedPayload = {
  readonly dossierId: string;
  readonly partSeq: number;
  readonly causeCodes: readonly string[];
  /** Every minute of the dossier has a confirmed cause, and all of them are excusable. */
  readonly allExcusable: boolean;
};

/** What this module reads of `warning.reached` (module warnings). */
export type WarningReachedPayload = {
  readonly dossierId: string;
  readonly rung: string;
  readonly subject: string;
  readonly acts: readonly string[];
  readonly holderUnitId: string | null;
  readonly holderStaffId: string | null;
  readonly at: string;
};
