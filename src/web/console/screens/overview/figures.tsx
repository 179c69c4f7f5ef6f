import { Link } from '@tanstack/react-router';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { formatChangeVi } from '../../../../core/text/numbers.ts';
import { dayOf } from '../../../../core/time/index.ts';
import type { getOverview, OverviewFigureType } from '../../../../modules/insight/overview/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { fractionText, valueText } from '../metrics/metric-text.ts';

function changeText({ change, unit }: OverviewFigureType, t: Translate): string {
  if (change === null) return t('overview.no-change');
  if (change.by === 0) return t('overview.same');
  const by = formatChangeVi(change.by, unit === 'percent' ? 2 : 0);
  const measure =
    unit === 'percent' ? ` ${t('overview.points')}` : unit === 'working-minutes' ? ` ${t('overview.minutes')}` : '';
  const judged = change.better === null ? '' : `, ${t(change.better ? 'overview.better' : 'overview.worse')}`;
  return `${by}${measure}${judged}`;
}

/** That the period has not begun, or is not over; nothing of one that is over. */
function unfinishedText({ at, period }: ReplyOf<typeof getOverview>, t: Translate): string {
  const today = dayOf(new Date(at));
  if (period.from > today) return `${t('overview.not-begun')} `;
  return period.to >= today ? `${t('overview.running')} ` : '';
}

/** The figures of the period beside those of the one before; each opens its dossiers. */
export function Figures({ page }: { page: ReplyOf<typeof getOverview> }) {
  const t = useTranslate();
  const [first] = page.figures;
  return (
    <section className="panel" aria-labelledby="figures-title">
      <h2 id="figures-title">{t('overview.figures')}</h2>
      {first === undefined ? (
        <p>{t('overview.no-figures')}</p>
      ) : (
        <>
          {page.office ? <p className="hint">{t('overview.office-figures')}</p> : null}
          <Table
            caption={t('overview.figures-caption', { from: showDay(page.before.from), to: showDay(page.before.to) })}
            rows={page.figures}
            rowKey={(row) => row.metricId}
            columns={[
              {
                id: 'name',
                label: t('overview.figure'),
                rowHead: true,
                cell: (row) => (
                  <Link
                    to="/so-lieu"
                    search={{ 'so-lieu': row.metricId, 'don-vi': page.unit.id, ky: page.period.id } as never}
                  >
                    {row.name}
                  </Link>
                ),
              },
              {
                id: 'value',
                label: t('overview.value'),
                numeric: true,
                cell: (row) => (
                  <>
                    <strong>{valueText(row, t)}</strong>
                    {row.denominator === null ? null : <span className="hint">{fractionText(row, t)}</span>}
                  </>
                ),
              },
              {
                id: 'before',
                label: t('overview.before'),
                numeric: true,
                cell: (row) => valueText({ rounded: row.before, unit: row.unit }, t),
              },
              { id: 'change', label: t('overview.change'), cell: (row) => changeText(row, t) },
            ]}
          />
          <p className="hint">
            {unfinishedText(page, t)}
            {first.frozenAt
              ? t('overview.frozen', { when: showShortInstant(first.frozenAt) })
              : t('overview.computed', { when: showShortInstant(first.computedAt) })}
          </p>
          <details className="no-print">
            <summary>{t('overview.definition')}</summary>
            <dl>
              {page.figures.map((row) => (
                <div key={row.metricId}>
                  <dt>
                    {row.name} {row.verified ? null : <Tag tone="amber">{t('overview.unverified')}</Tag>}
                  </dt>
                  <dd>{t('overview.definition-item', { meaning: row.meaning, source: row.source })}</dd>
                </div>
              ))}
            </dl>
          </details>
        </>
      )}
    </section>
  );
}
