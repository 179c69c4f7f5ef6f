import { useState } from 'react';
import { type DueRow, listDue } from '../../../../modules/onestop/retention/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { given, useCall, useCursorList } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Decisions } from './decisions.tsx';
import { Propose } from './propose.tsx';

const free = (row: DueRow): boolean => !row.held && !row.pending;
const MOST = 500;

/** Dossiers past their retention: chosen from the list, proposed, approved by somebody else. */
export default function Disposal() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const [code, setCode] = useState(filters.ma ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<readonly string[]>([]);
  const query = given({ code: useLater(code, 400).trim(), procedureCode: filters['thu-tuc'] });
  const list = useCursorList([listDue.id, query], (cursor) =>
    call(listDue, { query: { ...query, ...given({ cursor }), limit: 100 } }),
  );
  const total = useCall(listDue, { query: { ...query, limit: 1 } });
  const rows = list.rows ?? [];
  const choose = (ids: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    setChosen(new Set([...next].slice(0, MOST)));
  };
  const offered = rows.filter(free);
  return (
    <>
      <ScreenHead title={t('console.menu.disposal')}>
        <CsvButton name="den-han-tieu-huy" columns={csvColumns(t)} rows={rows} />
      </ScreenHead>
      <p className="hint">{t('console.retention.intro-disposal')}</p>
      <div className="filters">
        <TextField
          id="due-code"
          label={t('console.retention.code')}
          code
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextField
          id="due-procedure"
          label={t('console.retention.procedure')}
          code
          autoComplete="off"
          value={filters['thu-tuc'] ?? ''}
          onChange={(event) => set({ 'thu-tuc': event.currentTarget.value.trim() })}
        />
      </div>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('console.retention.due-empty')} />
          ) : (
            <>
              <p aria-live="polite">
                {t('console.retention.due-count', { count: total.data?.total ?? rows.length })}.{' '}
                {t('console.retention.selected', { count: chosen.size })}.
              </p>
              <div className="checkbox">
                <input
                  type="checkbox"
                  id="due-all"
                  checked={offered.length > 0 && offered.every((row) => chosen.has(row.dossierId))}
                  onChange={(event) =>
                    choose(
                      offered.map((row) => row.dossierId),
                      event.currentTarget.checked,
                    )
                  }
                />
                <label htmlFor="due-all">{t('console.retention.select-all')}</label>
              </div>
              <DueTable rows={rows} chosen={chosen} choose={(id, on) => choose([id], on)} />
              <MoreRows list={list} />
              <Button type="button" disabled={chosen.size === 0} onClick={() => setAsked([...chosen])}>
                {t('console.retention.propose-disposal')}
              </Button>
            </>
          )
        }
      </Loaded>
      {asked.length > 0 ? (
        <Propose
          key={asked.join()}
          order={{ kind: 'disposal', dossierIds: [...asked] }}
          onDone={() => {
            setAsked([]);
            setChosen(new Set());
          }}
        />
      ) : null}
      <Decisions kind="disposal" />
    </>
  );
}

type Words = ReturnType<typeof useTranslate>;
const yearsOf = (t: Words, row: DueRow): string => t('console.retention.years', { count: row.retentionYears });

function csvColumns(t: Words) {
  return [
    { label: t('console.retention.code'), value: (row: DueRow) => row.code },
    { label: t('console.retention.procedure'), value: (row: DueRow) => row.procedureCode },
    { label: t('console.retention.retention-code'), value: (row: DueRow) => row.retentionCode },
    { label: t('console.retention.ended-on'), value: (row: DueRow) => showDay(row.endedOn) },
    { label: t('console.retention.expires-on'), value: (row: DueRow) => showDay(row.expiresOn) },
    { label: t('console.retention.held'), value: (row: DueRow) => (row.held ? 'x' : '') },
  ];
}

function DueTable({
  rows,
  chosen,
  choose,
}: {
  rows: readonly DueRow[];
  chosen: ReadonlySet<string>;
  choose: (id: string, on: boolean) => void;
}) {
  const t = useTranslate();
  return (
    <Table
      caption={t('console.retention.due')}
      hideCaption
      rows={rows}
      rowKey={(row) => row.dossierId}
      columns={[
        {
          id: 'code',
          label: t('console.retention.code'),
          rowHead: true,
          cell: (row) => (
            <span className="checkbox">
              <input
                type="checkbox"
                id={`due-${row.dossierId}`}
                aria-label={t('console.retention.select', { code: row.code })}
                disabled={!free(row)}
                checked={chosen.has(row.dossierId)}
                onChange={(event) => choose(row.dossierId, event.currentTarget.checked)}
              />
              <DossierLink id={row.dossierId} code={row.code} />
            </span>
          ),
        },
        { id: 'procedure', label: t('console.retention.procedure'), cell: (row) => row.procedureCode },
        {
          id: 'retention',
          label: t('console.retention.retention-code'),
          cell: (row) => [row.retentionCode, yearsOf(t, row)].filter(Boolean).join(' · '),
        },
        { id: 'ended', label: t('console.retention.ended-on'), cell: (row) => showDay(row.endedOn) },
        { id: 'expires', label: t('console.retention.expires-on'), cell: (row) => showDay(row.expiresOn) },
        {
          id: 'state',
          label: t('console.retention.state'),
          cell: (row) =>
            row.held ? (
              <Tag tone="red">{t('console.retention.held')}</Tag>
            ) : row.pending ? (
              <Tag tone="blue">{t('console.retention.pending')}</Tag>
            ) : null,
        },
      ]}
    />
  );
}
