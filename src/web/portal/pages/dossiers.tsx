import type { MyDossiersView } from '../../../modules/onestop/portal/rules/dossier-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { LinkButton } from '../../shared/design/button.tsx';
import { EmptyState } from '../../shared/design/states.tsx';
import { Table } from '../../shared/design/table.tsx';
import { Tag } from '../../shared/design/tag.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { instantText } from '../wording.ts';

/** What a citizen has filed and what lies half done. */
export function DossiersPage({ props, ctx }: { props: MyDossiersView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.dossiers.title')} robots={false}>
      <h1>{t('portal.dossiers.title')}</h1>
      {props.drafts.length > 0 ? (
        <section>
          <h2>{t('portal.dossiers.drafts')}</h2>
          <ul className="procedure-list">
            {props.drafts.map((draft) => (
              <li key={draft.id}>
                <a className="procedure-list__name" href={draft.href}>
                  {draft.procedureName}
                </a>
                <p className="procedure-list__facts">
                  {t('portal.filing.saved', { when: instantText(draft.savedAt) })}
                </p>
              </li>
            ))}
          </ul>
          <h2>{t('portal.dossiers.filed')}</h2>
        </section>
      ) : null}
      {props.rows.length === 0 ? (
        <EmptyState title={t('portal.dossiers.none')}>
          <p>
            <LinkButton href="/thu-tuc">{t('portal.dossiers.find')}</LinkButton>
          </p>
        </EmptyState>
      ) : (
        <Table
          caption={t('portal.dossiers.filed')}
          hideCaption
          rows={props.rows}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'code',
              label: t('portal.tracking.code'),
              rowHead: true,
              cell: (row) => (
                <a className="code" href={`/ho-so/${row.id}`}>
                  {row.code}
                </a>
              ),
            },
            { id: 'procedure', label: t('portal.dossier.procedure'), cell: (row) => row.procedureName },
            {
              id: 'status',
              label: t('portal.dossier.status'),
              cell: (row) => (
                <>
                  <Tag tone={row.tone}>{row.statusName}</Tag>
                  {row.todo ? <strong className="line">{t('portal.dossiers.todo')}</strong> : null}
                </>
              ),
            },
            { id: 'submitted', label: t('portal.dossier.submitted'), cell: (row) => instantText(row.submittedAt) },
            { id: 'due', label: t('portal.dossier.due'), cell: (row) => instantText(row.dueAt) || '—' },
          ]}
        />
      )}
      {props.nextHref ? (
        <p>
          <a href={props.nextHref}>{t('portal.dossiers.older')}</a>
        </p>
      ) : null}
    </Layout>
  );
}
