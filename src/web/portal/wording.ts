import { formatVnd } from '../../core/text/numbers.ts';
import { formatDay, formatInstant, parseInstant } from '../../core/time/index.ts';
import type { FeeAmount } from '../../modules/onestop/portal/rules/browse-views.ts';
import type { DossierDates, NextStep } from '../../modules/onestop/portal/rules/dossier-views.ts';
import type { PageProblem } from '../../modules/onestop/portal/rules/page-context.ts';
import type { FieldProblem } from '../shared/design/error-list.tsx';
import type { Translate } from '../shared/i18n/translator.ts';

/** An ISO instant as people write it, `09:00 ngày 28/08/2023`; empty for none. */
export function instantText(iso: string | null): string {
  const instant = parseInstant(iso);
  return instant ? formatInstant(instant) : '';
}

/** A plain day `YYYY-MM-DD` as dd/MM/yyyy; empty for none. */
export function dayText(day: string | null): string {
  return day === null ? '' : formatDay(day);
}

/** Problems with their texts, for the summary and the fields. */
export function problemTexts(t: Translate, problems: readonly PageProblem[]): FieldProblem[] {
  return problems.map((problem) => ({
    id: problem.id,
    message: 'text' in problem ? problem.text : t(problem.key, problem.params),
  }));
}

/** Title of a form's section, or the text of a key. */
export function titleText(t: Translate, title: string | { readonly key: string }): string {
  return typeof title === 'string' ? title : t(title.key);
}

/** What happens next and by when, one sentence. */
export function nextText(t: Translate, next: NextStep, dueAt: string | null): string {
  const due = instantText(dueAt);
  return t(due === '' ? `portal.next.${next}` : `portal.next-due.${next}`, { due });
}

/** The dates of a dossier as facts; dates that are not there yet are left out. */
export function dateFacts(t: Translate, dates: DossierDates): { term: string; value: string }[] {
  return [
    { term: t('portal.dossier.submitted'), value: instantText(dates.submittedAt) },
    { term: t('portal.dossier.received'), value: instantText(dates.receivedAt) },
    { term: t('portal.dossier.due'), value: instantText(dates.dueAt) },
    { term: t('portal.dossier.ended'), value: instantText(dates.endedAt) },
    { term: t('portal.dossier.returned'), value: instantText(dates.returnedAt) },
  ];
}

/** What a fee comes to, in words. */
export function feeAmountText(t: Translate, amount: FeeAmount): string {
  switch (amount.kind) {
    case 'fixed':
      return formatVnd(amount.amountVnd);
    case 'foreign':
      return `${amount.amount} ${amount.currency}`;
    case 'free':
    case 'computed':
    case 'by-province':
      return t(`portal.fee.${amount.kind}`);
  }
}
