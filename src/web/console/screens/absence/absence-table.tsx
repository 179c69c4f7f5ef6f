import type { UseQueryResult } from '@tanstack/react-query';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { listAbsences } from '../../../../modules/foundation/absence/contract.ts';
import { Tag, type TagTone } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { AbsenceActs } from './absence-acts.tsx';
import { showEnd, showStart } from './period-text.ts';
import { WeeksBar } from './weeks-bar.tsx';

type Row = ReplyOf<typeof listAbsences>['rows'][number];
const TONES: Readonly<Record<Row['status'], TagTone>> = {
  planned: 'blue',
  active: 'amber',
  ended: 'grey',
  cancelled: 'grey',
};

/** Absences with the strip of the weeks around today. */
export function AbsenceTable({
  query,
  page,
  onPage,
}: {
  query: UseQueryResult<ReplyOf<typeof listAbsences>>;
  page: number;
  onPage: (page: number) => void;
}) {
  const t = useTranslate();
  const today = useToday();
  return (
    <PagedTable
      query={query}
      caption={t('absence.title')}
      empty={t('absence.empty')}
      rowKey={(row) => row.id}
      page={page}
      onPage={onPage}
      columns={[
        {
          id: 'person',
          label: t('absence.column.person'),
          rowHead: true,
          cell: (row) => (
            <>
              {row.staffName}
              <span className="hint">{row.staffTitle}</span>
            </>
          ),
        },
        {
          id: 'period',
          label: t('absence.column.period'),
          cell: (row) => (
            <>
              {t('absence.period', { from: showStart(row.startsAt), to: showEnd(row.endsAt) })}
              <span className="hint">{[row.kindName, row.note].filter(Boolean).join(' · ')}</span>
            </>
          ),
        },
        {
          id: 'days',
          label: t('absence.column.days'),
          cell: (row) => (row.status === 'cancelled' ? null : <WeeksBar row={row} today={today} />),
        },
        { id: 'acting', label: t('absence.column.acting'), cell: (row) => <ActingNames row={row} /> },
        {
          id: 'status',
          label: t('absence.column.status'),
          cell: (row) => (
            <>
              <Tag tone={TONES[row.status]}>{row.statusName}</Tag>
              {row.cancelReason ? <span className="hint">{row.cancelReason}</span> : null}
            </>
          ),
        },
        {
          id: 'act',
          label: t('absence.column.act'),
          cell: (row) => (row.mayChange ? <AbsenceActs row={row} /> : null),
        },
      ]}
    />
  );
}

function ActingNames({ row }: { row: Row }) {
  const t = useTranslate();
  if (row.acting.length === 0) return <Tag tone="red">{t('absence.acting.none')}</Tag>;
  return (
    <ul className="plain-list">
      {row.acting.map((one) => (
        <li key={`${one.staffId}${one.startsAt}`}>
          {one.name}
          <span className="hint">
            {[
              one.unitName ?? t('absence.acting.all-units'),
              one.permissionNames?.join(', '),
              one.signing ? t('absence.acting.signing-short', { decision: one.decisionNumber ?? '' }) : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
