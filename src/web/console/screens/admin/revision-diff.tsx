import { diffProcedureRevisions } from '../../../../modules/onestop/procedures/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';

const TONES = { added: 'green', removed: 'red', changed: 'amber' } as const;

/** What is different between two revisions, as people read it. */
export function RevisionDiff({ before, after }: { before: string; after: string }) {
  const t = useTranslate();
  const diff = useCall(diffProcedureRevisions, { params: { id: before, other: after } });
  return (
    <section aria-labelledby="diff-title">
      <h2 id="diff-title">{t('console.procedures.diff')}</h2>
      <Loaded query={diff}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title={t('console.procedures.same')} />
          ) : (
            <Table
              caption={t('console.procedures.diff')}
              hideCaption
              rows={rows}
              rowKey={(row) => `${row.path} ${row.kind}`}
              columns={[
                { id: 'label', label: t('console.procedures.part'), rowHead: true, cell: (row) => row.label },
                {
                  id: 'kind',
                  label: t('console.procedures.change'),
                  cell: (row) => <Tag tone={TONES[row.kind]}>{t(`console.diff.${row.kind}`)}</Tag>,
                },
                { id: 'before', label: t('console.procedures.before'), cell: (row) => <del>{row.before ?? ''}</del> },
                { id: 'after', label: t('console.procedures.after'), cell: (row) => <ins>{row.after ?? ''}</ins> },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
