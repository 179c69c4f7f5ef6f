import type { UseQueryResult } from '@tanstack/react-query';
import type { StepVisitType } from '../../../../modules/insight/metrics/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import type { CsvColumn } from '../../data/csv.ts';
import { showShortInstant } from '../../data/format.ts';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { numberText } from './metric-text.ts';

/** Visits of dossiers to steps, one line each. */
export function VisitTable({
  query,
  page,
  onPage,
  caption,
}: {
  query: UseQueryResult<{ rows: StepVisitType[]; total: number }>;
  page: number;
  onPage: (page: number) => void;
  caption: string;
}) {
  const t = useTranslate();
  return (
    <PagedTable<StepVisitType>
      query={query}
      caption={caption}
      empty={t('metrics.empty-visits')}
      rowKey={(row) => `${row.dossierId} ${row.startedAt} ${row.stepName}`}
      page={page}
      onPage={onPage}
      columns={[
        {
          id: 'code',
          label: t('console.list.code'),
          rowHead: true,
          cell: (row) => (
            <>
              <DossierLink id={row.dossierId} code={row.code} />
              <span className="hint">{row.stepName}</span>
            </>
          ),
        },
        {
          id: 'unit',
          label: t('metrics.unit'),
          cell: (row) => (
            <>
              {row.unitName}
              {row.staffName === null ? null : <span className="hint">{row.staffName}</span>}
            </>
          ),
        },
        { id: 'started', label: t('metrics.steps.started'), cell: (row) => showShortInstant(row.startedAt) },
        { id: 'due', label: t('metrics.steps.due'), cell: (row) => showShortInstant(row.dueAt) },
        {
          id: 'ended',
          label: t('metrics.steps.ended'),
          cell: (row) => (
            <>
              {showShortInstant(row.endedAt)}
              <span className="hint">
                {t(`metrics.steps.classes.${row.class}`)}
                {row.way === 'onward' ? '' : `; ${t(`metrics.steps.ways.${row.way}`)}`}
              </span>
            </>
          ),
        },
        { id: 'minutes', label: t('metrics.steps.held'), numeric: true, cell: (row) => numberText(row.minutes) },
      ]}
    />
  );
}

/** The same as lines of a file. */
export const visitCsv = (t: Translate): CsvColumn<StepVisitType>[] => [
  { label: t('console.list.code'), value: (row) => row.code },
  { label: t('metrics.steps.bys.step'), value: (row) => row.stepName },
  { label: t('console.list.procedure-code'), value: (row) => row.procedureCode },
  { label: t('console.list.procedure'), value: (row) => row.procedureName },
  { label: t('metrics.channel'), value: (row) => t(`console.channel.${row.channel}`) },
  { label: t('metrics.unit'), value: (row) => row.unitName },
  { label: t('metrics.steps.bys.person'), value: (row) => row.staffName ?? '' },
  { label: t('metrics.steps.started'), value: (row) => showShortInstant(row.startedAt) },
  { label: t('metrics.steps.due'), value: (row) => showShortInstant(row.dueAt) },
  { label: t('metrics.steps.ended'), value: (row) => showShortInstant(row.endedAt) },
  { label: t('metrics.steps.class'), value: (row) => t(`metrics.steps.classes.${row.class}`) },
  { label: t('metrics.steps.way'), value: (row) => t(`metrics.steps.ways.${row.way}`) },
  { label: t('metrics.steps.held'), value: (row) => row.minutes },
];
