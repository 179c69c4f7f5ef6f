import { capital } from '../../../../core/text/capital.ts';
import { listWarnings, sumWarnings, type WarningRow } from '../../../../modules/onestop/warnings/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import type { CsvColumn } from '../../data/csv.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { given, useCall, useCursorList } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { useRowKeys } from '../../ui/row-keys.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';

const COLOURS = ['red', 'amber', 'green'] as const;

function columns(t: Translate): Column<WarningRow>[] {
  return [
    {
      id: 'rung',
      label: t('warnings.column.rung'),
      cell: (row) => (
        <>
          <Tag tone={row.colour}>{capital(row.rungText)}</Tag>
          <span className="hint">{t('warnings.dossier.at', { when: showShortInstant(row.reachedAt) })}</span>
          {row.paused ? <span className="hint">{t('warnings.paused')}</span> : null}
        </>
      ),
    },
    {
      id: 'code',
      label: t('warnings.column.code'),
      rowHead: true,
      cell: (row) => <DossierLink id={row.dossierId} code={row.code} walked />,
    },
    {
      id: 'procedure',
      label: t('warnings.column.procedure'),
      cell: (row) => (
        <div className="list-procedure">
          {row.procedureName}
          <span className="hint">{row.stepName}</span>
        </div>
      ),
    },
    {
      id: 'holder',
      label: t('warnings.column.holder'),
      cell: (row) => (
        <>
          {row.holderStaffName ?? t('warnings.no-person')}
          <span className="hint">{row.holderUnitName}</span>
        </>
      ),
    },
    {
      id: 'due',
      label: t('warnings.column.due'),
      cell: (row) => (
        <>
          <strong>{showShortInstant(row.dueAt)}</strong>
          {row.subject === 'step' ? (
            <span className="hint">{t('warnings.rung-due', { when: showShortInstant(row.rungDueAt) })}</span>
          ) : null}
        </>
      ),
    },
  ];
}

function csvColumns(t: Translate): CsvColumn<WarningRow>[] {
  return [
    { label: t('warnings.column.code'), value: (row) => row.code },
    { label: t('console.list.procedure-code'), value: (row) => row.procedureCode },
    { label: t('warnings.column.procedure'), value: (row) => row.procedureName },
    { label: t('console.list.step'), value: (row) => row.stepName },
    { label: t('warnings.person'), value: (row) => row.holderStaffName },
    { label: t('warnings.unit'), value: (row) => row.holderUnitName },
    { label: t('warnings.column.rung'), value: (row) => capital(row.rungText) },
    { label: t('warnings.colour'), value: (row) => t(`warnings.colours.${row.colour}`) },
    { label: t('warnings.column.reached'), value: (row) => showShortInstant(row.reachedAt) },
    { label: t('warnings.column.due'), value: (row) => showShortInstant(row.dueAt) },
  ];
}

/** Dossiers of my units that stand on a rung of the warning ladder, the most urgent first. */
export default function Warnings() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const sums = useCall(sumWarnings, {}, { refetchEvery: 60_000 });
  const query = given({
    unitId: filters['don-vi'],
    staffId: filters['nguoi-giu'],
    rung: filters.muc,
    procedureCode: filters['thu-tuc'],
    colour: COLOURS.find((colour) => colour === filters.mau),
  });
  const list = useCursorList([listWarnings.id, query], (cursor) =>
    call(listWarnings, { query: { ...query, ...given({ cursor }), limit: 50 } }),
  );
  const rows = list.rows ?? [];
  useRowKeys();
  const choices = (groups: readonly { key: string; name: string; count: number }[] | undefined) =>
    (groups ?? []).map(({ key, name, count }) => ({ value: key, label: t('warnings.option', { name, count }) }));
  const { total = 0, red = 0, amber = 0 } = sums.data ?? {};
  return (
    <>
      <ScreenHead title={t('warnings.title')}>
        <CsvButton name="canh-bao" columns={csvColumns(t)} rows={rows} />
      </ScreenHead>
      {sums.data ? <p role="status">{t('warnings.sums', { total, red, amber })}</p> : null}
      <Filters chosen={Object.keys(query).length}>
        <Select
          id="warning-colour"
          label={t('warnings.colour')}
          value={filters.mau ?? ''}
          onChange={(value) => set({ mau: value })}
          options={COLOURS.map((colour) => ({ value: colour, label: t(`warnings.colours.${colour}`) }))}
          empty={t('console.all')}
        />
        <Select
          id="warning-rung"
          label={t('warnings.rung')}
          value={filters.muc ?? ''}
          onChange={(value) => set({ muc: value })}
          options={choices(sums.data?.rungs)}
          empty={t('console.all')}
        />
        <Select
          id="warning-unit"
          label={t('warnings.unit')}
          value={filters['don-vi'] ?? ''}
          onChange={(value) => set({ 'don-vi': value })}
          options={choices(sums.data?.units)}
          empty={t('console.all')}
        />
        <Select
          id="warning-person"
          label={t('warnings.person')}
          value={filters['nguoi-giu'] ?? ''}
          onChange={(value) => set({ 'nguoi-giu': value })}
          options={choices(sums.data?.staff)}
          empty={t('console.all')}
        />
        <Select
          id="warning-procedure"
          label={t('warnings.procedure')}
          value={filters['thu-tuc'] ?? ''}
          onChange={(value) => set({ 'thu-tuc': value })}
          options={choices(sums.data?.procedures)}
          empty={t('console.all')}
        />
      </Filters>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t(Object.keys(query).length > 0 ? 'warnings.empty-filtered' : 'warnings.empty')}>
              <p>{t('warnings.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <Table
                caption={t('warnings.title')}
                hideCaption
                columns={columns(t)}
                rows={rows}
                rowKey={(row) => row.dossierId}
              />
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
