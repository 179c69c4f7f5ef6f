import type { DecisionPage } from '../../../../modules/onestop/retention/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';
import { DossierLink } from '../../ui/dossier-link.tsx';

/** What an order would take (or took), and the dossiers it is about with what stands against each. */
export function OrderView({ order, done = false }: { order: Pick<DecisionPage, 'items' | 'counts'>; done?: boolean }) {
  const t = useTranslate();
  const counts = Object.entries(order.counts).filter(([, count]) => count > 0);
  return (
    <>
      <h3>{t(done ? 'console.retention.done-title' : 'console.retention.preview-title')}</h3>
      {counts.length === 0 ? (
        <p>{t('console.retention.preview-none')}</p>
      ) : (
        <ul>
          {counts.map(([place, count]) => (
            <li key={place}>
              {t(`console.retention.place.${place}`)}: {count}
            </li>
          ))}
        </ul>
      )}
      <Table
        caption={t('console.retention.dossiers')}
        hideCaption
        rows={order.items}
        rowKey={(item) => item.dossierId}
        columns={[
          {
            id: 'code',
            label: t('console.retention.code'),
            rowHead: true,
            cell: (item) => <DossierLink id={item.dossierId} code={item.code} />,
          },
          { id: 'procedure', label: t('console.retention.procedure'), cell: (item) => item.procedureName },
          { id: 'ended', label: t('console.retention.ended-on'), cell: (item) => showDay(item.endedOn) },
          {
            id: 'state',
            label: t('console.retention.state'),
            cell: (item) =>
              item.blocking === null ? (
                <Tag tone="green">{t('console.retention.ready')}</Tag>
              ) : (
                <Tag tone={done ? 'grey' : 'red'}>{t(`console.retention.blocking.${item.blocking}`)}</Tag>
              ),
          },
        ]}
      />
    </>
  );
}
