import { Link } from '@tanstack/react-router';
import { FAMILIES } from '../../../../core/scoring/index.ts';
import { listIndexRounds, type RoundLineType } from '../../../../modules/insight/indices/contract.ts';
import { ROUND_STATE_NAMES, ROUND_STATES } from '../../../../modules/insight/indices/rules/acts.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { given, useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { IndexTabs } from './index-tabs.tsx';
import { OpenRound } from './open-round.tsx';
import { ROUND_TONES } from './words.ts';

/** Rounds of scoring, the newest year first. */
export default function Rounds() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  const page = Number(filters.trang) || 1;
  const year = /^\d{4}$/.test(filters.nam ?? '') ? Number(filters.nam) : undefined;
  const family = FAMILIES.find((each) => each === filters.loai);
  const state = ROUND_STATES.find((each) => each === filters['tinh-trang']);
  const query = useCall(
    listIndexRounds,
    { query: { page, ...given({ family, year, state, q: filters.tim }) } },
    { keep: true },
  );
  return (
    <>
      <ScreenHead title={t('indices.title')} />
      <IndexTabs at="/chi-so" />
      <p className="hint">{t('indices.intro')}</p>
      {mayDo(me, 'indices.appraise') ? (
        <Disclosure label={t('indices.open-round')}>{(close) => <OpenRound close={close} />}</Disclosure>
      ) : null}
      <div className="filters no-print">
        <SearchBox
          id="round-search"
          label={t('indices.search')}
          text={filters.tim}
          onText={(text) => set({ tim: text, trang: '' })}
        />
        <Select
          id="round-family"
          label={t('indices.family')}
          value={family ?? ''}
          empty={t('console.all')}
          onChange={(value) => set({ loai: value, trang: '' })}
          options={FAMILIES.map((value) => ({ value, label: t(`indices.families.${value}`) }))}
        />
        <TextField
          id="round-year"
          label={t('indices.year')}
          short
          inputMode="numeric"
          maxLength={4}
          defaultValue={filters.nam ?? ''}
          onBlur={(event) => set({ nam: event.currentTarget.value.trim(), trang: '' })}
        />
        <Select
          id="round-state"
          label={t('indices.state')}
          value={state ?? ''}
          empty={t('console.all')}
          onChange={(value) => set({ 'tinh-trang': value, trang: '' })}
          options={ROUND_STATES.map((value) => ({ value, label: ROUND_STATE_NAMES[value] }))}
        />
        <CsvButton
          name="dot-danh-gia"
          columns={[
            { label: t('indices.set'), value: (row) => row.setName },
            { label: t('indices.year'), value: (row) => row.year },
            { label: t('indices.organiser'), value: (row) => row.unitName },
            { label: t('indices.state'), value: (row) => row.stateName },
            { label: t('indices.sheets'), value: (row) => row.sheets },
            { label: t('indices.settled'), value: (row) => row.settled },
          ]}
          rows={query.data?.rows ?? []}
        />
      </div>
      <PagedTable<RoundLineType>
        query={query}
        caption={t('indices.title')}
        empty={t('indices.no-rounds')}
        rowKey={(row) => row.id}
        page={page}
        onPage={(next) => set({ trang: String(next) })}
        columns={[
          {
            id: 'set',
            label: t('indices.set'),
            rowHead: true,
            cell: (row) => (
              <Link to="/chi-so/dot/$id" params={{ id: row.id }} data-row="">
                {row.setName}
              </Link>
            ),
          },
          { id: 'year', label: t('indices.year'), numeric: true, cell: (row) => row.year },
          { id: 'unit', label: t('indices.organiser'), cell: (row) => row.unitName },
          {
            id: 'state',
            label: t('indices.state'),
            cell: (row) => <Tag tone={ROUND_TONES[row.state]}>{row.stateName}</Tag>,
          },
          {
            id: 'sheets',
            label: t('indices.settled-of'),
            numeric: true,
            cell: (row) => `${row.settled}/${row.sheets}`,
          },
          {
            id: 'mine',
            label: t('indices.my-sheet'),
            cell: (row) =>
              row.mySheetId ? (
                <Link to="/chi-so/phieu/$id" params={{ id: row.mySheetId }}>
                  {t('indices.open-sheet')}
                </Link>
              ) : null,
          },
        ]}
      />
    </>
  );
}
