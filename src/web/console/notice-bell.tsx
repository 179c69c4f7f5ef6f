import { Link } from '@tanstack/react-router';
import { listStaffMessages } from '../../modules/foundation/notifications/contract.ts';
import { useTranslate } from '../shared/i18n/context.tsx';
import { useCall } from './data/use-call.ts';

/** Bell with the number of unread notices; asks once a minute. */
export function NoticeBell() {
  const t = useTranslate();
  const inbox = useCall(listStaffMessages, { query: { limit: 1 } }, { refetchEvery: 60_000, staleTime: 30_000 });
  const unread = inbox.data?.unread ?? 0;
  return (
    <Link to="/thong-bao" className="bell">
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        width="20"
        height="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <path d="M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4" strokeLinejoin="round" />
      </svg>
      <span className="visually-hidden">{t('console.notices.bell', { count: unread })}</span>
      {unread > 0 ? (
        <span className="bell__count" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </Link>
  );
}
