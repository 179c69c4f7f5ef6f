import { dayOf, formatDay, formatInstant } from '../../../../core/time/index.ts';
import type { ApologyKind } from './acts.ts';

/** The apology in plain words, as it stands on the citizen's page and in the notice. No name, no number of a person. */
export function apologyText(apology: {
  readonly kind: ApologyKind;
  readonly agency: string;
  readonly dueBefore: Date;
  readonly newDueAt: Date | null;
}): string {
  const promised = formatInstant(apology.dueBefore);
  const sorry =
    apology.kind === 'reappointment'
      ? `${apology.agency} không thể trả kết quả đúng hẹn lúc ${promised}`
      : `${apology.agency} đã không trả kết quả đúng hẹn lúc ${promised}`;
  const after = apology.newDueAt === null ? '' : ` Hẹn trả kết quả mới: ${formatInstant(apology.newDueAt)}.`;
  return `${sorry} và xin lỗi Ông/Bà vì sự chậm trễ này.${after}`;
}

/** Number with its symbol: `12/PXL-UBND`. */
export const numberText = (number: number, symbol: string): string =>
  `${String(number).padStart(2, '0')}/${symbol}-UBND`;

/** Day in words of lists, `28/08/2023`. */
export const dayText = (at: Date): string => formatDay(dayOf(at));
