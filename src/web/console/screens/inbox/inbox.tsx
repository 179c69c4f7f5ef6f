import { Link } from '@tanstack/react-router';
import { countInbox, listInbox } from '../../../../modules/onestop/dossiers/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { given, useCall, useCursorList } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { MoreRows } from '../../ui/more-rows.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { CommonFilters, channelOf } from '../dossiers/dossier-filters.tsx';
import { DossierTable, ExportButton } from '../dossiers/dossier-table.tsx';

const VIEWS = ['mine', 'acting', 'role', 'unit', 'desk', 'return'] as const;
type View = (typeof VIEWS)[number];

/** Work waiting for me, my role, my units, my desk; what is late comes first (the server's order). */
export default function Inbox() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  const counts = useCall(countInbox, {}, { refetchEvery: 60_000 });
  const views = VIEWS.filter((view) => {
    if (view === 'desk') return mayDo(me, 'dossier.receive');
    if (view === 'return') return mayDo(me, 'dossier.hand-over');
    if (view === 'acting') return (me?.actingFor.length ?? 0) > 0;
    return true;
  });
  const busiest = counts.data?.views.find((c) => c.total > 0 && views.includes(c.view))?.view;
  const view = views.find((v) => v === filters.ngan) ?? busiest ?? 'mine';
  const query = {
    view,
    ...given({ status: filters['trang-thai'], procedureCode: filters['thu-tuc'], channel: channelOf(filters.kenh) }),
  };
  const list = useCursorList(
    [listInbox.id, query],
    (cursor) => call(listInbox, { query: { ...query, ...given({ cursor }) } }),
    { inHalves: !useNarrow() },
  );
  const rows = list.rows ?? [];
  return (
    <>
      <ScreenHead title={t('console.inbox.title')}>
        <ExportButton rows={rows} name={`viec-${view}`} />
        {mayDo(me, 'dossier.receive') ? (
          <Link to="/tiep-nhan" className="button button--small">
            {t('console.menu.intake')}
          </Link>
        ) : null}
      </ScreenHead>
      {me && me.actingFor.length > 0 ? (
        <p role="status">{t('absence.acting-now', { names: me.actingFor.map((one) => one.displayName).join(', ') })}</p>
      ) : null}
      <nav aria-label={t('console.inbox.views')}>
        <ul className="tabs">
          {views.map((name) => (
            <li key={name}>
              <Link
                to="/cong-viec"
                search={{ ...filters, ngan: name } as never}
                aria-current={name === view ? 'page' : undefined}
                activeProps={{}}
              >
                {t(`console.inbox.view.${name}`)}
                <ViewCount view={name} counts={counts.data?.views} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Filters chosen={Object.keys(query).length - 1}>
        <CommonFilters filters={filters} set={set} />
      </Filters>
      <Loaded query={list.query}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t(`console.inbox.empty.${view}`)}>
              <p>{t('console.inbox.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <p className="hint no-print">
                {t('console.inbox.keys')} {t('console.inbox.late-explained')}
              </p>
              <DossierTable rows={rows} caption={t(`console.inbox.view.${view}`)} />
              <MoreRows list={list} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

interface Count {
  view: View;
  total: number;
  late: number;
  soon: number;
  capped: boolean;
}

function ViewCount({ view, counts }: { view: View; counts: readonly Count[] | undefined }) {
  const t = useTranslate();
  const count = counts?.find((one) => one.view === view);
  if (!count || count.total === 0) return null;
  return (
    <span className="tab-counts">
      <span className="tab-count">
        {count.total}
        {count.capped ? '+' : ''}
      </span>
      {count.late > 0 ? (
        <span className="tab-count tab-count--red">
          <span aria-hidden="true">■ </span>
          {t('console.inbox.late', { count: count.late })}
        </span>
      ) : null}
      {count.soon > 0 ? (
        <span className="tab-count tab-count--amber">
          <span aria-hidden="true">▲ </span>
          {t('console.inbox.soon', { count: count.soon })}
        </span>
      ) : null}
    </span>
  );
}
