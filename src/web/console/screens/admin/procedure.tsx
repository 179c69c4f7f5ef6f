import { Link, useParams } from '@tanstack/react-router';
import { listProcedureRevisions } from '../../../../modules/onestop/procedures/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { RevisionDiff } from './revision-diff.tsx';
import { RevisionTags } from './revision-tags.tsx';
import { RevisionView } from './revision-view.tsx';

/** One procedure: its revisions, one of them in detail, and what changed between two. */
export default function Procedure() {
  const t = useTranslate();
  const { code = '' } = useParams({ strict: false });
  const [filters, set] = useFilters();
  const today = useToday();
  const revisions = useCall(listProcedureRevisions, { params: { code } });
  return (
    <Loaded query={revisions} title={t('console.menu.procedures')}>
      {({ rows }) => {
        const inForce = rows.find(
          ({ status, validFrom, validTo }) =>
            status === 'published' && validFrom <= today && (validTo === null || validTo >= today),
        );
        const shown = rows.find((row) => row.id === filters.ban) ?? inForce ?? rows[0];
        const other = rows.find((row) => row.id === filters['so-voi']);
        return (
          <>
            <ScreenHead title={shown ? `${code} ${shown.name}` : code}>
              <Link to="/quan-tri/thu-tuc">{t('console.procedures.back')}</Link>
            </ScreenHead>
            <Table
              caption={t('console.procedures.revisions')}
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'revision',
                  label: t('console.procedures.revision'),
                  rowHead: true,
                  cell: (row) => (
                    <Link
                      to="/quan-tri/thu-tuc/$code"
                      params={{ code }}
                      search={{ ban: row.id } as never}
                      aria-current={row.id === shown?.id ? 'true' : undefined}
                      activeProps={{}}
                    >
                      {row.revision}
                    </Link>
                  ),
                },
                { id: 'status', label: t('console.list.status'), cell: (row) => <RevisionTags revision={row} /> },
                { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
                {
                  id: 'to',
                  label: t('console.to'),
                  cell: (row) =>
                    showDay(row.validTo) ||
                    t(row.validFrom > today ? 'console.procedures.not-yet' : 'console.units.open-end'),
                },
                {
                  id: 'origin',
                  label: t('console.procedures.origin'),
                  cell: (row) => t(`console.origin.${row.origin}`),
                },
                {
                  id: 'published',
                  label: t('console.procedures.published-at'),
                  cell: (row) => showShortInstant(row.publishedAt),
                },
              ]}
            />
            {shown && rows.length > 1 ? (
              <Select
                id="diff-with"
                label={t('console.procedures.compare')}
                value={other?.id ?? ''}
                onChange={(id) => set({ 'so-voi': id })}
                options={rows
                  .filter((row) => row.id !== shown.id)
                  .map((row) => ({ value: row.id, label: `${row.revision} (${showDay(row.validFrom)})` }))}
                empty={t('console.procedures.compare-none')}
              />
            ) : null}
            {shown && other ? <RevisionDiff before={other.id} after={shown.id} /> : null}
            {shown ? <RevisionView key={shown.id} id={shown.id} /> : null}
          </>
        );
      }}
    </Loaded>
  );
}
