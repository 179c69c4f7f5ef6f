import { useState } from 'react';
import { formatDay } from '../../../../core/time/index.ts';
import { listDossiers, listFormerUnits } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useActiveUnitId } from '../../active-unit.ts';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { given, useCall, useCursorList } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { CommonFilters, channelOf } from './dossier-filters.tsx';
import { DossierTable, ExportButton } from './dossier-table.tsx';
import { ExportDialog } from './export-dialog.tsx';

/** Register of dossiers: by unit, days, state; the youngest first. */
export default function Dossiers() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  const active = useActiveUnitId(me);
  const unitId = filters['don-vi'];
  const basis = filters['theo'] === 'decided' ? ('decided' as const) : undefined;
  const query = given({
    unitId,
    basis,
    status: filters['trang-thai'],
    procedureCode: filters['thu-tuc'],
    channel: channelOf(filters.kenh),
    from: filters.tu,
    to: filters.den,
    late: filters.tre === '1' ? true : undefined,
  });
  const list = useCursorList(
    [listDossiers.id, query],
    (cursor) => call(listDossiers, { query: { ...query, ...given({ cursor }) } }),
    { inHalves: !useNarrow() },
  );
  const rows = list.rows ?? [];
  const former = useCall(listFormerUnits, {}, { staleTime: 300_000 }).data?.rows ?? [];
  // A desk receives and an authority decides: the others would have nothing in the list.
  const asked = basis === 'decided' ? 'authority' : 'desk';
  const formerShown = former.filter((unit) => unit.kind === asked || unit.unitId === unitId);
  const [exporting, setExporting] = useState(false);
  const register = new URLSearchParams({
    unitId: unitId ?? active ?? '',
    ...given({ from: filters.tu, to: filters.den }),
  });
  return (
    <>
      {exporting ? <ExportDialog filters={query} onClose={() => setExporting(false)} /> : null}
      <ScreenHead title={t('console.dossiers.title')}>
        <ExportButton rows={rows} name="ho-so" />
        <Button type="button" look="secondary" small onClick={() => setExporting(true)}>
          {t('console.export.open')}
        </Button>
        {mayDo(me, 'register.print') ? (
          <a
            className="button button--secondary button--small"
            target="_blank"
            rel="noreferrer"
            href={`/api/registers/dossiers.pdf?${register}`}
          >
            {t('console.dossiers.register')}
          </a>
        ) : null}
      </ScreenHead>
      <Filters chosen={Object.keys(query).length}>
        <Select
          id="filter-unit"
          label={t('console.dossiers.unit')}
          value={unitId ?? ''}
          onChange={(value) => set({ 'don-vi': value })}
          options={[
            ...(me?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name })),
            ...formerShown.map(({ unitId: value, name, closedOn }) => ({
              value,
              label: name,
              group: t('console.dossiers.former-units', { day: formatDay(closedOn) }),
            })),
          ]}
          empty={t(former.length > 0 ? 'console.dossiers.all-present-units' : 'console.dossiers.all-units')}
        />
        <Select
          id="filter-basis"
          label={t('console.dossiers.basis')}
          value={basis ?? 'received'}
          onChange={(value) => set({ theo: value === 'decided' ? value : '' })}
          options={[
            { value: 'received', label: t('console.dossiers.by-receiver') },
            { value: 'decided', label: t('console.dossiers.by-decider') },
          ]}
        />
        <DayField id="filter-from" label={t('console.from')} day={filters.tu ?? ''} onDay={(day) => set({ tu: day })} />
        <DayField id="filter-to" label={t('console.to')} day={filters.den ?? ''} onDay={(day) => set({ den: day })} />
        <CommonFilters filters={filters} set={set} />
        <div className="checkbox">
          <input
            type="checkbox"
            id="filter-late"
            checked={filters.tre === '1'}
            onChange={(event) => set({ tre: event.currentTarget.checked ? '1' : '' })}
          />
          <label htmlFor="filter-late">{t('console.dossiers.only-late')}</label>
        </div>
      </Filters>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('console.dossiers.empty')}>
              <p>{t('console.dossiers.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <DossierTable rows={rows} caption={t('console.dossiers.title')} />
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
