import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { formatPercentVi } from '../../../../core/text/numbers.ts';
import { listSurveyRatings } from '../../../../modules/insight/surveys/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { useFilters } from '../../data/filters.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { SurveyTabs } from './tabs.tsx';

const SPANS = ['3', '6', '12', '24'] as const;
type Reply = ReplyOf<typeof listSurveyRatings>;
type Cell = Reply['rows'][number]['cells'][number];

/** What people say when they have their result: share of satisfied ratings by unit and month. */
export default function Ratings() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const span = SPANS.find((each) => each === filters.thang) ?? '6';
  const ratings = useCall(listSurveyRatings, { query: { months: Number(span) } }, { keep: true });
  return (
    <>
      <ScreenHead title={t('surveys.ratings')} />
      <SurveyTabs at="/khao-sat/danh-gia" />
      <div className="filters no-print">
        <Select
          id="rating-span"
          label={t('surveys.rating-span')}
          value={span}
          onChange={(thang) => set({ thang })}
          options={SPANS.map((value) => ({ value, label: t('surveys.months', { count: value }) }))}
        />
      </div>
      <Loaded query={ratings}>{(reply) => <RatingTable {...reply} />}</Loaded>
    </>
  );
}

function cellText(t: Translate, cell: Cell | undefined): string {
  if (!cell || cell.n === 0) return t('surveys.no-ratings-cell');
  return cell.percent === null
    ? t('surveys.few')
    : t('surveys.rating-cell', { percent: formatPercentVi(cell.percent), n: cell.n ?? 0 });
}

function RatingTable({ rows, months, minimum }: Reply) {
  const t = useTranslate();
  if (rows.length === 0)
    return (
      <EmptyState title={t('surveys.no-ratings')}>
        <p>{t('surveys.no-ratings-text')}</p>
      </EmptyState>
    );
  const columns = [...months.map((month) => `${month.slice(5)}/${month.slice(0, 4)}`), t('surveys.whole-span')];
  return (
    <>
      <p className="hint">{t('surveys.ratings-text', { minimum })}</p>
      <Table
        caption={t('surveys.ratings')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.unitId}
        columns={[
          { id: 'unit', label: t('surveys.place'), rowHead: true, cell: (row) => row.unitName },
          ...columns.map((label, at) => ({
            id: label,
            label,
            numeric: true,
            cell: (row: Reply['rows'][number]) => cellText(t, row.cells[at]),
          })),
        ]}
      />
      <p className="no-print">
        <CsvButton
          name="danh-gia-sau-ho-so"
          rows={rows}
          columns={[
            { label: t('surveys.place'), value: (row) => row.unitName },
            ...columns.map((label, at) => ({
              label,
              value: (row: Reply['rows'][number]) => cellText(t, row.cells[at]),
            })),
          ]}
        />
      </p>
    </>
  );
}
