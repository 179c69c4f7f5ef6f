import { formatNumberVi, formatPercentVi } from '../../core/text/numbers.ts';
import type { BoardFigures } from '../../modules/onestop/portal/rules/browse-views.ts';
import { Facts } from '../shared/design/table.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';

/** Four figures of a month: received, resolved, on time in per cent, open past their due date. */
export function BoardSummary({ month, figures }: { month: string; figures: BoardFigures }) {
  const t = useTranslate();
  return (
    <>
      <p>{t('portal.board.of-month', { month })}</p>
      <Facts
        items={[
          { term: t('portal.board.received'), value: formatNumberVi(figures.received) },
          { term: t('portal.board.resolved'), value: formatNumberVi(figures.resolved) },
          { term: t('portal.board.on-time-rate'), value: onTimeRate(figures) ?? t('portal.board.no-rate') },
          { term: t('portal.board.open-late'), value: formatNumberVi(figures.openLate) },
        ]}
      />
    </>
  );
}

/** Share of the resolved that were early or on time, `97,5 %`; undefined when nothing was resolved. */
export function onTimeRate(figures: BoardFigures): string | undefined {
  const measured = figures.early + figures.onTime + figures.late;
  if (measured === 0) return undefined;
  return formatPercentVi(Math.round(((figures.early + figures.onTime) / measured) * 1000) / 10, 1);
}
