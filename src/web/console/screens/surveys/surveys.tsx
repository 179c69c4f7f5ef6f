import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listSurveys, type SurveyLineType } from '../../../../modules/insight/surveys/contract.ts';
import { SURVEY_STATES } from '../../../../modules/insight/surveys/rules/states.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { MakeSurvey } from './make-survey.tsx';
import { SurveyTabs } from './tabs.tsx';
import { STATE_TONES } from './words.ts';

const SORTS = ['new', 'name', 'ends'] as const;

/** Surveys of the reader's units, with search, state and order in the address. */
export default function Surveys() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  const [q, setQ] = useState('');
  const page = Number(filters.trang) || 1;
  const state = SURVEY_STATES.find((each) => each === filters.tt);
  const sort = SORTS.find((each) => each === filters.xep);
  const list = useCall(listSurveys, { query: { page, ...given({ q, state, sort }) } }, { keep: true });
  return (
    <>
      <ScreenHead title={t('surveys.title')} />
      <SurveyTabs at="/khao-sat" />
      <p className="hint">{t('surveys.intro')}</p>
      {mayDo(me, 'surveys.edit') ? (
        <Disclosure label={t('surveys.make')}>{(close) => <MakeSurvey close={close} />}</Disclosure>
      ) : null}
      <div className="filters no-print">
        <SearchBox
          id="survey-q"
          label={t('surveys.search')}
          onText={(text) => {
            setQ(text);
            set({ trang: '' });
          }}
        />
        <Select
          id="survey-state"
          label={t('surveys.state')}
          value={state ?? ''}
          empty={t('surveys.any')}
          onChange={(tt) => set({ tt, trang: '' })}
          options={SURVEY_STATES.map((value) => ({ value, label: t(`surveys.states.${value}`) }))}
        />
        <Select
          id="survey-sort"
          label={t('surveys.sort')}
          value={sort ?? 'new'}
          onChange={(xep) => set({ xep, trang: '' })}
          options={SORTS.map((value) => ({ value, label: t(`surveys.sort-${value}`) }))}
        />
      </div>
      <Loaded query={list}>
        {({ rows, total, pageSize }) =>
          rows.length === 0 ? (
            <EmptyState title={t(q === '' && state === undefined ? 'surveys.empty' : 'surveys.none-found')}>
              <p>{t(emptyText(q !== '' || state !== undefined, mayDo(me, 'surveys.edit')))}</p>
            </EmptyState>
          ) : (
            <>
              <SurveyTable rows={rows} />
              <Pager page={page} total={total} pageSize={pageSize} onPage={(next) => set({ trang: String(next) })} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

/** What to do about an empty list: search otherwise, set one up, or wait for who may. */
function emptyText(filtered: boolean, maySetUp: boolean): string {
  if (filtered) return 'surveys.none-found-text';
  return maySetUp ? 'surveys.empty-make' : 'surveys.empty-wait';
}

function SurveyTable({ rows }: { rows: readonly SurveyLineType[] }) {
  const t = useTranslate();
  return (
    <>
      <Table
        caption={t('surveys.title')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'name',
            label: t('surveys.name'),
            rowHead: true,
            cell: (row) => (
              <>
                <Link to="/khao-sat/$id" params={{ id: row.id }} data-row="">
                  {row.name}
                </Link>
                <span className="hint">{row.formName}</span>
              </>
            ),
          },
          { id: 'unit', label: t('surveys.unit'), cell: (row) => row.unitName },
          {
            id: 'open',
            label: t('surveys.open-days'),
            cell: (row) => t('surveys.span', { from: showDay(row.openFrom), to: showDay(row.openTo) }),
          },
          {
            id: 'state',
            label: t('surveys.state'),
            cell: (row) => <Tag tone={STATE_TONES[row.state]}>{t(`surveys.states.${row.state}`)}</Tag>,
          },
          { id: 'drawn', label: t('surveys.drawn'), numeric: true, cell: (row) => row.drawn },
          { id: 'answered', label: t('surveys.answered'), numeric: true, cell: (row) => row.answered },
        ]}
      />
      <p className="no-print">
        <CsvButton
          name="khao-sat"
          rows={rows}
          columns={[
            { label: t('surveys.name'), value: (row) => row.name },
            { label: t('surveys.unit'), value: (row) => row.unitName },
            { label: t('surveys.open-from'), value: (row) => showDay(row.openFrom) },
            { label: t('surveys.open-to'), value: (row) => showDay(row.openTo) },
            { label: t('surveys.state'), value: (row) => t(`surveys.states.${row.state}`) },
            { label: t('surveys.drawn'), value: (row) => row.drawn },
            { label: t('surveys.answered'), value: (row) => row.answered },
          ]}
        />
      </p>
    </>
  );
}
