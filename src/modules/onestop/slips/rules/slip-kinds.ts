/**
 * Papers we can print, by meaning. The numbers of the statutory forms shift between regimes (STOP is 05 of the 2025 set,
 * CONTROL 05 of the 2018 set), so nothing but `content/templates/slips/sets.yaml` may know a number.
 */
export const SLIP_KINDS = [
  'RECEIPT',
  'SUPPLEMENT',
  'REFUSAL',
  'APOLOGY',
  'STOP',
  'CONTROL',
  'REGISTER',
  'RESULT',
] as const;

export type SlipKind = (typeof SLIP_KINDS)[number];

/** Kinds a set may list. RESULT is no statutory form and is never listed. */
export const FORM_KINDS = ['RECEIPT', 'SUPPLEMENT', 'REFUSAL', 'APOLOGY', 'STOP', 'CONTROL', 'REGISTER'] as const;

export type FormKind = (typeof FORM_KINDS)[number];
