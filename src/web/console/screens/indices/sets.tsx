import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FAMILIES } from '../../../../core/scoring/index.ts';
import { foldVietnamese } from '../../../../core/text/fold.ts';
import { copyIndexSet, listIndexSets, type SetLineType } from '../../../../modules/insight/indices/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { ActForm } from './act-dialog.tsx';
import { IndexTabs } from './index-tabs.tsx';
import { maximum } from './words.ts';

/** Indicator sets: shipped ones, drafts of one's units, published ones. */
export default function Sets() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const query = useCall(listIndexSets, {});
  const family = FAMILIES.find((each) => each === filters.loai);
  const wanted = foldVietnamese(filters.tim ?? '');
  return (
    <>
      <ScreenHead title={t('indices.sets')} />
      <IndexTabs at="/chi-so/bo" />
      <p className="hint">{t('indices.sets-intro')}</p>
      <Loaded query={query}>
        {(reply) => {
          const rows = reply.rows.filter(
            (row) =>
              (family === undefined || row.family === family) &&
              foldVietnamese(`${row.name} ${row.code}`).includes(wanted),
          );
          return (
            <>
              {reply.editUnits.length > 0 ? (
                <Disclosure label={t('indices.copy-set')}>
                  {(close) => <CopySet rows={reply.rows} units={reply.editUnits} close={close} />}
                </Disclosure>
              ) : null}
              <div className="filters no-print">
                <SearchBox
                  id="set-search"
                  label={t('indices.search')}
                  text={filters.tim}
                  onText={(text) => set({ tim: text })}
                />
                <Select
                  id="set-family"
                  label={t('indices.family')}
                  value={family ?? ''}
                  empty={t('console.all')}
                  onChange={(value) => set({ loai: value })}
                  options={FAMILIES.map((value) => ({ value, label: t(`indices.families.${value}`) }))}
                />
                <CsvButton
                  name="bo-chi-so"
                  columns={[
                    { label: t('indices.code'), value: (row) => row.code },
                    { label: t('indices.set'), value: (row) => row.name },
                    { label: t('indices.level'), value: (row) => row.level },
                    { label: t('indices.max'), value: (row) => row.max },
                    { label: t('indices.source'), value: (row) => row.source },
                  ]}
                  rows={rows}
                />
              </div>
              {rows.length === 0 ? <EmptyState title={t('indices.no-sets')} /> : <SetTable rows={rows} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function SetTable({ rows }: { rows: readonly SetLineType[] }) {
  const t = useTranslate();
  return (
    <Table
      caption={t('indices.sets')}
      hideCaption
      rows={rows}
      rowKey={(row) => row.code}
      columns={[
        {
          id: 'name',
          label: t('indices.set'),
          rowHead: true,
          cell: (row) => (
            <>
              <Link to="/chi-so/bo/$code" params={{ code: row.code }} data-row="">
                {row.name}
              </Link>
              <span className="hint">{row.code}</span>
            </>
          ),
        },
        { id: 'level', label: t('indices.level'), cell: (row) => t(`indices.levels.${row.level}`) },
        { id: 'max', label: t('indices.max'), numeric: true, cell: (row) => maximum(row.max) },
        {
          id: 'valid',
          label: t('indices.valid'),
          cell: (row) =>
            row.validTo
              ? t('indices.valid-span', { from: showDay(row.validFrom), to: showDay(row.validTo) })
              : t('indices.valid-from', { from: showDay(row.validFrom) }),
        },
        {
          id: 'state',
          label: t('indices.state'),
          cell: (row) => (
            <>
              <Tag tone={row.state === 'draft' ? 'amber' : 'green'}>{t(`indices.set-states.${row.state}`)}</Tag>{' '}
              {row.importOnly ? <Tag>{t('indices.import-only')}</Tag> : null}{' '}
              {row.verified ? null : <Tag tone="amber">{t('indices.unverified')}</Tag>}
            </>
          ),
        },
      ]}
    />
  );
}

function CopySet({
  rows,
  units,
  close,
}: {
  rows: readonly SetLineType[];
  units: readonly { id: string; name: string }[];
  close: () => void;
}) {
  const t = useTranslate();
  const navigate = useNavigate();
  const today = useToday();
  const [basedOn, setBase] = useState(rows[0]?.code ?? '');
  const [unitId, setUnit] = useState(units[0]?.id ?? '');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [validFrom, setFrom] = useState(`${today.slice(0, 4)}-01-01`);
  const fits = /^[a-z0-9][a-z0-9.-]{0,60}$/.test(code);
  return (
    <ActForm
      submit={async () => {
        await call(copyIndexSet, { body: { basedOn, unitId, code, name: name.trim(), validFrom } });
        void navigate({ to: '/chi-so/bo/$code', params: { code } });
      }}
      done={t('indices.set-copied')}
      refresh={[listIndexSets]}
      close={close}
      ready={fits && name.trim() !== '' && unitId !== '' && validFrom !== ''}
      label={t('indices.copy-now')}
    >
      <div className="filters">
        <Select
          id="copy-base"
          label={t('indices.copy-base')}
          value={basedOn}
          onChange={setBase}
          options={rows.map((row) => ({ value: row.code, label: row.name }))}
        />
        <Select
          id="copy-unit"
          label={t('indices.owner')}
          value={unitId}
          onChange={setUnit}
          options={units.map((each) => ({ value: each.id, label: each.name }))}
        />
        <TextField
          id="copy-code"
          label={t('indices.code')}
          hint={t('indices.code-hint')}
          error={code !== '' && !fits ? t('indices.code-wrong') : undefined}
          code
          maxLength={61}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.trim())}
        />
        <TextField
          id="copy-name"
          label={t('indices.set-name')}
          maxLength={400}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <DayField id="copy-from" label={t('indices.valid-since')} optional={false} day={validFrom} onDay={setFrom} />
      </div>
    </ActForm>
  );
}
