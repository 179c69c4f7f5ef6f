/**
 * Where a plan stands. `counting`, `applying` and `reverting` are work of a timer, batch by batch; in the others it
 * waits for people.
 */
export type PlanStatus = 'counting' | 'ready' | 'applying' | 'applied' | 'reverting' | 'reverted' | 'discarded';
export type PlanOrder = 'recount' | 'discard' | 'apply' | 'revert';

const FROM: Readonly<Record<PlanOrder, readonly PlanStatus[]>> = {
  recount: ['ready'],
  discard: ['counting', 'ready'],
  apply: ['ready'],
  revert: ['applied'],
};
const TO: Readonly<Record<PlanOrder, PlanStatus>> = {
  recount: 'counting',
  discard: 'discarded',
  apply: 'applying',
  revert: 'reverting',
};

/** Where an order leads, or undefined where it is not lawful from here. A plan is applied once and reverted once. */
export function nextStatus(order: PlanOrder, status: PlanStatus): PlanStatus | undefined {
  return FROM[order].includes(status) ? TO[order] : undefined;
}

export const STATUS_NAMES: Readonly<Record<PlanStatus, string>> = {
  counting: 'Đang tính',
  ready: 'Chờ áp dụng',
  applying: 'Đang áp dụng',
  applied: 'Đã áp dụng',
  reverting: 'Đang hoàn lại',
  reverted: 'Đã hoàn lại',
  discarded: 'Đã hủy',
};
