/** Door of the module: statutory papers (giấy tiếp nhận, phiếu …) and results as PDF. */

export type { CheckedSlipData, SlipProblem } from './rules/check-slip-data.ts';
export { checkSlipData } from './rules/check-slip-data.ts';
export type { SlipForm, SlipFormSet } from './rules/form-sets.ts';
export { placeOf } from './rules/place.ts';
export { signerCapacity } from './rules/signer-capacity.ts';
export type { SlipData } from './rules/slip-data.ts';
export type { FormKind, SlipKind } from './rules/slip-kinds.ts';
export { FORM_KINDS, SLIP_KINDS } from './rules/slip-kinds.ts';
export type { Slip, SlipOrder } from './service.ts';
export { canPrint, findFormSet, listFormSets, listForms, renderSlip } from './service.ts';
