import { Link } from '@tanstack/react-router';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getTargetLeague, TargetLineType } from '../../../../modules/insight/targets/contract.ts';
import { BarChart } from '../../../shared/design/bar-chart.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { CsvButton } from '../../ui/csv-button.tsx';
import { TargetLight } from './target-light.tsx';
import { goalText, numberText, partsText, resultText } from './target-text.ts';

/** Units with the same target, best first. Nothing where nobody else has it. */
export function League({ table, line }: { table: ReplyOf<typeof getTargetLeague>; line: TargetLineType }) {
  const t = useTranslate();
  const { rows, population, hidden } = table;
  if (rows.length + hidden < 2) return null;
  const place = (rank: number | null): string =>
    rank === null ? t('targets.unranked') : t('targets.rank', { rank, population });
  return (
    <section className="panel" aria-labelledby="target-league">
      <h2 id="target-league">{t('targets.league')}</h2>
      <Bars rows={rows} line={line} />
      <Table
        caption={t('targets.league')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.targetId}
        columns={[
          { id: 'rank', label: t('targets.rank-head'), cell: (row) => place(row.rank) },
          {
            id: 'unit',
            label: t('targets.unit'),
            rowHead: true,
            cell: (row) =>
              row.targetId === line.id ? (
                <strong>{row.unitName}</strong>
              ) : (
                <Link to="/chi-tieu/$id" params={{ id: row.targetId }}>
                  {row.unitName}
                </Link>
              ),
          },
          {
            id: 'value',
            label: t('targets.value'),
            cell: (row) => (
              <>
                {resultText(row, line, t)} <span className="hint">{partsText({ ...row, planned: null }, t)}</span>
              </>
            ),
          },
          { id: 'light', label: t('targets.status'), cell: (row) => <TargetLight light={row.light} /> },
        ]}
      />
      {hidden > 0 ? <p className="hint">{t('targets.hidden', { count: hidden })}</p> : null}
      <p className="no-print">
        <CsvButton
          name="xep-hang-chi-tieu"
          rows={rows}
          columns={[
            { label: t('targets.rank-head'), value: (row) => place(row.rank) },
            { label: t('targets.unit'), value: (row) => row.unitName },
            { label: t('targets.value'), value: (row) => resultText(row, line, t) },
            { label: t('targets.numerator'), value: (row) => row.numerator },
            { label: t('targets.denominator'), value: (row) => row.denominator },
            { label: t('targets.status'), value: (row) => t(`targets.light.${row.light}`) },
            {
              label: t('targets.attainment'),
              value: (row) => (row.attainment === null ? '' : numberText(row.attainment, 2)),
            },
          ]}
        />
      </p>
    </section>
  );
}

/** The same figures as bars, the goal as a mark; nothing where only one unit may be seen or bands are compared. */
function Bars({ rows, line }: { rows: ReplyOf<typeof getTargetLeague>['rows']; line: TargetLineType }) {
  const t = useTranslate();
  const known = rows.filter((row) => row.value !== null);
  if (known.length < 2 || line.measure === 'band') return null;
  const label = t('targets.bars', { name: line.name, goal: goalText(line, t) });
  return (
    <ChartFrame
      name="xep-hang-chi-tieu"
      label={label}
      chart={
        <BarChart
          label={label}
          max={Math.max(line.goal.value ?? 0, ...known.map((row) => row.value ?? 0))}
          bars={known.map((row) => ({
            id: row.targetId,
            label: row.rank === null ? row.unitName : `${row.rank}. ${row.unitName}`,
            value: row.value,
            text: resultText(row, line, t),
            before: line.goal.value,
          }))}
        />
      }
    />
  );
}
