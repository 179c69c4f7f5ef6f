import type { ReportWarning } from './compute-service.ts';
import type { Check } from './rules/check.ts';
import type { Figure, Sheet } from './rules/sheet.ts';

/** What a sent version keeps: everything that was seen when it was sent, so that it reads the same for good. */
export type SentContent = {
  readonly reportName: string;
  readonly reportCode: string;
  readonly unitName: string;
  readonly periodName: string;
  readonly sheet: Sheet;
  readonly checks: readonly Check[];
  readonly figures: readonly Figure[];
  readonly warnings: readonly ReportWarning[];
  readonly texts: Readonly<Record<string, string>>;
  readonly note: string;
  readonly computedAt: string;
};
