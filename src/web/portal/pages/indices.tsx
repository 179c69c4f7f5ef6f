import {
  evenDecimalsVi,
  formatChangeVi,
  formatNumberVi,
  formatPercentVi,
  formatPointsVi,
} from '../../../core/text/numbers.ts';
import { formatDay } from '../../../core/time/index.ts';
import type { PublishedIndexView } from '../../../modules/onestop/portal/rules/index-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { BarChart } from '../../shared/design/bar-chart.tsx';
import { Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import type { Translate } from '../../shared/i18n/translator.ts';
import { Layout } from '../layout.tsx';

const number = (value: number | null): string => (value === null ? '–' : formatNumberVi(value));
const points = (value: number | null): string => (value === null ? '–' : formatPointsVi(value));

/** Results of indices that the office has published: totals, bands and places, year by year. */
export function IndicesPage({ props, ctx }: { props: PublishedIndexView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.indices.title')}>
      <h1>{t('portal.indices.title')}</h1>
      <p className="lead">{t('portal.indices.lead')}</p>
      <p className="no-print">
        <a href="/khao-sat">{t('portal.survey.list.title')}</a>
        {' · '}
        <a href="/tinh-hinh">{t('portal.board.title')}</a>
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
                    : row.population === null
                      ? number(row.rank)
                      : `${number(row.rank)}/${number(row.population)}`,
              },
              { id: 'unit', label: t('portal.indices.unit'), rowHead: true, cell: (row) => row.unitName },
              {
                id: 'total',
                label: t('portal.indices.total'),
                numeric: true,
                cell: (row) =>
                  row.total === null || row.max === table.max
                    ? points(row.total)
                    : `${points(row.total)}/${number(row.max)}`,
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
                    : `${formatChangeVi(row.change.difference, 2)} ${t(`portal.indices.change-unit.${row.change.unit}`)}`,
              },
            ]}
          />
          {table.rows.some((row) => row.change?.unit === 'percent') ? (
            <p className="hint">{t('portal.indices.other-max')}</p>
          ) : null}
          <Domains table={table} />
          {table.bands.length === 0 ? null : (
            <p className="hint">
              {t('portal.indices.bands', { bands: bandWords(table.bands, t) })}{' '}
              {table.derivedBands ? t('portal.indices.derived-bands') : ''}
            </p>
          )}
          {table.weights.length === 0 ? null : (
            <p className="hint">{t('portal.indices.weights', { weights: weightWords(table.weights, t) })}</p>
          )}
          {table.note === null ? null : <p className="hint">{t('portal.indices.note', { note: table.note })}</p>}
          <p className="hint">
            {t('portal.indices.source', { source: table.source })}{' '}
            {table.verified ? '' : t('portal.indices.unverified')}
          </p>
        </section>
      ))}
    </Layout>
  );
}

/** The classes in words, the best first: `Tốt từ 80 %, Khá từ 65 %, Yếu khi thấp hơn`. */
function bandWords(bands: PublishedIndexView['tables'][number]['bands'], t: Translate): string {
  const word = ({ label, min }: (typeof bands)[number]): string =>
    min > 0
      ? t('portal.indices.band-from', { band: label, min: number(min) })
      : t('portal.indices.band-below', { band: label });
  return bands.map(word).join(', ');
}

/** What each part counts for: `Thẩm định 70 %, điều tra 30 % (suy ra)`. */
function weightWords(weights: PublishedIndexView['tables'][number]['weights'], t: Translate): string {
  return weights
    .map(({ name, percent, derived }) =>
      t(derived ? 'portal.indices.weight-derived' : 'portal.indices.weight', { name, percent: number(percent) }),
    )
    .join(', ');
}

/** Where the points of each unit come from, folded; opens without script. */
function Domains({ table }: { table: PublishedIndexView['tables'][number] }) {
  const t = useTranslate();
  const known = table.rows.filter((row) => row.domains.length > 0);
  if (known.length === 0) return null;
  return (
    <details className="details">
      <summary>{t('portal.indices.domains')}</summary>
      {known.map((row) => (
        <Table
          key={row.id}
          caption={t('portal.indices.domains-of', { unit: row.unitName })}
          rows={row.domains}
          rowKey={(domain) => domain.name}
          columns={[
            { id: 'name', label: t('portal.indices.domain'), rowHead: true, cell: (domain) => domain.name },
            { id: 'points', label: t('portal.indices.total'), numeric: true, cell: (domain) => points(domain.points) },
            {
              id: 'max',
              label: t('portal.indices.domain-max'),
              numeric: true,
              cell: ({ max }) => (max === null ? '–' : evenDecimalsVi(row.domains.map((one) => one.max))(max)),
            },
            {
              id: 'percent',
              label: t('portal.indices.percent'),
              numeric: true,
              cell: (domain) => (domain.percent === null ? '–' : formatPercentVi(domain.percent)),
            },
          ]}
        />
      ))}
    </details>
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
        text: points(row.total),
        before: row.change && (row.change.unit === 'points' ? row.change.total : (row.change.percent * row.max) / 100),
      }))}
    />
  );
}
