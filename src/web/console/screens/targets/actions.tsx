import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type ActionViewType, listTargetActions } from '../../../../modules/insight/targets/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { STATE_TONES } from './target-text.ts';

const ONLY = ['running', 'late', 'done', 'dropped'] as const;

/** Everything that is to be done in the units one reads, and what one answers for oneself. */
export function ActionList() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const [q, setQ] = useState('');
  const page = Math.max(1, Number(filters['trang']) || 1);
  const only = ONLY.find((one) => one === filters['loc']);
  const mine = filters['cua'] === 'toi';
  const query = { page, ...given({ only, q }), ...(mine ? { mine } : {}) };
  const list = useCall(listTargetActions, { query }, { keep: true });
  const rows = list.data?.rows ?? [];
  return (
    <>
      <div className="filters no-print">
        <Select
          id="action-only"
          label={t('targets.status')}
          value={only ?? ''}
          empty={t('console.all')}
          onChange={(value) => set({ loc: value, trang: '' })}
          options={ONLY.map((value) => ({ value, label: t(`targets.only.${value}`) }))}
        />
        <Select
          id="action-mine"
          label={t('targets.whose')}
          value={mine ? 'toi' : ''}
          onChange={(value) => set({ cua: value, trang: '' })}
          options={[
            { value: '', label: t('targets.everybody') },
            { value: 'toi', label: t('targets.mine') },
          ]}
        />
        <SearchBox
          id="action-search"
          label={t('targets.search')}
          onText={(text) => {
            setQ(text);
            set({ trang: '' });
          }}
        />
        <ActionCsv rows={rows} />
      </div>
      <PagedTable
        query={list}
        caption={t('targets.tab-actions')}
        empty={t('targets.no-actions')}
        rowKey={(row) => row.id}
        page={page}
        onPage={(next) => set({ trang: String(next) })}
        columns={useColumns(true)}
      />
    </>
  );
}

/** The actions of one target. */
export function TargetActions({ rows }: { rows: readonly ActionViewType[] }) {
  const t = useTranslate();
  const columns = useColumns(false);
  if (rows.length === 0) return <p>{t('targets.no-actions')}</p>;
  return (
    <Table caption={t('targets.tab-actions')} hideCaption rows={rows} rowKey={(row) => row.id} columns={columns} />
  );
}

function useColumns(withOrigin: boolean) {
  const t = useTranslate();
  return [
    {
      id: 'title',
      label: t('targets.action'),
      rowHead: true,
      cell: (row: ActionViewType) => (
        <>
          {row.title}
          {withOrigin ? (
            <span className="hint">
              {row.originType === 'target' ? (
                <Link to="/chi-tieu/$id" params={{ id: row.originId }}>
                  {row.originLabel}
                </Link>
              ) : row.originType === 'criterion' ? (
                <Link to="/chi-so/phieu/$id" params={{ id: row.originId.slice(0, row.originId.indexOf('/')) }}>
                  {row.originLabel}
                </Link>
              ) : (
                row.originLabel
              )}
              . {row.unitName}
            </span>
          ) : null}
        </>
      ),
    },
    { id: 'owner', label: t('targets.owner'), cell: (row: ActionViewType) => row.ownerName },
    {
      id: 'due',
      label: t('targets.due'),
      cell: (row: ActionViewType) => (
        <>
          {showDay(row.dueDay)}{' '}
          {row.lateDays > 0 ? <Tag tone="red">{t('targets.late-days', { days: row.lateDays })}</Tag> : null}
        </>
      ),
    },
    {
      id: 'state',
      label: t('targets.status'),
      cell: (row: ActionViewType) => <Tag tone={STATE_TONES[row.state]}>{t(`targets.state.${row.state}`)}</Tag>,
    },
    { id: 'notes', label: t('targets.progress'), cell: (row: ActionViewType) => <Notes row={row} /> },
    { id: 'acts', label: t('targets.acts-head'), cell: (row: ActionViewType) => <Acts row={row} /> },
  ];
}

function Notes({ row }: { row: ActionViewType }) {
  const t = useTranslate();
  return (
    <details>
      <summary>{t('targets.note-count', { count: row.notes.length })}</summary>
      <ul>
        {row.notes.map((note) => (
          <li key={`${note.at} ${note.act}`}>
            <span className="hint">
              {showShortInstant(note.at)}, {note.by}: {t(`targets.act.${note.act}`)}
            </span>
            {note.text}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Acts({ row }: { row: ActionViewType }) {
  const t = useTranslate();
  const [open, setOpen] = useState<ActionViewType['acts'][number]>();
  if (row.acts.length === 0) return null;
  return (
    <>
      <ButtonRow>
        {row.acts.map((act) => (
          <Button key={act} type="button" look="secondary" small onClick={() => setOpen(act)}>
            {t(`targets.act.${act}`)}
            <span className="visually-hidden"> {row.title}</span>
          </Button>
        ))}
      </ButtonRow>
      {open ? <ActionDialog row={row} act={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}

function ActionCsv({ rows }: { rows: readonly ActionViewType[] }) {
  const t = useTranslate();
  return (
    <CsvButton
      name="viec-phai-lam"
      rows={rows}
      columns={[
        { label: t('targets.action'), value: (row) => row.title },
        { label: t('targets.origin'), value: (row) => row.originLabel },
        { label: t('targets.unit'), value: (row) => row.unitName },
        { label: t('targets.owner'), value: (row) => row.ownerName },
        { label: t('targets.due'), value: (row) => showDay(row.dueDay) },
        { label: t('targets.status'), value: (row) => t(`targets.state.${row.state}`) },
        { label: t('targets.late-head'), value: (row) => row.lateDays },
      ]}
    />
  );
}
