import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type BoardRowType, listBoardRows, listUnitRows } from '../../../../modules/onestop/boards/contract.ts';
import type { Bucket } from '../../../../modules/onestop/boards/rules/buckets.ts';
import type { UnitFigure } from '../../../../modules/onestop/boards/rules/unit-figures.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';

const PAGE = 50;

/** Ended and with nobody any more: its unit is the one that decided it. */
const isDone = (row: BoardRowType): boolean => row.endedAt !== null && row.stepName === null && row.staffName === null;

function columns(t: Translate): Column<BoardRowType>[] {
  return [
    {
      id: 'code',
      label: t('boards.column.code'),
      rowHead: true,
      cell: (row) => <DossierLink id={row.id} code={row.code} />,
    },
    { id: 'procedure', label: t('boards.column.procedure'), cell: (row) => row.procedureName },
    {
      id: 'status',
      label: t('boards.column.status'),
      cell: (row) => (
        <>
          {row.statusName}
          {row.stepName ? <span className="hint">{row.stepName}</span> : null}
        </>
      ),
    },
    {
      id: 'holder',
      label: t('boards.column.holder'),
      cell: (row) =>
        isDone(row) ? (
          row.unitName
        ) : (
          <>
            {row.staffName ?? t('boards.no-person')}
            <span className="hint">{row.unitName}</span>
          </>
        ),
    },
    {
      id: 'due',
      label: t('boards.column.due'),
      cell: (row) => (
        <>
          {showShortInstant(row.dueAt)}{' '}
          {row.endedAt ? <span className="line">{t('boards.ended', { day: showDay(row.endedAt) })}</span> : null}
          {row.late ? <Tag tone="red">{t(row.endedAt ? 'boards.ended-late' : 'boards.late')}</Tag> : null}
          {row.atRisk && !row.late ? <Tag tone="amber">{t('boards.risk')}</Tag> : null}
        </>
      ),
    },
  ];
}

const csvColumns = (t: Translate) => [
  { label: t('boards.column.code'), value: (row: BoardRowType) => row.code },
  { label: t('boards.column.procedure'), value: (row: BoardRowType) => row.procedureName },
  { label: t('boards.column.status'), value: (row: BoardRowType) => row.statusName },
  { label: t('boards.step'), value: (row: BoardRowType) => row.stepName },
  { label: t('boards.unit'), value: (row: BoardRowType) => row.unitName },
  { label: t('boards.person'), value: (row: BoardRowType) => row.staffName },
  { label: t('boards.column.due'), value: (row: BoardRowType) => showShortInstant(row.dueAt) },
  { label: t('boards.column.ended'), value: (row: BoardRowType) => showShortInstant(row.endedAt) },
];

/** The dossiers behind one number of the desk board; what is due first stands first. */
export function BoardRows({ bucket }: { bucket: Bucket }) {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const page = Math.max(1, Number(filters.trang) || 1);
  const query = {
    bucket,
    ...given({ unitId: filters['o-don-vi'], stepId: filters.buoc, staffId: filters.nguoi }),
    page,
    limit: PAGE,
  };
  const list = useCall(listBoardRows, { query }, { keep: true });
  return (
    <RowsPanel
      title={t('boards.rows', { bucket: t(`boards.bucket.${bucket}`) })}
      fileName={`bang-dieu-hanh-${bucket}`}
      list={list}
      asked={JSON.stringify(query)}
      page={page}
      onPage={(next) => set({ trang: String(next) })}
      onClose={() => set({ nhom: '', 'o-don-vi': '', buoc: '', nguoi: '', trang: '' })}
    />
  );
}

/** The dossiers behind one number of the units board, of one unit or of all. */
export function UnitRows({ figure, from, to }: { figure: UnitFigure; from: string; to: string }) {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const page = Math.max(1, Number(filters.trang) || 1);
  const query = { from, to, figure, ...given({ unitId: filters['o-don-vi'] }), page, limit: PAGE };
  const list = useCall(listUnitRows, { query }, { keep: true });
  return (
    <RowsPanel
      title={t('boards.rows', { bucket: t(`boards.figure.${figure}`) })}
      fileName={`don-vi-${figure}-${from}-${to}`}
      list={list}
      asked={JSON.stringify(query)}
      page={page}
      onPage={(next) => set({ trang: String(next) })}
      onClose={() => set({ so: '', 'o-don-vi': '', trang: '' })}
    />
  );
}

function RowsPanel({
  title,
  fileName,
  list,
  asked,
  page,
  onPage,
  onClose,
}: {
  title: string;
  fileName: string;
  list: UseQueryResult<{ rows: BoardRowType[]; total: number }>;
  /** What was asked for: another question moves the focus to the heading. */
  asked: string;
  page: number;
  onPage: (page: number) => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const heading = useRef<HTMLHeadingElement>(null);
  // Who pressed a number goes to what it opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number asks for another list
  useEffect(() => heading.current?.focus(), [asked]);
  return (
    <section className="panel" aria-labelledby="board-rows">
      <h2 id="board-rows" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <Loaded query={list}>
        {({ rows, total }) => (
          <>
            <div className="button-row no-print">
              <span aria-live="polite">{t('boards.rows-total', { count: total })}</span>
              <CsvButton name={fileName} columns={csvColumns(t)} rows={rows} />
              <Button type="button" look="link" onClick={onClose}>
                {t('boards.show-all')}
              </Button>
            </div>
            {rows.length === 0 ? (
              <EmptyState title={t('boards.no-rows')}>
                <p>{t('boards.no-rows-text')}</p>
              </EmptyState>
            ) : (
              <Table caption={title} hideCaption columns={columns(t)} rows={rows} rowKey={(row) => row.id} />
            )}
            {total > PAGE ? <Pager page={page} total={total} pageSize={PAGE} onPage={onPage} /> : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
