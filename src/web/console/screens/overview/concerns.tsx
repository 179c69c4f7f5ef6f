import { Link } from '@tanstack/react-router';
import type { ConcernType } from '../../../../modules/insight/overview/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';

/** Where something is done about it. */
function placeOf({ kind, unitId, refId }: ConcernType): { to: string; search?: Record<string, string> } {
  switch (kind) {
    case 'late':
    case 'at-risk':
      return { to: '/bang-dieu-hanh', search: { nhom: kind, ...(unitId ? { 'o-don-vi': unitId } : {}) } };
    case 'apology-owed':
      return { to: '/xin-loi' };
    case 'report-late':
      return { to: `/bao-cao/${refId}` };
    case 'finding-late':
      return { to: `/suc-khoe-don-vi/${refId}` };
    case 'target-behind':
      return { to: `/chi-tieu/${refId}` };
    case 'action-late':
      return { to: '/chi-tieu', search: { ngan: 'viec' } };
    case 'register-late':
      return { to: '/so-nhap-tay' };
  }
}

/** What is wrong, the graver and the older first; each line says what comes next. */
export function Concerns({ concerns }: { concerns: readonly ConcernType[] }) {
  const t = useTranslate();
  const whyOf = ({ kind, subject }: ConcernType): string | null =>
    subject === null ? null : kind === 'late' || kind === 'at-risk' ? t(`overview.why.${kind}`, { subject }) : subject;
  return (
    <section className="panel" aria-labelledby="concerns-title">
      <h2 id="concerns-title">{t('overview.concerns')}</h2>
      {concerns.length === 0 ? (
        <EmptyState title={t('overview.calm')}>
          <p>{t('overview.calm-text')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={t('overview.concerns-caption')}
          hideCaption
          rows={concerns}
          rowKey={(row) => `${row.kind} ${row.unitId} ${row.refId}`}
          columns={[
            {
              id: 'light',
              label: t('overview.column.light'),
              cell: (row) => <Tag tone={row.light === 'red' ? 'red' : 'amber'}>{t(`overview.light.${row.light}`)}</Tag>,
            },
            {
              id: 'what',
              label: t('overview.column.what'),
              rowHead: true,
              cell: (row) => (
                <>
                  {t(`overview.what.${row.kind}`, { count: row.count })}
                  {whyOf(row) ? <span className="hint">{whyOf(row)}</span> : null}
                </>
              ),
            },
            {
              id: 'who',
              label: t('overview.column.who'),
              cell: (row) => {
                if (row.otherUnits !== undefined) return t('overview.others', { count: row.otherUnits });
                const held = row.kind === 'late' || row.kind === 'at-risk';
                const who = row.who ?? (held ? t('overview.nobody') : null);
                return who === null ? (
                  row.unitName
                ) : (
                  <>
                    {who}
                    <span className="hint">{row.unitName}</span>
                  </>
                );
              },
            },
            { id: 'since', label: t('overview.column.since'), cell: (row) => (row.since ? showDay(row.since) : '–') },
            {
              id: 'next',
              label: t('overview.column.next'),
              cell: (row) => {
                const { to, search } = placeOf(row);
                return (
                  <Link to={to as never} {...(search ? { search: search as never } : {})}>
                    {t(`overview.next.${row.kind}`)}
                  </Link>
                );
              },
            },
          ]}
        />
      )}
    </section>
  );
}
