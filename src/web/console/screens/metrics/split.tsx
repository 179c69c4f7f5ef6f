import { Link } from '@tanstack/react-router';
import { type SplitByType, type SplitRowType, splitMetric } from '../../../../modules/insight/metrics/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { fractionColumn, valueText } from './metric-text.ts';
import type { Asked } from './metrics.tsx';

/** Which filter of the address a part is; what is told apart by it may be narrowed to it. */
const FILTER = {
  field: 'linh-vuc',
  procedure: 'thu-tuc',
  channel: 'kenh',
  step: 'buoc',
  person: 'can-bo',
} as const satisfies Record<Exclude<SplitByType, 'unit'>, string>;
type By = keyof typeof FILTER;
const LABEL = {
  field: 'metrics.field',
  procedure: 'metrics.procedure',
  channel: 'metrics.channel',
  step: 'metrics.steps.bys.step',
  person: 'metrics.steps.bys.person',
} as const satisfies Record<By, string>;
const BYS = Object.keys(FILTER) as By[];

const nameOf = (by: By, { key, name }: SplitRowType, t: Translate): string =>
  by === 'channel' ? t(`console.channel.${key}`) : (name ?? t(`metrics.split.nothing.${by}`));

/** The figure told apart by what its fact has; the parts add up to it, and each leads to its own. */
export function Split({
  asked,
  dimensions,
  persons,
}: {
  asked: Asked;
  dimensions: readonly string[];
  /** Whether the reader may know persons here. */
  persons: boolean;
}) {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const bys = BYS.filter((one) => dimensions.includes(one) && (one !== 'person' || persons));
  const by = bys.find((one) => one === filters['chia']) ?? bys[0] ?? 'field';
  const query = useCall(splitMetric, { query: { ...asked, by } });
  return (
    <Fold id="split" title={t('metrics.split.title', { by: t(`metrics.split.bys.${by}`) })} panel>
      <div className="filters no-print">
        <Select
          id="metric-split"
          label={t('metrics.split.by')}
          value={by}
          onChange={(value) => set({ chia: value })}
          options={bys.map((value) => ({ value, label: t(LABEL[value]) }))}
        />
        <CsvButton
          name={`so-lieu-${FILTER[by]}`}
          rows={query.data?.rows ?? []}
          columns={[
            { label: t(LABEL[by]), value: (row) => nameOf(by, row, t) },
            { label: t('metrics.value'), value: (row) => row.rounded },
            { label: t('metrics.numerator'), value: (row) => row.numerator },
            { label: t('metrics.denominator'), value: (row) => row.denominator },
          ]}
        />
      </div>
      <Loaded query={query}>
        {({ rows, computedAt }) =>
          rows.length === 0 ? (
            <EmptyState title={t('metrics.split.none')} />
          ) : (
            <>
              <p className="hint">{t('metrics.computed', { when: showShortInstant(computedAt) })}</p>
              <Table
                caption={t('metrics.split.title', { by: t(`metrics.split.bys.${by}`) })}
                hideCaption
                rows={rows}
                rowKey={(row) => row.key}
                columns={[
                  {
                    id: 'name',
                    label: t(LABEL[by]),
                    rowHead: true,
                    cell: (row) =>
                      row.key === '' ? (
                        nameOf(by, row, t)
                      ) : (
                        <Link to="." search={{ ...filters, [FILTER[by]]: row.key } as never}>
                          {nameOf(by, row, t)}
                        </Link>
                      ),
                  },
                  { id: 'value', label: t('metrics.value'), numeric: true, cell: (row) => valueText(row, t) },
                  ...fractionColumn(rows, t),
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Fold>
  );
}
