import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getTarget, TargetLineType } from '../../../../modules/insight/targets/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { writePeriod } from '../../data/period.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { ColumnChart } from '../../ui/column-chart.tsx';
import { CsvButton } from '../../ui/csv-button.tsx';
import { goalText, numberText, resultText } from './target-text.ts';

type Points = ReplyOf<typeof getTarget>['trend'];

/** Columns, with a line where the goal is; the table below says the same in words. */
export function Trend({ points, measured }: { points: Points; measured: TargetLineType }) {
  const t = useTranslate();
  const label = t('targets.chart', { name: measured.name, goal: goalText(measured, t) });
  return (
    <section className="panel" aria-labelledby="target-trend">
      <h2 id="target-trend">{t('targets.trend')}</h2>
      {measured.measure === 'band' ? null : (
        <ChartFrame
          name="dien-bien-chi-tieu"
          label={label}
          chart={
            <ColumnChart
              label={label}
              columns={points.map((one) => ({
                id: one.label,
                label: writePeriod(one.label, t),
                value: one.value,
                text: one.value === null ? '–' : numberText(one.value, measured.decimals),
              }))}
              goal={measured.goal.value}
            />
          }
        >
          <CsvButton
            name="dien-bien-chi-tieu"
            rows={points}
            columns={[
              { label: t('targets.period'), value: (row) => writePeriod(row.label, t) },
              { label: t('targets.value'), value: (row) => row.value },
            ]}
          />
        </ChartFrame>
      )}
      <Table
        caption={t('targets.trend')}
        hideCaption
        rows={points.toReversed()}
        rowKey={(row) => row.label}
        columns={[
          { id: 'label', label: t('targets.period'), rowHead: true, cell: (row) => writePeriod(row.label, t) },
          {
            id: 'value',
            label: t('targets.value'),
            numeric: true,
            cell: (row) => resultText({ ...row, bound: null, numerator: null, denominator: null }, measured, t),
          },
        ]}
      />
    </section>
  );
}
