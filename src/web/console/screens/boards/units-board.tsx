import { formatNumberVi, formatPercentVi } from '../../../../core/text/numbers.ts';
import { addDays, addMonths } from '../../../../core/time/index.ts';
import { getUnitsBoard, type UnitFiguresType } from '../../../../modules/onestop/boards/contract.ts';
import { UNIT_FIGURES } from '../../../../modules/onestop/boards/rules/unit-figures.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { UnitRows } from './board-rows.tsx';

/** Columns in order: the late rate stands in for the number behind it. */
const FIGURES = UNIT_FIGURES.map((figure) => (figure === 'lateOfDue' ? 'lateRatePercent' : figure));

const TOTAL = 'total';

const rateText = (percent: number | null): string => (percent === null ? '–' : formatPercentVi(percent));

/** Figures of all units in my reach over some days, by any of them; this month at first. */
export function UnitsBoard() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const thisMonth = `${useToday().slice(0, 7)}-01`;
  const from = filters.tu ?? thisMonth;
  const to = filters.den ?? addDays(addMonths(thisMonth, 1), -1);
  const board = useCall(getUnitsBoard, { query: { from, to } }, { keep: true });
  const order = FIGURES.find((one) => one === filters.xep);
  const opened = UNIT_FIGURES.find((one) => one === filters.so);
  /** A number that is not 0 opens the dossiers behind it: the late rate those that are late. */
  const opener = (id: (typeof FIGURES)[number], row: UnitFiguresType, text: string | number) => {
    const behind = id === 'lateRatePercent' ? 'lateOfDue' : id;
    const unitId = row.unitId === TOTAL ? '' : row.unitId;
    return row[behind] === 0 ? (
      text
    ) : (
      <button
        type="button"
        className="button button--link"
        aria-label={t('boards.open-rows', {
          bucket: t(`boards.figure.${id}`),
          who: row.unitName,
          count: text,
        })}
        onClick={() => set({ so: behind, 'o-don-vi': unitId, trang: '' })}
      >
        {text}
      </button>
    );
  };
  const figure = (id: (typeof FIGURES)[number]) => ({
    id,
    label: t(`boards.figure.${id}`),
    numeric: true,
    value: (row: UnitFiguresType) => row[id] ?? '',
    cell: (row: UnitFiguresType) =>
      id === 'online' && row.online === 0 && row.received > 0 ? (
        <>
          0 <Tag tone="amber">{t('boards.zero-online')}</Tag>
        </>
      ) : id === 'lateRatePercent' ? (
        opener(id, row, rateText(row.lateRatePercent))
      ) : (
        opener(id, row, formatNumberVi(row[id]))
      ),
  });
  const columns: (Column<UnitFiguresType> & { value: (row: UnitFiguresType) => string | number })[] = [
    {
      id: 'unit',
      label: t('boards.unit'),
      rowHead: true,
      cell: (row) => row.unitName,
      value: (row) => row.unitName,
    },
    ...FIGURES.map(figure),
  ];
  return (
    <>
      <div className="filters no-print">
        <DayField id="units-from" label={t('boards.from')} day={from} onDay={(day) => set({ tu: day })} />
        <DayField id="units-to" label={t('boards.to')} day={to} onDay={(day) => set({ den: day })} />
        <Select
          id="units-order"
          label={t('boards.sort')}
          value={order ?? ''}
          onChange={(value) => set({ xep: value })}
          options={FIGURES.map((id) => ({ value: id, label: t(`boards.figure.${id}`) }))}
          empty={t('boards.unit')}
        />
      </div>
      <Loaded query={board}>
        {({ rows, total }) => {
          const sorted = order ? [...rows].sort((a, b) => (b[order] ?? -1) - (a[order] ?? -1)) : rows;
          const shown = [...sorted, { unitId: TOTAL, unitName: t('boards.total'), ...total }];
          return rows.length === 0 ? (
            <EmptyState title={t('boards.units-empty')}>
              <p>{t('boards.units-empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <div className="button-row no-print">
                <CsvButton name={`don-vi-${from}-${to}`} columns={columns} rows={shown} />
              </div>
              <Table
                caption={t('boards.tab-units')}
                hideCaption
                columns={columns}
                rows={shown}
                rowKey={(row) => row.unitId}
              />
              <p className="hint">{t('boards.units-explained')}</p>
              {opened ? <UnitRows figure={opened} from={from} to={to} /> : null}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
