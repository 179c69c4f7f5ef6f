import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getTarget, TargetLineType } from '../../../../modules/insight/targets/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { ColumnChart } from '../../ui/column-chart.tsx';
import { resultText } from './target-text.ts';

type Points = ReplyOf<typeof getTarget>['trend'];

/** Columns, with a line where the goal is; the table below says the same in words. */
export function Trend({ points, measured }: { points: Points; measured: TargetLineType }) {
  const t = useTranslate();
  return (
    <section className="panel" aria-labelledby="target-trend">
      <h2 id="target-trend">{t('targets.trend')}</h2>
      {measured.measure === 'band' ? null : (
        <ColumnChart
          columns={points.map(({ label, value }) => ({ id: label, label, value }))}
          width={56}
          fontSize={9}
          goal={measured.goal.value}
        />
      )}
      <Table
        caption={t('targets.trend')}
        hideCaption
        rows={points.toReversed()}
        rowKey={(row) => row.label}
        columns={[
          { id: 'label', label: t('targets.period'), rowHead: true, cell: (row) => row.label },
          {
            id: 'value',
            label: t('targets.value'),
            cell: (row) => resultText({ ...row, bound: null, numerator: null, denominator: null }, measured, t),
          },
        ]}
      />
    </section>
  );
}
