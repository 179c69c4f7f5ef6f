import { endOtherSessions, endSession, listSessions } from '../../../../modules/foundation/identity/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';

/** Where I am signed in; any session can be ended from here. */
export function Sessions() {
  const t = useTranslate();
  const sessions = useCall(listSessions, {});
  const { act, busy } = useAct([listSessions]);
  return (
    <section aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('console.account.sessions')}</h2>
      <Loaded query={sessions}>
        {({ rows }) => (
          <>
            <Table
              caption={t('console.account.sessions')}
              hideCaption
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'device',
                  label: t('console.account.device'),
                  rowHead: true,
                  cell: (row) => (
                    <>
                      {browserName(row.userAgent)}{' '}
                      {row.current ? <Tag tone="green">{t('console.account.this')}</Tag> : null}
                    </>
                  ),
                },
                { id: 'address', label: t('console.account.address'), cell: (row) => row.address },
                { id: 'created', label: t('console.account.signed-in'), cell: (row) => showInstant(row.createdAt) },
                { id: 'seen', label: t('console.account.last-seen'), cell: (row) => showInstant(row.lastSeenAt) },
                {
                  id: 'end',
                  label: t('console.account.end'),
                  cell: (row) =>
                    row.current ? null : (
                      <Button
                        type="button"
                        look="link"
                        disabled={busy}
                        onClick={() =>
                          void act(() => call(endSession, { params: { id: row.id } }), t('console.account.ended'), {
                            toastError: true,
                          })
                        }
                      >
                        {t('console.account.end')}
                      </Button>
                    ),
                },
              ]}
            />
            {rows.length > 1 ? (
              <Button
                type="button"
                look="secondary"
                disabled={busy}
                onClick={() =>
                  void act(() => call(endOtherSessions, {}), t('console.account.ended'), { toastError: true })
                }
              >
                {t('console.account.end-others')}
              </Button>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

/** A browser's name as people know it, out of what it says of itself. */
function browserName(userAgent: string): string {
  const found = /(Firefox|Edg|Chrome|Safari)\/(\d+)/.exec(userAgent);
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1];
  const name = found?.[1] === 'Edg' ? 'Edge' : found?.[1];
  return [name && found ? `${name} ${found[2]}` : userAgent.slice(0, 60), system].filter(Boolean).join(', ');
}
