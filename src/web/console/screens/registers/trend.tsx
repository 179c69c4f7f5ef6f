import { useState } from 'react';
import { getRegisterTrend, type RegisterPageType } from '../../../../modules/insight/registers/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { showFigure, showParts } from './words.ts';

/** One measure by unit and period, oldest period first. */
export function RegisterTrend({
  id,
  unitId,
  measures,
}: {
  id: string;
  unitId: string;
  measures: RegisterPageType['measures'];
}) {
  const t = useTranslate();
  const [chosen, choose] = useState('');
  const measure = measures.find((each) => each.id === chosen)?.id ?? measures[0]?.id ?? '';
  const trend = useCall(getRegisterTrend, { params: { id }, query: { unitId, measure } }, { keep: true });
  return (
    <>
      <h2>{t('registers.trend')}</h2>
      <div className="filters no-print">
        <Select
          id="trend-measure"
          label={t('registers.measure')}
          value={measure}
          onChange={choose}
          options={measures.map((each) => ({ value: each.id, label: each.name }))}
        />
      </div>
      <Loaded query={trend}>
        {(data) => (
          <>
            <Table
              caption={`${t('registers.trend')}: ${data.measure.name}`}
              hideCaption
              rows={data.rows}
              rowKey={(row) => row.unitId}
              columns={[
                { id: 'unit', label: t('registers.unit'), rowHead: true, cell: (row) => row.unitName },
                ...data.periods.map((period, at) => ({
                  id: period.id,
                  label: period.name,
                  numeric: true,
                  cell: (row: (typeof data.rows)[number]) => {
                    const figure = row.cells[at] ?? null;
                    return <span title={showParts(figure)}>{showFigure(data.measure.unit, figure)}</span>;
                  },
                })),
              ]}
            />
            <p className="no-print">
              <CsvButton
                name={`${id}-${data.measure.id}`}
                rows={data.rows}
                columns={[
                  { label: t('registers.unit'), value: (row) => row.unitName },
                  ...data.periods.map((period, at) => ({
                    label: period.name,
                    value: (row: (typeof data.rows)[number]) => showFigure(data.measure.unit, row.cells[at] ?? null),
                  })),
                ]}
              />
            </p>
          </>
        )}
      </Loaded>
    </>
  );
}
