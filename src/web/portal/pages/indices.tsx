import { formatChangeVi, formatNumberVi, formatPercentVi } from '../../../core/text/numbers.ts';
import { formatDay } from '../../../core/time/index.ts';
import type { PublishedIndexView } from '../../../modules/onestop/portal/rules/index-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { BarChart } from '../../shared/design/bar-chart.tsx';
import { Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';

const number = (value: number | null): string => (value === null ? '–' : formatNumberVi(value));

/** Results of indices that the office has published: totals, bands and places, year by year. */
export function IndicesPage({ props, ctx }: { props: PublishedIndexView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.indices.title')}>
      <h1>{t('portal.indices.title')}</h1>
      <p className="lead">{t('portal.indices.lead')}</p>
      <p className="no-print">
        <a href="/khao-sat">{t('portal.survey.list.title')}</a>
      </p>
      {props.tables.length === 0 ? (
        <p>{t('portal.indices.empty')}</p>
      ) : (
        <p className="no-print">
          <a href="/chi-so/chi-so.csv">{t('portal.indices.csv')}</a>
        </p>
      )}
      {props.tables.map((table) => (
        <section key={table.id} aria-labelledby={`index-${table.id}`}>
          <h2 id={`index-${table.id}`}>
            {table.name}, {t('portal.indices.year', { year: table.year })}
          </h2>
          <p>
            {t('portal.indices.by', { owner: table.owner, max: number(table.max) })}{' '}
            {table.population === null ? '' : t('portal.indices.population', { population: number(table.population) })}{' '}
            {table.frozenAt === null ? '' : t('portal.indices.frozen', { day: formatDay(table.frozenAt.slice(0, 10)) })}
          </p>
          <Bars table={table} />
          <Table
            caption={t('portal.indices.caption', { year: table.year })}
            hideCaption
            rows={table.rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'rank',
                label: t('portal.indices.rank'),
                numeric: true,
                cell: (row) =>
                  row.rank === null
                    ? '–'
                    : table.population === null
                      ? number(row.rank)
                      : `${number(row.rank)}/${number(table.population)}`,
              },
              { id: 'unit', label: t('portal.indices.unit'), rowHead: true, cell: (row) => row.unitName },
              {
                id: 'total',
                label: t('portal.indices.total'),
                numeric: true,
                cell: (row) =>
                  row.total === null || row.max === table.max
                    ? number(row.total)
                    : `${number(row.total)}/${number(row.max)}`,
              },
              {
                id: 'percent',
                label: t('portal.indices.percent'),
                numeric: true,
                cell: (row) => (row.percent === null ? '–' : formatPercentVi(row.percent)),
              },
              { id: 'band', label: t('portal.indices.band'), cell: (row) => row.band ?? '–' },
              {
                id: 'change',
                label: t('portal.indices.change'),
                numeric: true,
                cell: (row) =>
                  row.change === null
                    ? '–'
                    : `${formatChangeVi(row.change.difference)} ${t(`portal.indices.change-unit.${row.change.unit}`)}`,
              },
            ]}
          />
          {table.rows.some((row) => row.change?.unit === 'percent') ? (
            <p className="hint">{t('portal.indices.other-max')}</p>
          ) : null}
          <p className="hint">
            {t('portal.indices.source', { source: table.source })}{' '}
            {table.verified ? '' : t('portal.indices.unverified')}
          </p>
        </section>
      ))}
    </Layout>
  );
}

/** The totals as bars, last year as a mark; one image whose name the table under it explains. */
function Bars({ table }: { table: PublishedIndexView['tables'][number] }) {
  const t = useTranslate();
  const scored = table.rows.filter((row) => row.total !== null);
  if (scored.length < 2) return null;
  return (
    <BarChart
      label={t('portal.indices.chart', { name: table.name, year: table.year, max: number(table.max) })}
      max={table.max}
      bars={scored.map((row) => ({
        id: row.id,
        label: row.rank === null ? row.unitName : `${row.rank}. ${row.unitName}`,
        value: row.total,
        text: number(row.total),
        before: row.change && (row.change.unit === 'points' ? row.change.total : (row.change.percent * row.max) / 100),
      }))}
    />
  );
}
