import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { getTarget, TargetLineType } from '../../../../modules/insight/targets/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { resultText } from './target-text.ts';

const WIDTH = 56;
const HEIGHT = 90;
type Points = ReplyOf<typeof getTarget>['trend'];

/** Columns, with a line where the goal is; the table below says the same in words. */
export function Trend({ points, measured }: { points: Points; measured: TargetLineType }) {
  const t = useTranslate();
  const goal = measured.goal.value;
  const highest = Math.max(1e-9, goal ?? 0, ...points.map((one) => one.value ?? 0));
  const level = goal === null ? null : HEIGHT - (goal / highest) * HEIGHT;
  return (
    <section className="panel" aria-labelledby="target-trend">
      <h2 id="target-trend">{t('targets.trend')}</h2>
      {measured.measure === 'band' ? null : (
        <div className="table-wrap">
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${points.length * WIDTH} ${HEIGHT + 18}`}
            width={points.length * WIDTH}
            height={HEIGHT + 18}
          >
            {points.map((one, n) => {
              const height = one.value === null ? 0 : Math.max(1, (one.value / highest) * HEIGHT);
              return (
                <g key={one.label}>
                  <rect
                    x={n * WIDTH + 6}
                    y={HEIGHT - height}
                    width={WIDTH - 12}
                    height={height}
                    fill="currentColor"
                    fillOpacity={n === points.length - 1 ? 0.85 : 0.4}
                  />
                  <text x={n * WIDTH + WIDTH / 2} y={HEIGHT + 14} textAnchor="middle" fontSize="9" fill="currentColor">
                    {one.label}
                  </text>
                </g>
              );
            })}
            {level === null ? null : (
              <line
                x1="0"
                x2={points.length * WIDTH}
                y1={level}
                y2={level}
                stroke="currentColor"
                strokeWidth="1.5"
                strokeDasharray="6 3"
              />
            )}
          </svg>
        </div>
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
