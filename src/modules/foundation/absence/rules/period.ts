/** From an instant (inclusive) to another (exclusive). */
export type Period = { readonly startsAt: Date; readonly endsAt: Date };

/** True where the periods have an instant in common. Periods that only touch do not. */
export function overlaps(a: Period, b: Period): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt && a.startsAt < a.endsAt && b.startsAt < b.endsAt;
}

export type AbsenceStatus = 'planned' | 'active' | 'ended' | 'cancelled';

/**
 * State of an absence at an instant: derived, never stored, so that no timer has to be on time.
 * @example from 08:00 to 17:00: `active` at 08:00:00, `ended` at 17:00:00.
 */
export function statusAt(absence: Period & { readonly cancelledAt: Date | null }, now: Date): AbsenceStatus {
  if (absence.cancelledAt !== null) return 'cancelled';
  if (now < absence.startsAt) return 'planned';
  return now < absence.endsAt ? 'active' : 'ended';
}

export const STATUS_NAMES: Readonly<Record<AbsenceStatus, string>> = {
  planned: 'Sắp vắng',
  active: 'Đang vắng',
  ended: 'Đã trở lại',
  cancelled: 'Đã hủy',
};
