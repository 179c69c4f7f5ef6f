import { Link } from '@tanstack/react-router';
import { type Delivery, listDeliveries, resendMessage } from '../../../../modules/foundation/notifications/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag, type TagTone } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCursorList } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';

const STATUSES = ['waiting', 'sending', 'sent', 'failed'] as const;
const TONES: Record<(typeof STATUSES)[number], TagTone> = {
  waiting: 'blue',
  sending: 'blue',
  sent: 'green',
  failed: 'red',
};

/** E-mails that went out, wait, or were given up; any can be sent once more. */
export default function Deliveries() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const status = STATUSES.find((one) => one === filters['trang-thai']);
  const query = given({ status });
  const list = useCursorList([listDeliveries.id, query], (cursor) =>
    call(listDeliveries, { query: { ...query, ...given({ cursor }), limit: 100 } }),
  );
  const { act, busy } = useAct([listDeliveries]);
  const rows: readonly Delivery[] = list.rows ?? [];
  return (
    <>
      <ScreenHead title={t('console.menu.deliveries')} />
      <div className="filters">
        <Select
          id="delivery-status"
          label={t('console.list.status')}
          value={status ?? ''}
          onChange={(value) => set({ 'trang-thai': value })}
          options={STATUSES.map((value) => ({ value, label: t(`console.delivery.${value}`) }))}
          empty={t('console.all')}
        />
      </div>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('console.delivery.empty')} />
          ) : (
            <>
              <Table
                caption={t('console.menu.deliveries')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'created',
                    label: t('console.delivery.created'),
                    cell: (row) => showShortInstant(row.createdAt),
                  },
                  {
                    id: 'subject',
                    label: t('console.delivery.subject'),
                    rowHead: true,
                    cell: (row) =>
                      row.dossierId ? (
                        <Link to="/ho-so/$id" params={{ id: row.dossierId }}>
                          {row.subject}
                        </Link>
                      ) : (
                        row.subject
                      ),
                  },
                  { id: 'to', label: t('console.delivery.to'), cell: (row) => row.to },
                  {
                    id: 'status',
                    label: t('console.list.status'),
                    cell: (row) => (
                      <>
                        <Tag tone={TONES[row.status]}>{t(`console.delivery.${row.status}`)}</Tag>
                        <span className="hint">{t('console.delivery.attempts', { count: row.attempts })}</span>
                        {row.lastError ? <span className="hint">{row.lastError}</span> : null}
                      </>
                    ),
                  },
                  { id: 'sent', label: t('console.delivery.sent-at'), cell: (row) => showShortInstant(row.sentAt) },
                  {
                    id: 'resend',
                    label: t('console.delivery.resend'),
                    cell: (row) =>
                      row.status === 'sent' || row.status === 'failed' ? (
                        <Button
                          type="button"
                          look="link"
                          disabled={busy}
                          onClick={() =>
                            void act(
                              () => call(resendMessage, { params: { id: row.id } }),
                              t('console.delivery.resent'),
                              { toastError: true },
                            )
                          }
                        >
                          {t('console.delivery.resend')}
                          <span className="visually-hidden">: {row.subject}</span>
                        </Button>
                      ) : null,
                  },
                ]}
              />
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
