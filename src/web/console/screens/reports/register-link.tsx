import { Link } from '@tanstack/react-router';
import type { ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { METRICS_SOURCE } from '../../../../modules/insight/reports/rules/source.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';

type Source = ReportPageType['rows'][number]['sources'][number];

/** To the entries of the register, or the figure with its rows, for that unit and period, for those who may read them. */
export function RegisterLink({ source, children }: { source: Source; children: string }) {
  const t = useTranslate();
  const last = source.periods.at(-1);
  if (!source.readable || !last) return children;
  if (source.register === METRICS_SOURCE)
    return (
      <Link to="/so-lieu" search={{ 'so-lieu': source.measure, 'don-vi': source.unitId, ky: last.id } as never}>
        {children}
        <span className="visually-hidden">
          {' – '}
          {t('reports.sources.open-metric', { measure: source.measureName, period: last.name })}
        </span>
      </Link>
    );
  return (
    <Link
      to="/so-nhap-tay/$id"
      params={{ id: source.register }}
      search={{ 'don-vi': source.unitId, ky: last.id } as never}
    >
      {children}
      <span className="visually-hidden">
        {' – '}
        {t('reports.sources.open', { register: source.registerName, period: last.name })}
      </span>
    </Link>
  );
}
