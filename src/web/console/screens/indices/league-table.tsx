import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { LeagueRowType } from '../../../../modules/insight/indices/contract.ts';
import { BarChart } from '../../../shared/design/bar-chart.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { CsvButton } from '../../ui/csv-button.tsx';
import { changeText, listedPoints, markBefore, maximum, percent, points, rankText } from './words.ts';

/** Places of units with totals, bands and change; the chart says the same in bars, last year as a mark. */
export function LeagueTable({
  rows,
  population,
  max,
  caption,
  name,
  xlsx,
  states = false,
}: {
  rows: readonly LeagueRowType[];
  population: number | null;
  max: number;
  caption: string;
  name: string;
  /** Where the table comes as a workbook. */
  xlsx?: string;
  /** How far each sheet is, while the round runs. */
  states?: boolean;
}) {
  const t = useTranslate();
  const hasBand = rows.some((row) => row.band !== null);
  const hasParts = rows.some((row) => row.parts.length > 0);
  const chartLabel = t('indices.chart', { name: caption, max: maximum(max) });
  const scored = rows.filter((row) => row.total !== null);
  return (
    <>
      {scored.length > 0 ? (
        <ChartFrame
          name={name}
          label={chartLabel}
          chart={
            <BarChart
              label={chartLabel}
              max={max}
              bars={scored.map((row) => ({
                id: row.unitId ?? row.unitName,
                label: row.rank === null ? row.unitName : `${row.rank}. ${row.unitName}`,
                value: row.total,
                text: points(row.total, t),
                before: markBefore(row.change, row.max),
              }))}
            />
          }
        />
      ) : null}
      <Table
        caption={caption}
        hideCaption
        rows={rows}
        rowKey={(row) => row.sheetId ?? row.unitId ?? row.unitName}
        columns={[
          {
            id: 'rank',
            label: t('indices.rank'),
            numeric: true,
            cell: (row) => rankText(row.rank, row.population ?? population, t),
          },
          {
            id: 'unit',
            label: t('indices.unit'),
            rowHead: true,
            cell: (row) =>
              row.sheetId ? (
                <Link to="/chi-so/phieu/$id" params={{ id: row.sheetId }} data-row="">
                  {row.unitName}
                </Link>
              ) : (
                row.unitName
              ),
          },
          {
            id: 'total',
            label: t('indices.total-of', { max: maximum(max) }),
            numeric: true,
            cell: (row) => (
              <>
                {points(row.total, t)}
                {row.total === null || row.max === max ? null : t('indices.out-of', { max: maximum(row.max) })}{' '}
                {row.derived ? <Tag tone="amber">{t('indices.derived')}</Tag> : null}
              </>
            ),
          },
          { id: 'percent', label: t('indices.percent'), numeric: true, cell: (row) => percent(row.percent, t) },
          ...(hasBand ? [{ id: 'band', label: t('indices.band'), cell: (row: LeagueRowType) => row.band ?? '' }] : []),
          ...(hasParts
            ? [
                {
                  id: 'parts',
                  label: t('indices.parts'),
                  cell: (row: LeagueRowType) =>
                    row.parts.map((part, at) => (
                      <Fragment key={part.id}>
                        {at === 0 ? null : '; '}
                        {part.name} {percent(part.percent, t)}
                        {part.derived ? ' ' : null}
                        {part.derived ? <Tag tone="amber">{t('indices.derived')}</Tag> : null}
                      </Fragment>
                    )),
                },
              ]
            : []),
          { id: 'change', label: t('indices.change'), cell: (row) => changeText(row.change, t) },
          ...(states
            ? [{ id: 'state', label: t('indices.sheet-state'), cell: (row: LeagueRowType) => row.sheetState ?? '' }]
            : []),
        ]}
      />
      {rows.some((row) => row.change?.unit === 'percent') ? (
        <p className="hint">{t('indices.change-other-max')}</p>
      ) : null}
      <p className="no-print">
        <CsvButton
          name={name}
          columns={[
            { label: t('indices.rank'), value: (row) => rankText(row.rank, row.population ?? population, t) },
            { label: t('indices.unit'), value: (row) => row.unitName },
            { label: t('indices.total'), value: (row) => listedPoints(row.total) },
            { label: t('indices.max'), value: (row) => row.max },
            { label: t('indices.percent'), value: (row) => listedPoints(row.percent) },
            { label: t('indices.band'), value: (row) => row.band },
            { label: t('indices.derived'), value: (row) => (row.derived ? 'x' : '') },
            { label: t('indices.change'), value: (row) => listedPoints(row.change?.difference) },
            {
              label: t('indices.change-in'),
              value: (row) => row.change && t(`indices.change-unit.${row.change.unit}`),
            },
            { label: t('indices.total-before'), value: (row) => listedPoints(row.change?.total) },
            { label: t('indices.max-before'), value: (row) => row.change?.max },
          ]}
          rows={rows}
        />{' '}
        {xlsx ? <a href={xlsx}>{t('indices.export-league')}</a> : null}
      </p>
    </>
  );
}
