import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  type InboxMessage,
  listStaffMessages,
  readStaffMessage,
} from '../../../modules/foundation/notifications/contract.ts';
import { Button } from '../../shared/design/button.tsx';
import { EmptyState } from '../../shared/design/states.tsx';
import { Tag } from '../../shared/design/tag.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { call } from '../api.ts';
import { showInstant } from '../data/format.ts';
import { given, useCursorList } from '../data/use-call.ts';
import { notifyError } from '../toasts.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { MoreRows } from '../ui/more-rows.tsx';
import { ScreenHead } from '../ui/screen-head.tsx';

/** My notices, youngest first. */
export default function Notices() {
  const t = useTranslate();
  const client = useQueryClient();
  const list = useCursorList([listStaffMessages.id, 'all'], (cursor) =>
    call(listStaffMessages, { query: { ...given({ cursor }), limit: 50 } }),
  );
  const rows = list.rows ?? [];
  const unread = rows.filter((row) => row.readAt === null);

  async function read(messages: readonly InboxMessage[]) {
    try {
      for (const { id } of messages) await call(readStaffMessage, { params: { id } });
    } catch (error) {
      notifyError(error, t('console.network'));
    }
    await client.invalidateQueries({ queryKey: [listStaffMessages.id] });
  }

  return (
    <>
      <ScreenHead title={t('console.notices.title')}>
        {unread.length > 0 ? (
          <Button type="button" look="secondary" small onClick={() => void read(unread)}>
            {t('console.notices.read-all')}
          </Button>
        ) : null}
      </ScreenHead>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('console.notices.empty')} />
          ) : (
            <>
              <ul className="notices">
                {rows.map((row) => (
                  <li key={row.id} className={row.readAt === null ? 'notice notice--unread' : 'notice'}>
                    <h2>
                      {row.subject} {row.readAt === null ? <Tag tone="blue">{t('console.notices.unread')}</Tag> : null}
                    </h2>
                    <time className="hint" dateTime={row.createdAt}>
                      {showInstant(row.createdAt)}
                    </time>
                    <p className="pre-line">{row.body}</p>
                    <div className="notice__actions">
                      {row.dossierId ? (
                        <Link
                          to="/ho-so/$id"
                          params={{ id: row.dossierId }}
                          onClick={() => {
                            if (row.readAt === null) void read([row]);
                          }}
                        >
                          {t('console.notices.open')}
                        </Link>
                      ) : null}
                      {row.readAt === null ? (
                        <Button type="button" look="link" onClick={() => void read([row])}>
                          {t('console.notices.read')}
                          <span className="visually-hidden">: {row.subject}</span>
                        </Button>
                      ) : null}
                    </div>
                  </li>
                ))}
              </ul>
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
