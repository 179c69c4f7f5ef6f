import { type ForecastRowType, listForecast } from '../../../../modules/onestop/forecast/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import type { CsvColumn } from '../../data/csv.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { given, useCursorList } from '../../data/use-call.ts';
import { useMe } from '../../session.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { useRowKeys } from '../../ui/row-keys.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { basisText, days, LevelTag, reasonText } from './forecast-text.tsx';
import { HitRates } from './hit-rates.tsx';

const LEVELS = ['likely', 'possible'] as const;

function columns(t: Translate): Column<ForecastRowType>[] {
  return [
    { id: 'level', label: t('forecast.level-label'), cell: (row) => <LevelTag level={row.level} /> },
    {
      id: 'code',
      label: t('console.list.code'),
      rowHead: true,
      cell: (row) => <DossierLink id={row.dossierId} code={row.code} walked />,
    },
    {
      id: 'procedure',
      label: t('console.list.procedure'),
      cell: (row) => (
        <>
          {row.procedureName}
          <span className="hint">{row.stepName}</span>
        </>
      ),
    },
    {
      id: 'holder',
      label: t('console.list.holder'),
      cell: (row) => (
        <>
          {row.holderStaffName ?? row.holderUnitName ?? ''}
          {row.holderStaffName ? <span className="hint">{row.holderUnitName}</span> : null}
        </>
      ),
    },
    { id: 'due', label: t('console.list.due'), cell: (row) => <strong>{showShortInstant(row.dueAt)}</strong> },
    {
      id: 'why',
      label: t('forecast.why'),
      cell: (row) => (
        <div className="list-procedure">
          {reasonText(row, t)}
          <span className="hint">{basisText(row, t)}</span>
        </div>
      ),
    },
  ];
}

function csvColumns(t: Translate): CsvColumn<ForecastRowType>[] {
  return [
    { label: t('forecast.level-label'), value: (row) => t(`forecast.level.${row.level}`) },
    { label: t('console.list.code'), value: (row) => row.code },
    { label: t('console.list.procedure-code'), value: (row) => row.procedureCode },
    { label: t('console.list.procedure'), value: (row) => row.procedureName },
    { label: t('console.list.step'), value: (row) => row.stepName },
    {
      label: t('console.list.holder'),
      value: (row) => [row.holderStaffName, row.holderUnitName].filter(Boolean).join(', '),
    },
    { label: t('console.list.due'), value: (row) => showShortInstant(row.dueAt) },
    { label: t('forecast.csv.left'), value: (row) => days(row.remainingDays) },
    { label: t('forecast.csv.usual'), value: (row) => days(row.usualDays) },
    { label: t('forecast.csv.slow'), value: (row) => days(row.slowDays) },
    { label: t('forecast.csv.sample'), value: (row) => row.sample },
    { label: t('forecast.csv.basis'), value: (row) => basisText(row, t) },
  ];
}

/** Open dossiers of my units that will likely be late, with the reason, and how often such warnings were right. */
export default function ForecastScreen() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  useRowKeys();
  const query = given({
    level: LEVELS.find((level) => level === filters.muc),
    unitId: filters['don-vi'],
    procedureCode: filters['thu-tuc'],
  });
  const list = useCursorList([listForecast.id, query], (cursor) =>
    call(listForecast, { query: { ...query, ...given({ cursor }), limit: 50 } }),
  );
  const rows = list.rows ?? [];
  return (
    <>
      <ScreenHead title={t('forecast.title')}>
        <CsvButton name="du-bao-tre" columns={csvColumns(t)} rows={rows} />
      </ScreenHead>
      <Filters chosen={Object.keys(query).length}>
        <Select
          id="forecast-level"
          label={t('forecast.level-label')}
          value={query.level ?? ''}
          onChange={(value) => set({ muc: value })}
          options={LEVELS.map((value) => ({ value, label: t(`forecast.level.${value}`) }))}
          empty={t('console.all')}
        />
        <Select
          id="forecast-unit"
          label={t('console.list.holder')}
          value={filters['don-vi'] ?? ''}
          onChange={(value) => set({ 'don-vi': value })}
          options={(me?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name }))}
          empty={t('console.dossiers.all-units')}
        />
        <TextField
          id="forecast-procedure"
          label={t('console.list.procedure-code')}
          short
          placeholder="1.004873"
          defaultValue={filters['thu-tuc'] ?? ''}
          onBlur={(event) => set({ 'thu-tuc': event.currentTarget.value.trim() })}
        />
      </Filters>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('forecast.empty')}>
              <p>{t('forecast.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <Table
                caption={t('forecast.title')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.dossierId}
                columns={columns(t)}
              />
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
      <HitRates procedureCode={query.procedureCode} />
    </>
  );
}
